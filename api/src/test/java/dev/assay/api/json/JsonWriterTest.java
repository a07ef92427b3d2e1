package dev.assay.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {

  /** RFC 8785, appendix B, without its two rows that no JSON can say. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2"
  })
  void writesNumbersAsTheRfcDoes(String bits, String written) {
    double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
    assertThat(JsonWriter.canonical(Json.of(value))).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "1.5, 1.5",
    "-2.25, -2.25",
    "1e-6, 0.000001",
    "1e-7, 1e-7",
    "1.25e-7, 1.25e-7",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "1.5e300, 1.5e+300",
    "9.88e-324, 1e-323",
    "0.001, 0.001",
    "12345678.5, 12345678.5"
  })
  void writesNumbersInTheFewestDigits(double value, String written) {
    assertThat(JsonWriter.canonical(Json.of(value))).isEqualTo(written);
  }

  @Test
  void writesWholeNumbersOf64BitsInFull() {
    assertThat(JsonWriter.canonical(Json.of(Long.MAX_VALUE))).isEqualTo("9223372036854775807");
    assertThat(JsonWriter.canonical(Json.of(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
    assertThat(Json.of(-0x1p63)).isEqualTo(Json.of(Long.MIN_VALUE));
  }

  /** RFC 8785, section 3.2.3. */
  @Test
  void sortsMembersByTheirUtf16Units() {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("\u20ac", Json.of("Euro Sign"));
    members.put("\r", Json.of("Carriage Return"));
    members.put("\ufb33", Json.of("Hebrew Letter Dalet With Dagesh"));
    members.put("1", Json.of("One"));
    members.put("\ud83d\ude00", Json.of("Emoji: Grinning Face"));
    members.put("\u0080", Json.of("Control"));
    members.put("\u00f6", Json.of("Latin Small Letter O With Diaeresis"));
    assertThat(
            JsonReader.read(JsonWriter.canonical(new Json.Obj(members)))
                .asObject()
                .members()
                .values())
        .extracting(Json::asText)
        .containsExactly(
            "Carriage Return",
            "One",
            "Control",
            "Latin Small Letter O With Diaeresis",
            "Euro Sign",
            "Emoji: Grinning Face",
            "Hebrew Letter Dalet With Dagesh");
  }

  /** RFC 8785, section 3.2.2. */
  @Test
  void writesTheExampleOfTheRfc() {
    Json value =
        JsonReader.read(
            """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
              "literals": [null, true, false]
            }
            """);
    assertThat(JsonWriter.canonical(value))
        .isEqualTo(
            "{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void writesOnlyTheEscapesThatMustBe() {
    assertThat(JsonWriter.canonical(Json.of("\0\u001f\u007f\u2028/\b\f😀")))
        .isEqualTo("\"\\u0000\\u001f\u007f\u2028/\\b\\f😀\"");
  }

  @Test
  void bytesAreUtf8() {
    assertThat(JsonWriter.canonicalBytes(Json.of("€")))
        .isEqualTo("\"€\"".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void writesForPeopleIndentedInTheirOwnOrder() {
    Json value =
        Json.object()
            .put("b", Json.array(List.of(Json.of(1), Json.array(List.of()))))
            .put("a", Json.object().build())
            .build();
    assertThat(JsonWriter.pretty(value))
        .isEqualTo("{\n  \"b\": [\n    1,\n    []\n  ],\n  \"a\": {}\n}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\ud800b", "a\udc00b", "a\ud800", "\udc00b"})
  void aTextHoldsTheReplacementCharacterForALoneSurrogate(String text) {
    String whole = text.replaceAll("\ud800|\udc00", "\ufffd");
    assertThat(Json.of(text)).isEqualTo(Json.of(whole));
    assertThat(JsonWriter.canonical(Json.of(text))).isEqualTo('"' + whole + '"');
  }

  @Test
  void membersWhoseNamesBecomeTheSameAreRefused() {
    Map<String, Json> members = Map.of("\ud800", Json.Null.VALUE, "\udc00", Json.Null.VALUE);
    assertThatIllegalArgumentException().isThrownBy(() -> new Json.Obj(members));
  }

  @Test
  void ofTextsWhoseNamesBecomeTheSameTheFirstByNameIsKept() {
    assertThat(Json.texts(Map.of("\ud801", "second", "\ud800", "first")))
        .isEqualTo(Json.texts(Map.of("\ufffd", "first")));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, -0.0, 5.0, Double.NaN, Double.POSITIVE_INFINITY, 0x1p62})
  void aRealIsNeverANumberThatHasAnotherForm(double value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Json.Real(value));
  }
}
