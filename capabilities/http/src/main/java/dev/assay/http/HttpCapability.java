package dev.assay.http;

import dev.assay.api.problem.ProblemType;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.CheckType;
import java.util.List;

/** Requests with expectations. */
public final class HttpCapability implements Capability {

  @Override
  public String name() {
    return "http";
  }

  @Override
  public List<CheckType<?>> checkTypes() {
    return List.of(new HttpCheckType());
  }

  @Override
  public List<ProblemType> problems() {
    return HttpProblems.ALL;
  }
}
