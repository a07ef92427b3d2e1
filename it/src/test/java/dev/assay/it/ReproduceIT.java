package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code assay reproduce}: a failed check runs again as it ran. */
class ReproduceIT extends Scenario {

  /** Its second check fails while there is no file "mended". */
  private static final String WORKSPACE =
      """
      workspace: shop
      checks:
        first:
          suite: { command: sh suite.sh first, reports: ["reports/first.xml"] }
        bad:
          needs: first
          suite: { command: sh bad.sh, reports: ["reports/bad.xml"] }
      """;

  private static final String BAD =
      """
      echo ran >> bad.count
      mkdir -p reports
      if [ -e mended ]; then fault=""; else fault='<failure message="3 is not 4"/>'; fi
      echo "<testsuite name='s'><testcase classname='a' name='b'>$fault</testcase></testsuite>" > reports/bad.xml
      """;

  private String failed() {
    workspace(WORKSPACE);
    write("suite.sh", COUNTING_SUITE);
    write("bad.sh", BAD);
    assay("run", "--seed", "42").with(1).printing("assay reproduce ");
    return newestRun().text("id");
  }

  @Test
  void aFailureThatComesAgainIsSaid() {
    String run = failed();

    assay("reproduce")
        .with(1)
        .saying("reproducing run " + run + " (seed 42): bad")
        .printing("bad: the failure came again. failed is 1, expected = 0");

    assertThat(times("bad")).isEqualTo(2);
    assertThat(times("first")).as("what passed then is remembered").isEqualTo(1);
  }

  @Test
  void aFailureThatDoesNotComeAgainIsSaid() {
    String run = failed();
    write("mended", "");

    assay("reproduce", run, "bad")
        .with(0)
        .printing("bad: the failure did not come again; it is pass now. It had been: failed is 1");
  }

  @Test
  void aCheckThatIsWrittenOtherwiseNowIsSaid() {
    failed();
    workspace(WORKSPACE.replace("sh bad.sh", "sh bad.sh now"));

    assay("reproduce").with(1).saying("check 'bad' is written otherwise than it was then");
  }

  @Test
  void whereNothingFailedThereIsNothingToReproduce() {
    failed();
    write("mended", "");
    assay("run").with(0);

    assay("reproduce").with(3).saying("ASSAY-RUN-014", "failed", "first, bad");
    assay("reproduce", "latest", "bat").with(3).saying("had no check 'bat'");
    assay("reproduce", "latest", "bad").with(0).printing("bad was pass and is pass now");
  }

  @Test
  void reportsSayHow() {
    String run = failed();

    assertThat(read(".assay/runs/" + run + "/report.html"))
        .contains("assay reproduce " + run + " bad");
    assertThat(read(".assay/runs/" + run + "/report.md"))
        .contains("assay reproduce " + run + " bad");
  }

  @Test
  void aLoadCheckSendsTheSameDataInTheSameOrderAgain() {
    workspace(
        """
        workspace: shop
        services:
          app:
            command: >-
              ${env.SERVICE_JAVA} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp ${env.SERVICE_CLASSES}
              dev.assay.it.service.Recorder ${port.app} sent-${run}.txt
            ready: { get: /health, within: 20s }
        environments:
          local: { url: "http://127.0.0.1:${port.app}" }
        checks:
          browse:
            load:
              users: 1
              passes: 120
              for: 60s
              think time: 1ms..9ms
              feeders:
                people: { csv: people.csv, take: random }
                made: { generate: { n: "number(1, 1000000)" } }
              flow:
                - get: /people/${people.id}?n=${made.n}
                - choose:
                    - { weight: 50, do: [ { get: /a } ] }
                    - { weight: 50, do: [ { get: /b } ] }
            expect:
              errors: "> 50 %"
        """);
    write("people.csv", "id\n" + "1\n2\n3\n4\n5\n6\n7\n8\n9\n");

    assay("run").with(1);
    String first = newestRun().text("id");
    assay("reproduce").with(1).printing("browse: the failure came again. errors is 0 %");
    String second = newestRun().text("id");
    assay("run").with(1);
    String other = newestRun().text("id");

    assertThat(second).isNotEqualTo(first);
    String sent = read("sent-" + first + ".txt");
    assertThat(sent.lines()).hasSize(240);
    assertThat(sent).contains("GET /a", "GET /b", "GET /people/7?n=");
    assertThat(read("sent-" + second + ".txt")).isEqualTo(sent);
    assertThat(read("sent-" + other + ".txt")).as("of another seed").isNotEqualTo(sent);
  }
}
