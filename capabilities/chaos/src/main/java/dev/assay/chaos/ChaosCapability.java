package dev.assay.chaos;

import dev.assay.api.problem.ProblemType;
import dev.assay.api.spi.Capability;
import java.util.List;

/** Chaos: breaks something on purpose and always mends it. */
public final class ChaosCapability implements Capability {

  /** Does no work. */
  public ChaosCapability() {}

  @Override
  public String name() {
    return "chaos";
  }

  @Override
  public List<ProblemType> problems() {
    return ChaosProblems.all();
  }
}
