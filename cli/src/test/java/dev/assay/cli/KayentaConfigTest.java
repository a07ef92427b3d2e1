package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import org.junit.jupiter.api.Test;

class KayentaConfigTest {

  private static final String CONFIG =
      """
      { "name": "shop", "judge": { "name": "NetflixACAJudge-v1.0" },
        "metrics": [
          { "name": "errors", "groups": ["errors"], "query": { "type": "prometheus" },
            "analysisConfigurations": { "canary": {
              "direction": "increase", "nanStrategy": "replace", "critical": true,
              "effectSize": { "allowedIncrease": 1.1 } } } },
          { "name": "cpu", "groups": ["system"],
            "analysisConfigurations": { "canary": { "direction": "either" } } } ],
        "classifier": { "groupWeights": { "errors": 70, "system": 30 },
                        "scoreThresholds": { "pass": 90, "marginal": 50 } } }
      """;

  private static final KayentaConfig READ = KayentaConfig.read(JsonReader.read(CONFIG));

  private static Json.Obj judged(String errors, String cpu) {
    return READ.judge(
        JsonReader.read(
                """
                { "metrics": {
                    "errors": { "control": [2,3,1,2,3,2,1,2,3,2], "experiment": %s },
                    "cpu": { "control": [50,51,49,50,52,48,50,51,49,50], "experiment": %s } } }
                """
                    .formatted(errors, cpu))
            .asObject());
  }

  @Test
  void aCanaryLikeItsControlPasses() {
    Json.Obj found = judged("[2,3,1,2,3,2,1,2,3,2]", "[50,49,51,50,52,48,50,51,49,50]");
    assertThat(found.text("classification")).isEqualTo("pass");
    assertThat(found.object("groups").members().keySet())
        .containsExactlyInAnyOrder("errors", "system");
  }

  @Test
  void aCriticalMetricThatRisesFailsIt() {
    Json.Obj found = judged("[9,8,9,10,9,8,9,10,9,8]", "[50,49,51,50,52,48,50,51,49,50]");
    assertThat(found.text("classification")).isEqualTo("fail");
    assertThat(found.array("metrics").getFirst().asObject().text("classification"))
        .isEqualTo("high");
    assertThat(found.array("metrics").getFirst().asObject().text("verdict")).isNotEmpty();
  }

  @Test
  void anotherMetricThatChangesMakesItMarginal() {
    Json.Obj found = judged("[2,3,1,2,3,2,1,2,3,2]", "[70,69,71,70,72,68,70,71,69,70]");
    assertThat(found.text("classification")).isEqualTo("marginal");
  }

  @Test
  void aRiseThatIsAllowedIsNone() {
    KayentaConfig tolerant = KayentaConfig.read(JsonReader.read(CONFIG.replace("1.1", "9.0")));
    Json.Obj found =
        tolerant.judge(
            JsonReader.read(
                    """
                    { "metrics": { "errors": {
                        "control": [2,3,1,2,3,2,1,2,3,2],
                        "experiment": [9,8,9,null,10,9,8,9,10,9,8] } } }
                    """)
                .asObject());
    assertThat(found.array("metrics").getFirst().asObject().text("classification"))
        .isEqualTo("pass");
    assertThat(found.array("metrics").getLast().asObject().text("classification"))
        .isEqualTo("nodata");
  }

  @Test
  void aMetricThatNobodyConfiguredIsSaid() {
    Json.Obj question =
        JsonReader.read("{\"metrics\": {\"latency\": {\"control\": [], \"experiment\": []}}}")
            .asObject();
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> READ.judge(question))
        .withMessageContaining("latency");
  }
}
