package dev.assay.chaos;

import dev.assay.api.problem.ProblemType;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.Facility;
import dev.assay.api.spi.UndoAction;
import dev.assay.chaos.fault.Faults;
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
  public List<UndoAction> undoActions() {
    return Faults.undoActions();
  }

  @Override
  public List<Facility> facilities() {
    return Faults.facilities();
  }

  @Override
  public List<ProblemType> problems() {
    return ChaosProblems.all();
  }
}
