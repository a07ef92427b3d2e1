package dev.assay.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every JSON value and for every text that claims to be one. */
class JsonPropertiesTest {

  @Property(tries = 500, seed = "1")
  void theReaderReadsBackWhatWasWrittenCanonically(@ForAll("values") Json value) {
    String written = JsonWriter.canonical(value);
    assertThat(JsonReader.read(written)).isEqualTo(value);
    assertThat(JsonWriter.canonical(JsonReader.read(written))).isEqualTo(written);
  }

  @Property(tries = 200, seed = "1")
  void theReaderReadsBackWhatWasWrittenForPeople(@ForAll("values") Json value) {
    assertThat(JsonReader.read(JsonWriter.pretty(value))).isEqualTo(value);
  }

  @Property(seed = "1")
  void aDoubleIsReadBackToTheLastBit(@ForAll double number) {
    Json value = Json.of(number);
    assertThat(JsonReader.read(JsonWriter.canonical(value)).asNumber())
        .isEqualTo(number == 0 ? 0.0 : number);
  }

  @Property(seed = "1")
  void anyTextIsReadOrRefusedWithAJsonException(@ForAll String text) {
    readOrRefuse(text);
  }

  @Property(seed = "1")
  void anyTextOfJsonPunctuationIsReadOrRefusedWithAJsonException(
      @ForAll("punctuation") String text) {
    readOrRefuse(text);
  }

  @Property(tries = 500, seed = "1")
  void mutatedJsonIsReadOrRefusedWithAJsonException(
      @ForAll("values") Json value,
      @ForAll @IntRange(min = 0, max = 1_000_000) int place,
      @ForAll @IntRange(min = 0, max = 2) int kind,
      @ForAll char put) {
    StringBuilder text = new StringBuilder(JsonWriter.canonical(value));
    int at = place % text.length();
    switch (kind) {
      case 0 -> text.deleteCharAt(at);
      case 1 -> text.setCharAt(at, put);
      default -> text.insert(at, put);
    }
    readOrRefuse(text.toString());
  }

  @Property
  void canonicalBytesAreKnownAsSuch(@ForAll("values") Json value) {
    byte[] canonical = JsonWriter.canonicalBytes(value);
    JsonReader.Read read = JsonReader.read(canonical);
    assertThat(read.value()).isEqualTo(value);
    if (!new String(canonical, StandardCharsets.UTF_8).contains("\\u") && few(value)) {
      assertThat(read.canonical()).isTrue();
    }
  }

  private static boolean few(Json value) {
    return switch (value) {
      case Json.Array array -> array.items().stream().allMatch(JsonPropertiesTest::few);
      case Json.Obj object ->
          object.members() instanceof Members
              && object.members().values().stream().allMatch(JsonPropertiesTest::few);
      default -> true;
    };
  }

  @Property
  void bytesThatWereChangedAreNotTakenForCanonical(
      @ForAll("values") Json value, @ForAll int where, @ForAll byte other) {
    byte[] bytes = JsonWriter.canonicalBytes(value);
    bytes[Math.floorMod(where, bytes.length)] = other;
    JsonReader.Read read;
    try {
      read = JsonReader.read(bytes);
    } catch (JsonException refused) {
      return;
    }
    if (read.canonical()) {
      assertThat(bytes).isEqualTo(JsonWriter.canonicalBytes(read.value()));
    }
  }

  private static void readOrRefuse(String text) {
    Json value;
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      value = JsonReader.read(text);
      JsonReader.Read read = JsonReader.read(bytes);
      assertThat(!read.canonical() || Arrays.equals(bytes, JsonWriter.canonicalBytes(read.value())))
          .isTrue();
    } catch (JsonException refused) {
      assertThat(refused.offset()).isBetween(0, text.length());
      return;
    }
    assertThat(JsonReader.read(JsonWriter.canonical(value))).isEqualTo(value);
  }

  @Provide
  Arbitrary<String> punctuation() {
    return Arbitraries.strings().withChars("{}[]\",:\\u0019.eE+- \ntrufalsn").ofMaxLength(40);
  }

  @Provide
  Arbitrary<Json> values() {
    return values(3);
  }

  private static Arbitrary<Json> values(int depth) {
    Arbitrary<Json> leaves =
        Arbitraries.oneOf(
            Arbitraries.just(Json.Null.VALUE),
            Arbitraries.of(true, false).map(Json::of),
            Arbitraries.longs().map(Json::of),
            Arbitraries.doubles().map(Json::of),
            Arbitraries.longs()
                .map(Double::longBitsToDouble)
                .filter(Double::isFinite)
                .map(Json::of),
            Arbitraries.strings().all().ofMaxLength(12).map(Json::of));
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<Json> inner = Arbitraries.lazy(() -> values(depth - 1));
    Arbitrary<Json> arrays = inner.list().ofMaxSize(4).map(Json::array);
    Arbitrary<Json> objects =
        Arbitraries.maps(Arbitraries.strings().ofMaxLength(6), inner)
            .ofMaxSize(4)
            .map(JsonPropertiesTest::object);
    return Arbitraries.oneOf(List.of(leaves, arrays, objects));
  }

  private static Json object(Map<String, Json> members) {
    Map<String, Json> wellFormed = new LinkedHashMap<>();
    members.forEach((name, value) -> wellFormed.put(((Json.Text) Json.of(name)).value(), value));
    return new Json.Obj(wellFormed);
  }
}
