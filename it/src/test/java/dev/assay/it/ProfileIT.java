package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is seen of a service while it is under load. */
class ProfileIT extends Scenario {

  private static final String WORKSPACE =
      """
      workspace: shop
      services:
        mill:
          command: >-
            ${env.SERVICE_JAVA} -Xmx64m -XX:+UseSerialGC -cp ${env.SERVICE_CLASSES}
            dev.assay.it.service.Mill ${port.mill}
          environment: { BUILD: "${env.BUILD}" }
          ready: { get: "http://127.0.0.1:${port.mill}/", within: 20s }
          profile: { record: [cpu] }
      environments:
        local: { url: "http://127.0.0.1:${port.mill}" }
      checks:
        grind:
          load:
            rate: 60/s
            for: 4s
            flow: [ { get: /wheat } ]
          expect:
            service.memory[mill].max: < 2 GB
            service.cpu.max: "> 0"
            service.memory[other].max: < 2 GB
      """;

  private Json.Obj run(String build) {
    environment("BUILD", build);
    workspace(WORKSPACE);
    // Inconclusive in any case: nothing is known of a service that there is not.
    return JsonReader.read(assay("run", "--json", "--report", build).with(2).out()).asObject();
  }

  private static Json.Obj check(Json.Obj report) {
    return report.array("checks").getFirst().asObject();
  }

  @Test
  void aServiceUnderLoadIsProfiledAndTwoBuildsAreCompared() {
    Json.Obj first = check(run("fine"));

    assertThat(first.object("verdict").array("reasons").toString())
        .contains("service.memory[mill].max is ")
        .contains("it was measured for: mill");
    List<String> artifacts =
        first.array("artifacts").stream()
            .map(artifact -> artifact.asObject().text("name"))
            .toList();
    assertThat(artifacts).contains("profile/mill/cpu.folded", "profile/mill/recording.jfr");
    assertThat(read("fine/report.html"))
        .contains("dev.assay.it.service.Mill.grindFine")
        .contains("Cores in use of mill")
        .doesNotContain("compared with");

    run("coarse");

    assertThat(read("coarse/report.html")).contains("What changed").contains("compared with run ");
    String baseline =
        JsonReader.read(assay("ledger", "list", "--json").with(0).out())
            .asArray()
            .getLast()
            .asObject()
            .text("id");
    assay("profile", "diff", "latest", baseline, "-o", file("diff.html").toString())
        .with(0)
        .printing("grind  mill  cpu", "Mill.grindFine", "Mill.grindCoarse", "points");
    assertThat(read("diff.html")).contains("class=\"more3\"").contains("Mill.grindCoarse");
  }

  @Test
  void runsWithoutStacksAreNotCompared() {
    workspace("workspace: shop\n");
    assay("run");

    assay("profile", "diff", "latest", "latest").with(3).saying("ASSAY-CLI-008", "profile: true");
  }
}
