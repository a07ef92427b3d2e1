package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import org.junit.jupiter.api.Test;

class StatsAnswersTest {

  @Test
  void changePointsAreTheFirstIndexesOfNewSegments() {
    String values = "1.02,0.95,0.99,1,1.12,1,1.01,0.98,1.01,0.96";
    String others = "0.5,0.51,0.48,0.48,0.55,0.5,0.49,0.51,0.5,0.49";
    Json.Obj one =
        StatsAnswers.changePoints(question("{\"values\":[" + values + "," + others + "]}"));
    assertThat(one.array("changepoints")).containsExactly(Json.of(10));
    assertThat(one.array("details").getFirst().asObject().whole("earliest")).isBetween(9L, 10L);
    Json.Obj several =
        StatsAnswers.changePoints(
            question(
                "{\"series\":[[" + values + "," + others + "],[" + others + "," + values + "]]}"));
    assertThat(several.array("changepoints")).containsExactly(Json.of(10));
    assertThat(StatsAnswers.changePoints(question("{\"values\":[1,null,1]}")).array("changepoints"))
        .isEmpty();
  }

  @Test
  void aSlowerCandidateIsWorseAndAFasterOneBetter() {
    String runs = "[[10,11,10],[10,10,11],[11,10,10]]";
    String slow = "[[20,21,20],[20,20,21],[21,20,20]]";
    assertThat(verdict("lower", runs, slow)).isEqualTo("worse");
    assertThat(verdict("higher", runs, slow)).isEqualTo("better");
    assertThat(verdict("lower", slow, runs)).isEqualTo("better");
    Json.Obj answer =
        StatsAnswers.compare(
            question(
                "{\"metric\":{\"direction\":\"lower\"},\"order\":\"BCBCBC\",\"baseline\":"
                    + runs
                    + ",\"candidate\":"
                    + slow
                    + "}"));
    assertThat(answer.get("effect").asNumber()).isBetween(0.8, 1.2);
    assertThat(answer.array("interval")).hasSize(2);
    assertThat(answer.array("interval").getFirst().asNumber()).isPositive();
  }

  @Test
  void aCanaryIsJudged() {
    Json.Obj answer =
        StatsAnswers.canary(
            question(
                "{\"control\":["
                    + "0,".repeat(199)
                    + "1],\"experiment\":["
                    + "0,1,".repeat(99)
                    + "1],\"direction\":\"lower\"}"));
    assertThat(answer.text("verdict")).isEqualTo("worse");
    assertThat(answer.whole("events")).isEqualTo(100);
    assertThat(answer.whole("total")).isEqualTo(101);
    String faster =
        "{\"control\":[" + "9,8,".repeat(200) + "9],\"experiment\":[" + "2,3,".repeat(200) + "2]";
    assertThat(StatsAnswers.canary(question(faster + "}")).text("verdict")).isEqualTo("better");
    Json.Obj either = StatsAnswers.canary(question(faster + ",\"direction\":\"either\"}"));
    assertThat(either.text("verdict")).isEqualTo("worse");
    assertThat(either.text("kayenta")).isEqualTo("low");
  }

  @Test
  void everyPointHasAScoreAndTimesMayBeWrittenInSeveralWays() {
    StringBuilder times = new StringBuilder("\"2014-04-01 00:00:00\"");
    StringBuilder values = new StringBuilder("7");
    for (int i = 1; i < 400; i++) {
      times.append(
          i % 2 == 0 ? "," + (1396310400L + 300 * i) : "," + (1396310400L + 300 * i) + "000");
      values.append(i == 350 ? ",900" : i == 20 ? ",null" : "," + (7 + i * i % 11 / 10.0));
    }
    Json.Obj answer =
        StatsAnswers.anomalies(
            question("{\"timestamps\":[" + times + "],\"values\":[" + values + "]}"));
    assertThat(answer.array("scores")).hasSize(400);
    assertThat(answer.array("scores").get(350).asNumber()).isGreaterThan(0.7);
    assertThat(answer.array("scores").get(20).asNumber()).isZero();
    assertThatThrownBy(
            () -> StatsAnswers.anomalies(question("{\"timestamps\":[1],\"values\":[1,2]}")))
        .hasMessageContaining("1 'timestamps' of 2 values");
    assertThatThrownBy(
            () -> StatsAnswers.anomalies(question("{\"timestamps\":[\"now\"],\"values\":[1]}")))
        .hasMessageContaining("'timestamps'[0] is no time");
  }

  @Test
  void aForecastHasAMeanAndIntervalsAndMayAskWhenALimitIsReached() {
    StringBuilder values = new StringBuilder("1");
    for (int i = 2; i <= 60; i++) {
      values.append(',').append(i);
    }
    Json.Obj answer =
        StatsAnswers.forecast(
            question("{\"values\":[" + values + "],\"horizon\":20,\"limit\":70}"));
    assertThat(answer.array("mean")).hasSize(20);
    assertThat(answer.array("lower")).hasSize(20);
    assertThat(answer.array("upper")).hasSize(20);
    assertThat(answer.whole("reaches")).isBetween(8L, 14L);
    assertThat(answer.array("reachesBetween")).hasSize(2);
    assertThatThrownBy(() -> StatsAnswers.forecast(question("{\"values\":[1,2,3]}")))
        .hasMessageContaining("there is no 'horizon'");
  }

  @Test
  void whatIsWrongIsSaidWithItsPlaceAndHowToMendIt() {
    assertThatThrownBy(() -> StatsAnswers.changePoints(question("{}")))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("there is no 'values'; write an array");
    assertThatThrownBy(() -> StatsAnswers.changePoints(question("{\"values\":[1,\"2\"]}")))
        .hasMessageContaining("'values'[1] is no number; write null");
    assertThatThrownBy(() -> StatsAnswers.changePoints(question("{\"series\":[[1],2]}")))
        .hasMessageContaining("'series'[1] is no array");
    assertThatThrownBy(() -> verdict("down", "[[1]]", "[[1]]"))
        .hasMessageContaining("\"lower\" or \"higher\", not \"down\"");
    assertThatThrownBy(() -> verdict("lower", "[]", "[[1]]"))
        .hasMessageContaining("the baseline has no runs");
  }

  private static String verdict(String direction, String baseline, String candidate) {
    return StatsAnswers.compare(
            question(
                "{\"metric\":{\"direction\":\""
                    + direction
                    + "\"},\"baseline\":"
                    + baseline
                    + ",\"candidate\":"
                    + candidate
                    + "}"))
        .text("verdict");
  }

  private static Json.Obj question(String text) {
    return JsonReader.read(text).asObject();
  }
}
