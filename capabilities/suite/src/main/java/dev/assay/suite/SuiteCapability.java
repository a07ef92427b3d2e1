package dev.assay.suite;

import dev.assay.api.problem.ProblemType;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.UndoAction;
import dev.assay.suite.bisect.BisectProblems;
import dev.assay.suite.bisect.WorktreeUndo;
import dev.assay.suite.report.ReportProblems;
import dev.assay.suite.select.SelectProblems;
import java.util.List;
import java.util.stream.Stream;

/** Test suites that bring their own runner. */
public final class SuiteCapability implements Capability {

  @Override
  public String name() {
    return "suite";
  }

  @Override
  public List<CheckType<?>> checkTypes() {
    return List.of(new SuiteCheckType());
  }

  @Override
  public List<ProblemType> problems() {
    return Stream.of(SuiteProblems.ALL, ReportProblems.ALL, BisectProblems.ALL, SelectProblems.ALL)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<UndoAction> undoActions() {
    return List.of(new WorktreeUndo());
  }
}
