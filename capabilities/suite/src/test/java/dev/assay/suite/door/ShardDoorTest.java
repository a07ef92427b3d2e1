package dev.assay.suite.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardDoorTest {

  private final ShardDoor door = new ShardDoor();

  private Json.Obj ask(String question) {
    return door.answer(JsonReader.read(question).asObject());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"shards\": 2, \"durations\": {\"a\": 3, \"b\": 3, \"c\": 2, \"d\": 2, \"e\": 2}}",
        "{\"workers\": 2, \"history\": {\"a\": [3, 3], \"b\": [3], \"c\": [2], \"d\": [2], \"e\": [2, 2]}}",
        "{\"n\": 2, \"tests\": [{\"id\": \"a\", \"seconds\": 3}, {\"id\": \"b\", \"ms\": 3000}, {\"id\": \"c\", \"time\": 2},"
            + " {\"id\": \"d\", \"history\": [2]}, {\"id\": \"e\", \"duration\": 2}]}",
      })
  void durationsAreUnderstoodHoweverTheyAreTold(String question) {
    Json.Obj answer = ask(question);

    assertThat(answer.array("seconds")).containsExactly(Json.of(6), Json.of(6));
    assertThat(answer.array("shards").getFirst().asArray())
        .containsExactly(Json.of("a"), Json.of("b"));
    assertThat(answer.get("imbalance").asNumber()).isEqualTo(1);
  }

  @Test
  void aTestWithoutADurationTakesThatOfItsRelatives() {
    Json.Obj answer =
        ask(
            "{\"shards\": 1, \"tests\": [\"p.A\", \"p.new\"], \"durations\": {\"p.A\": 4, \"q.B\": 100}}");

    assertThat(answer.array("seconds")).containsExactly(Json.of(8));
  }

  @Test
  void aRunThatIsAskedForAgainGetsTheSameShards() {
    Json.Obj first =
        ask("{\"shards\": 2, \"run\": 7, \"durations\": {\"a\": 1, \"b\": 2, \"c\": 3}}");

    assertThat(ask("{\"shards\": 2, \"run\": 7, \"durations\": {\"a\": 9, \"b\": 2, \"c\": 3}}"))
        .isEqualTo(first);
    assertThat(ask("{\"shards\": 2, \"run\": 8, \"durations\": {\"a\": 9, \"b\": 2, \"c\": 3}}"))
        .isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"shards\": 0, \"durations\": {}}",
        "{\"shards\": 1.5, \"durations\": {}}",
        "{\"shards\": 2}",
        "{\"shards\": 2, \"durations\": {\"a\": \"long\"}}",
        "{\"shards\": 2, \"durations\": {\"a\": [1, -1]}}",
      })
  void whatIsWrongIsSaid(String question) {
    assertThatThrownBy(() -> ask(question))
        .isInstanceOf(JsonException.class)
        .hasMessageMatching("(?s).{15,}");
  }
}
