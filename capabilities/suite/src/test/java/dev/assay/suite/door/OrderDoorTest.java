package dev.assay.suite.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderDoorTest {

  private final OrderDoor door = new OrderDoor();

  private Json.Obj ask(String question) {
    return door.answer(JsonReader.read(question).asObject());
  }

  private List<String> order(String question) {
    return ask(question).array("order").stream().map(Json::asText).toList();
  }

  @Test
  void whatIsToldToHaveFailedIsFirstInTheNextOrder() {
    assertThat(ask("{'tests': ['A', 'B', 'C']}".replace('\'', '"')).array("order")).hasSize(3);

    assertThat(
            ask("""
            {"results": [{"test": "A", "result": "pass", "duration_s": 1},
                         {"test": "B", "result": "fail", "duration_s": 1},
                         {"test": "C", "result": "skip"}]}\
            """)
                .whole("learned"))
        .isEqualTo(3);

    assertThat(order("{\"tests\": [\"A\", \"B\", \"C\"]}")).startsWith("B");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"results\": [{\"id\": \"A\", \"status\": \"PASSED\"}, {\"id\": \"B\", \"status\": \"FAILED\"}]}",
        "{\"results\": {\"A\": \"ok\", \"B\": \"error\"}}",
        "{\"results\": {\"A\": {\"passed\": true}, \"B\": {\"passed\": false}}}",
        "{\"results\": [{\"name\": \"A\", \"verdict\": 0}, {\"name\": \"B\", \"verdict\": 1}]}",
        "{\"tests\": [{\"id\": \"A\", \"failed\": false}, {\"id\": \"B\", \"failed\": true}]}",
        "{\"history\": [{\"results\": {\"A\": \"pass\", \"B\": \"timed out\"}}]}",
        "{\"history\": [[{\"id\": \"A\", \"result\": \"pass\"}, {\"id\": \"B\", \"result\": \"fail\"}]]}",
        "{\"tests\": [{\"id\": \"A\", \"history\": [\"pass\", true]}, {\"id\": \"B\", \"history\": [\"fail\"]}]}",
      })
  void resultsAreUnderstoodHoweverTheyAreTold(String told) {
    ask(told);

    assertThat(order("{\"tests\": [\"A\", \"B\"]}")).containsExactly("B", "A");
  }

  @Test
  void resultsOfALineAreLearnedAfterItsOrderIsMade() {
    assertThat(
            order(
                """
                {"tests": [{"id": "A", "result": "pass", "duration": 1},
                           {"id": "B", "result": "fail", "duration": 1}]}\
                """))
        .as("as if nothing were known")
        .containsExactly("A", "B");
    assertThat(order("{\"tests\": [\"A\", \"B\"]}")).containsExactly("B", "A");
  }

  @Test
  void theTimeBesideAResultIsNotKnownBeforeIt() {
    ask(
        "{\"results\": {\"A\": {\"result\": \"fail\", \"time\": 1}, \"B\": {\"result\": \"fail\", \"time\": 2}}}");

    assertThat(
            order(
                """
                {"tests": [{"id": "A", "result": "pass", "duration": 50},
                           {"id": "B", "result": "pass", "duration": 0.1}]}\
                """))
        .containsExactly("A", "B");
  }

  @Test
  void aHistoryTakesThePlaceOfWhatWasLearned() {
    ask("{\"results\": {\"A\": \"fail\", \"B\": \"pass\"}}");
    ask("{\"history\": [{\"A\": \"pass\", \"B\": \"fail\"}]}");

    assertThat(order("{\"tests\": [\"A\", \"B\"]}")).containsExactly("B", "A");
  }

  @Test
  void theLastResultOfATestIsKnownBeforeItsOrder() {
    assertThat(
            order(
                """
                {"tests": [{"id": "A", "duration": 1, "last": "pass"},
                           {"id": "B", "duration": 1, "last": "fail"}]}\
                """))
        .containsExactly("B", "A");
  }

  @Test
  void aBudgetDividesTheOrder() {
    ask(
        "{\"results\": {\"A\": {\"result\": \"pass\", \"ms\": 4000}, \"B\": {\"result\": \"fail\", \"ms\": 3000}}}");

    Json.Obj answer = ask("{\"tests\": [\"A\", \"B\"], \"budget\": \"5s\", \"explain\": true}");

    assertThat(answer.array("run")).containsExactly(Json.of("B"));
    assertThat(answer.array("left")).containsExactly(Json.of("A"));
    assertThat(answer.get("probability_missed").asNumber()).isBetween(0.0, 1.0);
    assertThat(answer.get("seconds").asNumber()).isEqualTo(3);
    assertThat(answer.array("tests").getFirst().asObject().text("id")).isEqualTo("B");
  }

  @Test
  void aWrongLineChangesNothing() {
    ask("{\"results\": {\"A\": \"pass\", \"B\": \"fail\"}}");

    assertThatThrownBy(() -> ask("{\"results\": {\"A\": \"fail\", \"B\": \"perhaps\"}}"))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("perhaps");

    assertThat(order("{\"tests\": [\"A\", \"B\"]}")).containsExactly("B", "A");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"tests\": 7}",
        "{\"tests\": [[]]}",
        "{\"tests\": [{\"duration\": 1}]}",
        "{\"tests\": [{\"id\": \"A\", \"duration\": \"long\"}]}",
        "{\"tests\": [{\"id\": \"A\", \"duration\": -1}]}",
        "{\"results\": [\"A\"]}",
        "{\"results\": [{\"id\": \"A\", \"result\": 1}]}",
        "{\"tests\": [], \"budget\": \"soon\"}",
        "{\"tests\": [], \"budget\": \".\"}",
      })
  void whatIsWrongIsSaidWithAnExample(String question) {
    assertThatThrownBy(() -> ask(question))
        .isInstanceOf(JsonException.class)
        .hasMessageMatching("(?s).{20,}");
  }
}
