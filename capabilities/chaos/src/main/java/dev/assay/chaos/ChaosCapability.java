package dev.assay.chaos;

import dev.assay.api.problem.ProblemType;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Facility;
import dev.assay.api.spi.UndoAction;
import dev.assay.chaos.fault.Faults;
import dev.assay.chaos.toolkit.RequestUndo;
import dev.assay.chaos.toolkit.ToolkitProblems;
import java.util.ArrayList;
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
  public List<CheckType<?>> checkTypes() {
    return List.of(new ChaosCheckType());
  }

  @Override
  public List<UndoAction> undoActions() {
    List<UndoAction> actions = new ArrayList<>(Faults.undoActions());
    actions.add(new RequestUndo());
    return actions;
  }

  @Override
  public List<Facility> facilities() {
    return Faults.facilities();
  }

  @Override
  public List<ProblemType> problems() {
    List<ProblemType> problems = new ArrayList<>(ChaosProblems.all());
    problems.addAll(ExperimentProblems.all());
    problems.addAll(ToolkitProblems.all());
    return problems;
  }
}
