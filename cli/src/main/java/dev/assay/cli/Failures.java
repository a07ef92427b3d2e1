package dev.assay.cli;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.core.report.FailureGroup;
import dev.assay.suite.failure.Diagnosis;
import dev.assay.suite.failure.DiagnosisForms;
import dev.assay.suite.failure.FailureAnalysis;
import dev.assay.suite.failure.TestId;
import java.nio.file.Path;
import java.util.List;

/** Why tests failed, in the words of the rooms that find it out and of those that show it. */
final class Failures {

  private Failures() {}

  /** What is known of a run's failures; empty where no test failed. */
  static List<FailureGroup> groups(Ledger ledger, Path folder, RunSummary run) {
    return new FailureAnalysis(ledger, folder).of(run, null).stream().map(Failures::group).toList();
  }

  private static FailureGroup group(Diagnosis diagnosis) {
    List<TestId> tests = diagnosis.cluster().tests();
    boolean several = tests.stream().map(TestId::check).distinct().count() > 1;
    return new FailureGroup(
        diagnosis.cluster().example().title(),
        diagnosis.cluster().fingerprint(),
        tests.stream()
            .map(test -> several ? test.check() + ": " + test.text() : test.text())
            .toList(),
        DiagnosisForms.facts(diagnosis).stream()
            .map(fact -> new FailureGroup.Fact(fact.name(), fact.text(), fact.command()))
            .toList());
  }
}
