package dev.assay.api.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.value.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceCodecTest {

  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.000000006Z");

  /** The format itself: who changes one of these lines must give the kind a new version. */
  static Stream<Arguments> golden() {
    return Stream.of(
        Arguments.of(
            new Outcome(
                "unit",
                AT,
                "ShopTest",
                "sells",
                List.of(
                    Attempt.failed(Duration.ofMillis(2), "AssertionError", "no", "at x"),
                    Attempt.passed(Duration.ofNanos(1))),
                Map.of("module", "shop", "file", "é")),
            """
            {"at":"2026-01-02T03:04:05.000000006Z","attempts":[{"detail":"at x","message":"no",\
            "result":"FAILED","took":2000000,"type":"AssertionError"},{"result":"PASSED","took":1}],\
            "check":"unit","evidence":"outcome/1","labels":{"file":"é","module":"shop"},\
            "name":"sells","suite":"ShopTest"}\
            """),
        Arguments.of(
            measurement(new Measured.Scalar(Double.NaN)), measurement("{\"scalar\":\"NaN\"}")),
        Arguments.of(measurement(new Measured.Scalar(0.25)), measurement("{\"scalar\":0.25}")),
        Arguments.of(measurement(new Measured.Count(7)), measurement("{\"count\":7}")),
        Arguments.of(
            measurement(new Measured.Proportion(1, 3)), measurement("{\"hits\":1,\"total\":3}")),
        Arguments.of(
            measurement(new Measured.Distribution(3, "HIST")),
            measurement(
                "{\"count\":3,\"encoding\":\"hdr-v2-deflate-base64\",\"histogram\":\"HIST\"}")),
        Arguments.of(
            new Finding(
                "unit",
                AT,
                "report.truncated",
                Finding.Severity.INVALID,
                "a.xml:3",
                "cut",
                "f1",
                Map.of()),
            """
            {"at":"2026-01-02T03:04:05.000000006Z","check":"unit","evidence":"finding/1",\
            "fingerprint":"f1","labels":{},"message":"cut","place":"a.xml:3",\
            "rule":"report.truncated","severity":"INVALID"}\
            """),
        Arguments.of(
            new Event("service:shop", AT, "service.ready", "ready", Map.of("port", "8080")),
            """
            {"at":"2026-01-02T03:04:05.000000006Z","check":"service:shop","evidence":"event/1",\
            "kind":"service.ready","labels":{"port":"8080"},"message":"ready"}\
            """),
        Arguments.of(
            new Artifact("unit", AT, "out.log", "text/plain", 5, "ab".repeat(32)),
            "{\"at\":\"2026-01-02T03:04:05.000000006Z\",\"check\":\"unit\","
                + "\"evidence\":\"artifact/1\",\"mediaType\":\"text/plain\",\"name\":\"out.log\","
                + "\"sha256\":\""
                + "ab".repeat(32)
                + "\",\"size\":5}"));
  }

  private static Measurement measurement(Measured value) {
    return new Measurement(
        "load",
        "latency",
        Unit.NANOSECONDS,
        AT.minusSeconds(1),
        AT,
        Map.of("step", "orders"),
        value);
  }

  private static String measurement(String value) {
    return """
    {"at":"2026-01-02T03:04:05.000000006Z","check":"load","evidence":"measurement/1",\
    "from":"2026-01-02T03:04:04.000000006Z","labels":{"step":"orders"},"metric":"latency",\
    "unit":"ns","value":\
    """
        + value
        + "}";
  }

  @ParameterizedTest
  @MethodSource("golden")
  void theBytesOfEveryKindStayTheSame(Evidence evidence, String canonical) {
    assertThat(JsonWriter.canonical(EvidenceCodec.encode(evidence))).isEqualTo(canonical);
    assertThat(EvidenceCodec.decode(JsonReader.read(canonical))).isEqualTo(evidence);
  }

  @Test
  void theIdentityIsTheStartOfTheDigestOfTheBytes() {
    Evidence event = new Event("c", Instant.EPOCH, "k", "m", Map.of());
    String canonical =
        "{\"at\":\"1970-01-01T00:00:00Z\",\"check\":\"c\",\"evidence\":\"event/1\",\"kind\":\"k\","
            + "\"labels\":{},\"message\":\"m\"}";
    assertThat(EvidenceCodec.id(event))
        .hasSize(16)
        .isEqualTo(EvidenceCodec.sha256(canonical).substring(0, 16));
    assertThat(EvidenceCodec.sha256("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Provide
  Arbitrary<Evidence> evidence() {
    return EvidenceSamples.all();
  }

  @Property(seed = "1")
  void whatIsDecodedEqualsWhatWasEncoded(@ForAll("evidence") Evidence evidence) {
    assertThat(EvidenceCodec.decode(EvidenceCodec.encode(evidence))).isEqualTo(evidence);
  }

  @Property(seed = "2")
  void whatIsReadFromTheBytesEqualsWhatWasWritten(@ForAll("evidence") Evidence evidence) {
    String bytes = JsonWriter.canonical(EvidenceCodec.encode(evidence));
    Evidence read = EvidenceCodec.decode(JsonReader.read(bytes));
    assertThat(read).isEqualTo(evidence);
    assertThat(JsonWriter.canonical(EvidenceCodec.encode(read))).isEqualTo(bytes);
  }

  @Property(seed = "3", tries = 300)
  void anyChangeOfShapeIsDecodedOrRefusedWithAJsonException(
      @ForAll("evidence") Evidence evidence, @ForAll int place, @ForAll("values") Json put) {
    Map<String, Json> members = new LinkedHashMap<>(EvidenceCodec.encode(evidence).members());
    List<String> names = List.copyOf(members.keySet());
    members.put(names.get(Math.floorMod(place, names.size())), put);
    try {
      assertThat(EvidenceCodec.decode(new Json.Obj(members))).isNotNull();
    } catch (JsonException refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }

  @Provide
  Arbitrary<Json> values() {
    return Arbitraries.of(
        Json.Null.VALUE,
        Json.of(true),
        Json.of(-1),
        Json.of(Long.MAX_VALUE),
        Json.of(0.5),
        Json.of(""),
        Json.of("+1000000001-01-01T00:00:00Z"),
        Json.array(List.of()),
        Json.array(List.of(Json.Null.VALUE)),
        Json.object().build(),
        Json.object().put("count", -1).build(),
        Json.object().put("count", 0).put("histogram", "").build(),
        Json.object().put("hits", 2).put("total", 1).build(),
        Json.object().put("scalar", "0x1p3").build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"evidence\":\"event/2\",\"check\":\"c\",\"at\":\"1970-01-01T00:00:00Z\"}",
        "{\"evidence\":\"event\"}",
        "{\"evidence\":\"\"}",
        "{\"evidence\":1}",
        "{}",
        "[]",
        "null",
        "{\"evidence\":\"event/1\",\"check\":\"c\",\"at\":\"yesterday\"}"
      })
  void anUnknownVersionOrShapeIsRefused(String json) {
    assertThatThrownBy(() -> EvidenceCodec.decode(JsonReader.read(json)))
        .isInstanceOf(JsonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "nan", "0x1p3", "1d", "", "+Infinity"})
  void aScalarInWordsIsOneOfThree(String word) {
    String json = measurement("{\"scalar\":\"" + word + "\"}");
    assertThatThrownBy(() -> EvidenceCodec.decode(JsonReader.read(json)))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("is no scalar");
  }

  @Test
  void aLoneSurrogateIsEncodedAsTheReplacementCharacterAndKeepsTheIdentity() {
    Evidence broken =
        new Event("c", AT, "k", "a\ud800b", Map.of("\udc00", "x", "\ud800", "y", "z", "\udfff"));
    Evidence read = EvidenceCodec.decode(EvidenceCodec.encode(broken));
    assertThat(read)
        .isEqualTo(new Event("c", AT, "k", "a\ufffdb", Map.of("\ufffd", "y", "z", "\ufffd")));
    assertThat(EvidenceCodec.id(read)).isEqualTo(EvidenceCodec.id(broken));
  }

  @Test
  void aDetailIsCutAtItsLimitAndNotWithinACharacter() {
    String detail = "x".repeat(Attempt.LONGEST_DETAIL - 41) + "😀" + "y".repeat(1000);
    Attempt attempt = new Attempt(Attempt.Result.ERROR, Duration.ZERO, null, null, detail);
    assertThat(attempt.detail())
        .hasSizeLessThanOrEqualTo(Attempt.LONGEST_DETAIL)
        .startsWith("xxx")
        .endsWith("x\n… (cut at 65536 characters)");
    assertThat(Attempt.cut("x".repeat(Attempt.LONGEST_DETAIL))).hasSize(Attempt.LONGEST_DETAIL);
  }

  @Test
  void anOutcomeIsFlakyWhenItFailedAndPassed() {
    Attempt failed = Attempt.failed(Duration.ZERO, "t", "m", null);
    Attempt passed = Attempt.passed(Duration.ZERO);
    assertThat(outcome(failed, passed).flaky()).isTrue();
    assertThat(outcome(passed, failed).flaky()).isFalse();
    assertThat(outcome(passed, passed).flaky()).isFalse();
    assertThat(outcome(passed, failed).result()).isEqualTo(Attempt.Result.FAILED);
    assertThatIllegalArgumentException().isThrownBy(() -> outcome());
  }

  private static Outcome outcome(Attempt... attempts) {
    return new Outcome("c", AT, "s", "n", List.of(attempts), Map.of());
  }

  @Test
  void valuesOutOfTheirRangeCannotBeBuilt() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Measured.Count(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Measured.Distribution(0, ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Measured.Proportion(2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Measured.Proportion(-1, 1));
  }
}
