package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code assay compare}, {@code trend}, {@code backtest} and {@code passport} in a repository. */
class CompareIT extends Scenario {

  private static final String WORKSPACE =
      """
      workspace: shop
      checks:
        unit:
          suite: { command: sh suite.sh unit, reports: ["reports/unit.xml"] }
      """;

  private static final String BROKEN =
      COUNTING_SUITE.replace(
          "name=\"works\" time=\"0.01\"/>",
          "name=\"works\" time=\"0.01\"><failure message=\"no\"/></testcase>");

  @BeforeEach
  void aRepository() throws IOException, InterruptedException {
    workspace(WORKSPACE);
    write("suite.sh", COUNTING_SUITE);
    write(".gitignore", ".assay\nreports\n*.count\n");
    git("init", "-q", "-b", "main", ".");
    git("add", "-A");
    git("commit", "-qm", "one");
  }

  @Test
  void aTestThatBrokeMakesTheRunWorse() {
    assay("run").with(0);
    write("suite.sh", BROKEN);
    assay("run").with(1);

    assay("compare", "last", "last~1", "--html", "compared.html")
        .with(1)
        .printing("✘ WORSE", "unit › works  fails, and did not");

    assertThat(read("compared.html")).contains("Tests that fail and did not");
  }

  @Test
  void theBaselineIsRunBesideTheWorkingTreeAndRemoved() throws IOException, InterruptedException {
    write("suite.sh", BROKEN);

    // How long a suite of a moment takes differs by chance, and would be asked about again.
    assay("compare", "--against", "HEAD", "--pairs", "2", "--metrics", "tests", "unit")
        .with(1)
        .saying("pair 1  baseline   pass", "pair 2  candidate  fail")
        .printing("✘ WORSE", "2 runs up to", "unit › works  fails, and did not");

    assertThat(git("worktree", "list").lines()).hasSize(1);
    assertThat(times("unit")).as("runs in the working tree").isEqualTo(2);
    assertThat(assay("ledger", "list", "--json").with(0).out()).contains("\"id\"");
    assay("compare", "main").with(3).saying("ASSAY-CLI-002");
  }

  @Test
  void aPassportOfARunIsVerified() throws IOException, InterruptedException {
    assay("run").with(0);
    String commit = git("rev-parse", "HEAD").strip();
    assay("passport", "key", "release.key").with(0).printing("keep it secret");

    assay("passport", "create", "--key", "release.key", "-o", "passport").with(0);
    assay(
            "passport",
            "verify",
            "passport",
            "--key",
            "release.key.pub",
            "--subject",
            "gitCommit:" + commit)
        .with(0)
        .printing("✔ valid, and says pass");
    assay("passport", "verify", "passport", "--key", "release.key.pub", "--subject", "assay.yaml")
        .with(1)
        .printing("✘ not valid: It is of gitCommit:" + commit);
    write("passport", read("passport").replaceFirst("A", "B"));
    assay("passport", "verify", "passport", "--key", "release.key.pub").with(1);
    assay("passport", "create", "--key", "release.key.pub").with(3).saying("ASSAY-CLI-011");
    assertThat(Files.readString(file("release.key"))).startsWith("-----BEGIN PRIVATE KEY-----");
  }

  @Test
  void aPolicyIsTriedOnTheRunsOfTheLedger() {
    assay("run").with(0);
    write("suite.sh", BROKEN);
    assay("run").with(1);
    write("policy.yaml", WORKSPACE.replace("unit:\n", "unit:\n    expect: { failed: \"< 5\" }\n"));
    write("incidents.yaml", "- { at: 2100-01-01T00:00:00Z, minutes: 5, what: checkout down }\n");

    assay("backtest", "policy.yaml", "--incidents", "incidents.yaml")
        .with(0)
        .printing("Of 2 runs it would have stopped 0", "missed", "checkout down");
    assay("backtest", "--incidents", "incidents.yaml")
        .with(0)
        .printing("Of 2 runs it would have stopped 1", "caught: checkout down");
    assay("trend").with(3).saying("ASSAY-CLI-010");
  }
}
