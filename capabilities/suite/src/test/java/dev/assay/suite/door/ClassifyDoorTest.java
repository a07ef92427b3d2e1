package dev.assay.suite.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifyDoorTest {

  private static final String PASSES = String.join(",", Collections.nCopies(30, "\"pass\""));

  private static Json.Obj ask(String question) {
    return new ClassifyDoor().answer(JsonReader.read(question).asObject());
  }

  private static Json.Obj past(String runs) {
    return ask("{\"history\": [" + PASSES + ", " + runs + "]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"fail\", \"pass\"], \"pass\", [\"fail\", \"pass\"]",
        "{\"attempts\": [\"fail\", \"pass\"]}, {\"attempts\": [{\"result\": \"error\"}, {\"result\": \"ok\", \"how\": \"clean jvm\"}]}",
        "{\"commit\": \"a\", \"result\": \"fail\"}, {\"commit\": \"a\", \"result\": \"pass\"}, {\"sha\": \"b\", \"passed\": false}, {\"sha\": \"b\", \"passed\": true}",
      })
  void whatPassesAndFailsOnTheSameCodeIsFlaky(String runs) {
    Json.Obj answer = past(runs);

    assertThat(answer.text("state")).isEqualTo("flaky");
    assertThat(answer.get("p_flaky").asNumber()).isGreaterThan(0.95);
    assertThat(answer.text("reason")).contains("on the same code");
  }

  @Test
  void whatFailsAndGoesOnFailingIsBroken() {
    Json.Obj answer = past("\"fail\", [\"fail\", \"fail\"], \"fail\"");

    assertThat(answer.text("state")).isEqualTo("broken");
    assertThat(answer.get("p_real").asNumber()).isGreaterThan(0.9);
  }

  @Test
  void theAttemptsOfTheRunAtHandAreBesideItsHistory() {
    Json.Obj answer =
        ask(
            "{\"history\": ["
                + PASSES
                + "], \"executed_change\": false,"
                + " \"attempts\": [\"fail\", {\"result\": \"pass\", \"how\": \"alone\"}]}");

    assertThat(answer.text("state")).isEqualTo("flaky");
  }

  @Test
  void attemptsByThemselvesAreRunsUnlessTheySayThatTheCodeIsTheSame() {
    String attempts = "\"attempts\": [" + PASSES + ", \"fail\", " + PASSES + "]";

    double runs = ask("{" + attempts + "}").get("p_flaky").asNumber();
    double same = ask("{\"same_commit\": true, " + attempts + "}").get("p_flaky").asNumber();

    assertThat(runs).isBetween(0.05, 0.95);
    assertThat(same).isGreaterThan(0.99);
  }

  @Test
  void aRunThatFailedTogetherIsInfrastructure() {
    assertThat(past("{\"result\": \"fail\", \"failed_share\": 0.8}").text("state"))
        .isEqualTo("infrastructure");
    assertThat(past("{\"result\": \"infrastructure\"}").text("state")).isEqualTo("infrastructure");
    assertThat(past("{\"result\": \"fail\", \"infrastructure\": true}").text("state"))
        .isEqualTo("infrastructure");
  }

  @Test
  void ofManyTestsTogetherTheShareIsCounted() {
    String tests =
        IntStream.range(0, 20)
            .mapToObj(i ->
                "\"t"
                    + i
                    + "\": [{\"run\": 1, \"result\": \"pass\"}, {\"run\": 2, \"result\": \""
                    + (i < 15 ? "fail" : "pass")
                    + "\"}]")
            .collect(Collectors.joining(","));

    Json.Obj answer = ask("{\"tests\": {" + tests + "}}").object("tests");

    assertThat(answer.members()).hasSize(20);
    assertThat(answer.object("t0").text("state")).isEqualTo("infrastructure");
    assertThat(answer.object("t19").text("state")).isEqualTo("healthy");
  }

  @Test
  void theRerunThatTeachesMostForItsTimeIsNamed() {
    Json.Obj answer =
        ask(
            "{\"history\": ["
                + PASSES
                + ", \"fail\"], \"reruns\": {\"alone\": 600, \"same-jvm\": 1}}");

    assertThat(answer.text("rerun")).isEqualTo("same-jvm");
    assertThat(answer.get("rerun_bits").asNumber()).isBetween(0.0, 1.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"history\": 1}",
        "{\"history\": [1]}",
        "{\"history\": [{}]}",
        "{\"history\": [{\"result\": \"fail\", \"how\": \"by magic\"}]}",
        "{\"history\": [{\"result\": \"fail\", \"failed_share\": \"most\"}]}",
        "{\"history\": [], \"reruns\": {\"alone\": -1}}",
        "{\"tests\": [\"A\"]}",
      })
  void whatIsWrongIsSaid(String question) {
    assertThatThrownBy(() -> ask(question))
        .isInstanceOf(JsonException.class)
        .hasMessageMatching("(?s).{15,}");
  }
}
