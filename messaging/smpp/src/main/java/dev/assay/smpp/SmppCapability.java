package dev.assay.smpp;

import dev.assay.api.problem.ProblemType;
import dev.assay.api.spi.Capability;
import java.util.List;

/** SMPP as such: only its problems are seen from outside; others build on its classes. */
public final class SmppCapability implements Capability {

  /** Does no work. */
  public SmppCapability() {}

  @Override
  public String name() {
    return "smpp";
  }

  @Override
  public List<ProblemType> problems() {
    return SmppProblems.all();
  }
}
