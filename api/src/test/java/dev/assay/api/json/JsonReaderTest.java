package dev.assay.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  static Stream<Arguments> valid() {
    return Stream.of(
        Arguments.of("null", Json.Null.VALUE),
        Arguments.of(" \t\r\n true \n", Json.of(true)),
        Arguments.of("false", Json.of(false)),
        Arguments.of("0", Json.of(0)),
        Arguments.of("-0", Json.of(0)),
        Arguments.of("-0.0", Json.of(0)),
        Arguments.of("-1", Json.of(-1)),
        Arguments.of("1.0", Json.of(1)),
        Arguments.of("1E2", Json.of(100)),
        Arguments.of("1e+2", Json.of(100)),
        Arguments.of("25e-1", Json.of(2.5)),
        Arguments.of("0e0", Json.of(0)),
        Arguments.of("1e-400", Json.of(0)),
        Arguments.of("9223372036854775807", Json.of(Long.MAX_VALUE)),
        Arguments.of("-9223372036854775808", Json.of(Long.MIN_VALUE)),
        Arguments.of("9223372036854775808", Json.of(0x1p63)),
        Arguments.of("\"\"", Json.of("")),
        Arguments.of("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", Json.of("\"\\/\b\f\n\r\t")),
        Arguments.of("\"\\u00e9\\u00E9\"", Json.of("éé")),
        Arguments.of("\"\\u0000\"", Json.of("\0")),
        Arguments.of("\"\\ud83d\\ude00\"", Json.of("😀")),
        Arguments.of("\"😀\u007f\u2028\"", Json.of("😀\u007f\u2028")),
        Arguments.of("[]", Json.array(List.of())),
        Arguments.of("[ ]", Json.array(List.of())),
        Arguments.of("[1 , null]", Json.array(List.of(Json.of(1), Json.Null.VALUE))),
        Arguments.of("{}", Json.object().build()),
        Arguments.of("{ \"\" : { } }", Json.object().put("", Json.object().build()).build()),
        Arguments.of("{\"a\":1,\"A\":2}", Json.object().put("a", 1).put("A", 2).build()));
  }

  @ParameterizedTest
  @MethodSource("valid")
  void readsWhatTheRfcAllows(String text, Json value) {
    assertThat(JsonReader.read(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\uFEFF1",
        "nul",
        "nulL",
        "True",
        "NaN",
        "Infinity",
        "-Infinity",
        "undefined", // words
        "01",
        "-01",
        "-",
        "+1",
        ".5",
        "1.",
        "1.e1",
        "1e",
        "1e+",
        "0x10",
        "1_000",
        "1d",
        "١",
        "--1", // numbers
        "1e400",
        "-1e400", // beyond a double
        "\"",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12G4\"",
        "\"\\u\uFF11111\"",
        "\"\n\"",
        "\"\t\"",
        "\"\0\"",
        "'a'",
        "\"\\", // texts
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[,]",
        "[1 2]",
        "]",
        "[1]]",
        "[1}", // arrays
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{1:1}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\"::1}",
        "}",
        "{\"a\":1]", // objects
        "1 2",
        "{}{}",
        "// c\n1",
        "/* c */1",
        "1 // c",
        "\u00A01",
        "\u000B1",
        "1\0" // around
      })
  void refusesWhatTheRfcForbids(String text) {
    assertThatThrownBy(() -> JsonReader.read(text)).isInstanceOf(JsonException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1}",
        "{\"a\":null,\"a\":null}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"\\ud800\":1,\"\\udc00\":2}"
      })
  void refusesAMemberThatIsThereTwice(String text) {
    assertThatThrownBy(() -> JsonReader.read(text))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("duplicate member");
  }

  @Test
  void saysWhichCharacterItStoppedAt() {
    assertThatThrownBy(() -> JsonReader.read("[1, x]"))
        .isInstanceOf(JsonException.class)
        .hasMessage("unexpected 'x' at character 4")
        .extracting(thrown -> ((JsonException) thrown).offset())
        .isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "'[\"é😀\", x]',unexpected 'x' at character 8",
    "'[\"é\", 😀]',unexpected '😀' at character 6",
    "'[\"\\é\"]',unknown escape '\\é' at character 3",
    "'[1, trié]',unexpected 't' at character 4",
    "'[\"é',unterminated text at character 3"
  })
  void countsCharactersAndNotBytes(String text, String told) {
    assertThatThrownBy(() -> JsonReader.read(text)).hasMessage(told);
    assertThatThrownBy(() -> JsonReader.read(text.getBytes(StandardCharsets.UTF_8)))
        .hasMessage(told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void readsTwoHundredLevelsAndNotOneMore(String open) {
    String close = open.equals("[") ? "]" : "}";
    String inner = open.equals("[") ? "" : "1";
    assertThat(JsonReader.read(open.repeat(200) + inner + close.repeat(200))).isNotNull();
    assertThatThrownBy(() -> JsonReader.read(open.repeat(201) + inner + close.repeat(201)))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("nested deeper than 200");
  }

  @Test
  void refusesAMillionOpenBracketsWithoutOverflowingTheStack() {
    assertThatThrownBy(() -> JsonReader.read("[".repeat(1_000_000)))
        .isInstanceOf(JsonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\ud800\"", "\"\\udc00\"", "\"\uD800\"", "\"\\udc00\\ud800\""})
  void readsALoneSurrogateAsTheReplacementCharacter(String text) {
    assertThat(JsonReader.read(text).asText()).matches("\uFFFD{1,2}");
  }

  @Test
  void keepsTheOrderOfMembersForPeople() {
    assertThat(JsonReader.read("{\"b\":1,\"a\":2}").asObject().members().keySet())
        .containsExactly("b", "a");
  }

  @Test
  void valuesOfAnotherShapeAreRefusedByTheAccessors() {
    Json.Obj object = new Json.Obj(Map.of("a", Json.of(1.5), "n", Json.Null.VALUE));
    assertThat(object.find("n")).isNull();
    assertThat(object.find("z")).isNull();
    assertThat(object.array("z")).isEmpty();
    assertThat(object.findText("z")).isNull();
    assertThatThrownBy(() -> object.text("a")).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> object.whole("a")).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> object.array("a")).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> object.object("a")).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> object.get("n")).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> object.get("a").asBool()).isInstanceOf(JsonException.class);
    assertThatThrownBy(object::asNumber).isInstanceOf(JsonException.class);
  }
}
