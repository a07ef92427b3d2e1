package dev.assay.suite;

import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import java.io.IOException;

/** Runs one suite once. */
final class SuiteCheck implements Check {

  private final SuiteConfiguration suite;

  SuiteCheck(SuiteConfiguration suite) {
    this.suite = suite;
  }

  @Override
  public void run(CheckContext context, EvidenceSink sink) throws InterruptedException {
    try {
      new SuiteRun(suite, context, sink).run();
    } catch (IOException unreadable) {
      throw new ProblemException(
          SuiteProblems.FILES
              .at(
                  Where.named("check " + context.check()),
                  "a file of the suite cannot be read or written: " + IoReason.of(unreadable),
                  "look at its permissions and at the space on the disk")
              .causedBy(unreadable));
    }
  }
}
