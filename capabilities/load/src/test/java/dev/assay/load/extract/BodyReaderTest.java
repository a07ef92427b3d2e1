package dev.assay.load.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.value.Comparison;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BodyReaderTest {

  private static BodyReader read(String body, Probe... probes) {
    return read(body.getBytes(StandardCharsets.UTF_8), probes);
  }

  private static BodyReader read(byte[] body, Probe... probes) {
    BodyReader reader = BodyPlan.of(List.of(probes)).reader();
    reader.begin();
    reader.feed(body, 0, body.length);
    reader.end();
    return reader;
  }

  private static Probe path(String path) {
    return new Probe.JsonPath(path);
  }

  private static Probe test(String path, String comparison) {
    return new Probe.JsonTest(path, Comparison.parse(comparison));
  }

  private static Probe regex(String expression) {
    return new Probe.Regex(Pattern.compile(expression));
  }

  private static Probe text(String comparison) {
    return new Probe.TextTest(Comparison.parse(comparison));
  }

  @Test
  void textsAreGivenUnescapedAndTheRestAsWritten() {
    BodyReader reader =
        read(
            """
            {"t":"a\\n\\u00e4\\ud83d\\ude00 \\ud83d!","n":2.50,"b":true,"o":{ "x" : [1, 2] },"l":[ ]}
            """,
            path("$.t"),
            path("$.n"),
            path("$.b"),
            path("$.o"),
            path("$.l"),
            path("$.o.x[1]"));
    assertThat(reader.value(0).text()).isEqualTo("a\nä😀 \uFFFD!");
    assertThat(reader.value(1).text()).isEqualTo("2.50");
    assertThat(reader.value(2).text()).isEqualTo("true");
    assertThat(reader.value(3).text()).isEqualTo("{ \"x\" : [1, 2] }");
    assertThat(reader.value(4).text()).isEqualTo("[ ]");
    assertThat(reader.value(5).text()).isEqualTo("2");
    assertThat(reader.fault()).isNull();
    assertThat(reader.satisfied()).isTrue();
  }

  @Test
  void nullIsNothingToSaveButSomethingThatIsThere() {
    BodyReader reader =
        read(
            "{\"a\":null}",
            path("$.a"),
            test("$.a", "exists"),
            test("$.a", "absent"),
            test("$.a", "null"));
    assertThat(reader.found(0)).isFalse();
    assertThat(reader.found(1)).isTrue();
    assertThat(reader.found(2)).isFalse();
    assertThat(reader.found(3)).isTrue();
  }

  @Test
  void eachOfSeveralValuesMustHoldAndOneMustBeThere() {
    String body = "{\"items\":[{\"p\":3},{\"p\":0},{\"q\":1}],\"none\":[]}";
    BodyReader reader =
        read(
            body,
            test("$.items[*].p", ">= 0"),
            test("$.items[*].p", "> 0"),
            test("$.none[*]", "!= 1"),
            test("$.none[*]", "absent"),
            path("$.items[*].p"));
    assertThat(reader.found(0)).isTrue();
    assertThat(reader.found(1)).isFalse();
    assertThat(reader.value(1).text()).as("the value that failed it").isEqualTo("0");
    assertThat(reader.found(2)).isFalse();
    assertThat(reader.found(3)).isTrue();
    assertThat(reader.value(4).text()).isEqualTo("3");
  }

  @Test
  void lengthCountsElementsAndMembers() {
    BodyReader reader =
        read(
            "{\"l\":[1,[2,3],{}],\"o\":{\"a\":1,\"b\":2},\"e\":[],\"t\":\"abc\"}",
            path("$.l.length()"),
            path("$.o.length()"),
            path("$.e.length()"),
            path("$.t.length()"),
            path("$.length()"));
    assertThat(reader.value(0).text()).isEqualTo("3");
    assertThat(reader.value(1).text()).isEqualTo("2");
    assertThat(reader.value(2).text()).isEqualTo("0");
    assertThat(reader.found(3)).isFalse();
    assertThat(reader.value(4).text()).isEqualTo("4");
  }

  @Test
  void whatFollowsTheLastAnswerIsNotLookedAt() {
    BodyReader reader = read("{\"id\":7,\"rest\":not json", path("$.id"));
    assertThat(reader.value(0).text()).isEqualTo("7");
    assertThat(reader.fault()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                | the body is not JSON: the body is empty at byte 0",
        "'<html>'          | the body is not JSON: expected a value at byte 0",
        "'{\"a\":1'        | the body is not JSON: the body ends in the middle of a JSON value",
        "'{\"a\" 1}'       | the body is not JSON: expected ':' at byte 5",
        "'{\"a\":1,}'      | the body is not JSON: expected the name of a member at byte 7",
        "'{\"a\":[1,}'     | the body is not JSON: the body ends in the middle of a JSON value",
        "'{\"id\":nul}'    | the body is not JSON: neither a number nor true, false or null",
        "'{\"id\":01}'     | the body is not JSON: neither a number nor true, false or null",
        "'{\"id\":\"\\x\"}'| the body is not JSON: an escape that JSON does not know at byte 8",
        "'{} {}'           | the body is not JSON: unexpected text after the value at byte 3",
      })
  void aBodyThatIsNoJsonIsSaidToBeNone(String body, String fault) {
    BodyReader reader = read(body, path("$.id"), test("$.id", "absent"));
    assertThat(reader.fault()).startsWith(fault);
    assertThat(reader.found(0)).isFalse();
    assertThat(reader.found(1)).isFalse();
  }

  @Test
  void nestingHasAnEnd() {
    String deep = "[".repeat(JsonScan.DEEPEST) + "]".repeat(JsonScan.DEEPEST);
    assertThat(read(deep, path("$.a")).fault()).isNull();
    assertThat(read("[" + deep + "]", path("$.a")).fault()).contains("deeper than 500");
    assertThat(read("[" + deep + "]", path("$" + "[0]".repeat(150))).fault()).contains("deeper");
  }

  @Test
  void aByteOrderMarkIsPassedOver() {
    assertThat(read("\uFEFF{\"a\":1}", path("$.a")).found(0)).isTrue();
    assertThat(read(new byte[] {(byte) 0xEF, '{', '}'}, path("$.a")).fault()).isNotNull();
  }

  @Test
  void oneThatIsTooLongIsSaidSoAndTheOthersAreFound() {
    String large = "x".repeat(BodyReader.LONGEST + 1);
    BodyReader reader = read("{\"a\":\"" + large + "\",\"b\":1}", path("$.a"), path("$.b"));
    assertThat(reader.found(0)).isFalse();
    assertThat(reader.found(1)).isTrue();
    assertThat(reader.fault()).contains("1 MiB");
    BodyReader searching = read("{\"b\":1, \"a\":\"" + large + "\"}", path("$.b"), regex("b"));
    assertThat(searching.found(0)).isTrue();
    assertThat(searching.found(1)).isFalse();
    assertThat(searching.fault()).contains("1 MiB");
  }

  @Test
  void anExpressionGivesItsFirstGroupOrItsWholeMatch() {
    String body = "<input name=csrf value=tökén> and more";
    BodyReader reader =
        read(
            body,
            regex("value=([^>]+)"),
            regex("name=\\w+"),
            regex("nothing(x)?"),
            regex("a(x)?n"));
    assertThat(reader.value(0).text()).isEqualTo("tökén");
    assertThat(reader.value(1).text()).isEqualTo("name=csrf");
    assertThat(reader.found(2)).isFalse();
    assertThat(reader.found(3)).as("a group that takes no part").isFalse();
  }

  @Test
  void anExpressionThatBacktracksWithoutEndIsGivenUp() {
    BodyReader reader = read("a".repeat(300), regex("(.*)(.*)(.*)(.*)(.*)x"));
    assertThat(reader.found(0)).isFalse();
    assertThat(reader.fault()).contains("takes too long");
  }

  @Test
  void theWholeTextIsComparedOrSearched() {
    String body = "freshly ground coffee";
    BodyReader reader =
        read(
            body,
            text("~ coffee"),
            text("!~ coffee"),
            text("~ ^fresh.*coffee$"),
            text("freshly ground coffee"),
            text("!~ tea"),
            new Probe.Contains("ground c"),
            new Probe.Contains("groundc"));
    assertThat(List.of(0, 2, 3, 4, 5)).allMatch(reader::found);
    assertThat(List.of(1, 6)).noneMatch(reader::found);
  }

  @Test
  void aTextIsFoundAcrossASplitAndAfterAFalseStart() {
    byte[] body = "aabaabaaab".getBytes(StandardCharsets.US_ASCII);
    BodyReader reader = BodyPlan.of(List.of(new Probe.Contains("aabaaab"))).reader();
    for (int cut = 0; cut <= body.length; cut++) {
      reader.begin();
      reader.feed(body, 0, cut);
      reader.feed(body, cut, body.length);
      reader.end();
      assertThat(reader.found(0)).isTrue();
    }
  }

  @Test
  void nothingIsLeftFromTheBodyBefore() {
    BodyReader reader = BodyPlan.of(List.of(path("$.a"), regex("x\\d"))).reader();
    for (String body : new String[] {"{\"a\":\"x1\"}", "{", "{\"b\":[[{\"c\":\"", "{\"b\":1}"}) {
      byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
      reader.begin();
      reader.feed(bytes, 0, bytes.length);
      reader.end();
      assertThat(reader.found(0)).as(body).isEqualTo(body.contains("\"a\""));
      assertThat(reader.found(1)).as(body).isEqualTo(body.contains("x1"));
      assertThat(reader.fault() == null).as(body).isEqualTo(body.endsWith("}"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "$..a",
        "$.",
        "$a",
        "$.a[-1]",
        "$.a[?(@.x)]",
        "$.a[1:2]",
        "$[0,1]",
        "$['a','b']",
        "$[",
        "$['a",
        "$[]",
        "$.a.sum()",
        "$.length().a",
        "$[999999999999]",
        "$.a b[x]"
      })
  void aPathThatCannotBeFollowedInOnePassIsRefused(String path) {
    assertThatThrownBy(() -> BodyPlan.of(List.of(path(path))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(path);
  }

  @Test
  void aMemberOfAnyNameCanBeAskedFor() {
    String name = "it's a \\ [0].x";
    BodyReader reader =
        read("{\"it's a \\\\ [0].x\":{\"$\":5}}", Probe.JsonPath.member(name), path("$[*].$"));
    assertThat(reader.value(0).text()).isEqualTo("{\"$\":5}");
    assertThat(reader.value(1).text()).isEqualTo("5");
  }

  @Test
  void aPlanOfNothingIsEmpty() {
    assertThat(BodyPlan.of(List.of()).empty()).isTrue();
    assertThat(BodyPlan.nothing().reader().satisfied()).isTrue();
    assertThat(BodyPlan.of(List.of(path("$"))).empty()).isFalse();
  }
}
