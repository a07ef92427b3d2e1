package dev.assay.gateway;

import dev.assay.api.problem.ProblemType;
import dev.assay.api.spi.Capability;
import java.util.List;

/** The gateway as such: only its problems are seen by a workspace. */
public final class GatewayCapability implements Capability {

  /** Does no work. */
  public GatewayCapability() {}

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public List<ProblemType> problems() {
    return GatewayProblems.all();
  }
}
