package dev.assay.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.EvidenceSamples;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.ledger.LedgerEntry.Judged;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.ledger.LedgerEntry.RunResumed;
import dev.assay.api.plan.Subject;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerCodecTest {

  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  /** The format itself: who changes one of these lines must give the kind a new version. */
  static Stream<Arguments> golden() {
    return Stream.of(
        Arguments.of(
            new RunOpened(
                AT,
                "shop",
                "d1",
                new Subject("local", "c0ffee", "main", true, null),
                -7,
                "0.1.0",
                List.of(new Planned("unit", "suite", "d2", 0))),
            """
            {"at":"2026-01-02T03:04:05Z","checks":[{"digest":"d2","id":"unit","stage":0,\
            "type":"suite"}],"digest":"d1","entry":"run-opened/1","seed":-7,"subject":\
            {"branch":"main","commit":"c0ffee","dirty":true,"environment":"local"},\
            "version":"0.1.0","workspace":"shop"}\
            """),
        Arguments.of(
            new RunResumed(AT), "{\"at\":\"2026-01-02T03:04:05Z\",\"entry\":\"run-resumed/1\"}"),
        Arguments.of(
            new CheckOpened(AT, "unit"),
            "{\"at\":\"2026-01-02T03:04:05Z\",\"check\":\"unit\",\"entry\":\"check-opened/1\"}"),
        Arguments.of(
            new Recorded(new Event("c", AT, "k", "m", Map.of())),
            """
            {"entry":"recorded/1","fact":{"at":"2026-01-02T03:04:05Z","check":"c",\
            "evidence":"event/1","kind":"k","labels":{},"message":"m"}}\
            """),
        Arguments.of(
            new CheckClosed(AT, "unit", Ending.BROKEN, "why", Map.of("id", "1")),
            """
            {"at":"2026-01-02T03:04:05Z","check":"unit","ending":"BROKEN",\
            "entry":"check-closed/1","problem":"why","saved":{"id":"1"}}\
            """),
        Arguments.of(
            new Judged(
                "unit",
                new Verdict(
                    Decision.FAIL,
                    List.of(
                        new Reason(
                            Decision.FAIL,
                            "failed = 0",
                            "2 failed",
                            Map.of("failed", 2.0),
                            List.of("e1"))),
                    "p1",
                    "v1")),
            """
            {"check":"unit","entry":"judged/1","verdict":{"decision":"FAIL","evidence":"v1",\
            "policy":"p1","reasons":[{"decision":"FAIL","evidence":["e1"],\
            "expectation":"failed = 0","numbers":{"failed":2},"sentence":"2 failed"}]}}\
            """),
        Arguments.of(
            new RunClosed(AT, Ending.COMPLETED, Decision.PASS),
            """
            {"at":"2026-01-02T03:04:05Z","decision":"PASS","ending":"COMPLETED",\
            "entry":"run-closed/1"}\
            """));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void theBytesOfEveryKindStayTheSame(LedgerEntry entry, String canonical) {
    assertThat(JsonWriter.canonical(LedgerCodec.encode(entry))).isEqualTo(canonical);
    assertThat(LedgerCodec.decode(JsonReader.read(canonical))).isEqualTo(entry);
  }

  @Property(seed = "1")
  void whatIsReadFromTheBytesEqualsWhatWasWritten(@ForAll("entries") LedgerEntry entry) {
    String bytes = JsonWriter.canonical(LedgerCodec.encode(entry));
    assertThat(LedgerCodec.decode(JsonReader.read(bytes))).isEqualTo(entry);
    assertThat(LedgerCodec.decode(LedgerCodec.encode(entry))).isEqualTo(entry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"entry\":\"run-resumed/2\",\"at\":\"2026-01-02T03:04:05Z\"}",
        "{\"entry\":\"nothing/1\"}",
        "{\"entry\":null}",
        "{}",
        "7",
        "{\"entry\":\"run-resumed/1\",\"at\":\"\"}",
        "{\"entry\":\"run-closed/1\",\"at\":\"2026-01-02T03:04:05Z\",\"decision\":\"MAYBE\","
            + "\"ending\":\"COMPLETED\"}",
        "{\"entry\":\"recorded/1\",\"fact\":{\"evidence\":\"event/9\"}}",
        "{\"at\":\"2026-01-02T03:04:05Z\",\"checks\":[{\"digest\":\"d\",\"id\":\"i\","
            + "\"stage\":9223372036854775807,\"type\":\"t\"}],\"digest\":\"d\","
            + "\"entry\":\"run-opened/1\",\"seed\":1,\"subject\":{\"dirty\":true,"
            + "\"environment\":\"e\"},\"version\":\"v\",\"workspace\":\"w\"}"
      })
  void anUnknownVersionOrShapeIsRefused(String json) {
    assertThatThrownBy(() -> LedgerCodec.decode(JsonReader.read(json)))
        .isInstanceOf(JsonException.class);
  }

  @Provide
  Arbitrary<LedgerEntry> entries() {
    Arbitrary<String> texts = EvidenceSamples.texts();
    Arbitrary<Instant> instants = EvidenceSamples.instants();
    Arbitrary<String> absent = texts.injectNull(0.3);
    Arbitrary<Subject> subjects =
        Combinators.combine(texts, absent, absent, Arbitraries.of(true, false), absent)
            .as(Subject::new);
    Arbitrary<List<Planned>> planned =
        Combinators.combine(texts, texts, texts, Arbitraries.integers())
            .as(Planned::new)
            .list()
            .ofMaxSize(3);
    Arbitrary<LedgerEntry> opened =
        Combinators.combine(instants, texts, texts, subjects, Arbitraries.longs(), texts, planned)
            .as(RunOpened::new);
    Arbitrary<Ending> endings = Arbitraries.of(Ending.class);
    Arbitrary<Decision> decisions = Arbitraries.of(Decision.class);
    Arbitrary<LedgerEntry> checkOpened = Combinators.combine(instants, texts).as(CheckOpened::new);
    Arbitrary<LedgerEntry> checkClosed =
        Combinators.combine(
                instants, texts, endings, absent, Arbitraries.maps(texts, texts).ofMaxSize(3))
            .as(CheckClosed::new);
    Arbitrary<LedgerEntry> judged =
        Combinators.combine(texts, verdicts(texts, decisions)).as(Judged::new);
    Arbitrary<LedgerEntry> runClosed =
        Combinators.combine(instants, endings, decisions).as(RunClosed::new);
    return Arbitraries.oneOf(
        opened,
        instants.map(RunResumed::new),
        checkOpened,
        EvidenceSamples.all().map(Recorded::new),
        checkClosed,
        judged,
        runClosed);
  }

  private static Arbitrary<Verdict> verdicts(
      Arbitrary<String> texts, Arbitrary<Decision> decisions) {
    Arbitrary<Double> numbers =
        Arbitraries.oneOf(
            Arbitraries.doubles(),
            Arbitraries.of(-0.0, Double.NaN, Double.POSITIVE_INFINITY, 0x1p63, 1e300));
    Arbitrary<Reason> reasons =
        Combinators.combine(
                decisions,
                texts,
                texts,
                Arbitraries.maps(texts, numbers).ofMaxSize(3),
                texts.list().ofMaxSize(25))
            .as(Reason::new);
    return Combinators.combine(decisions, reasons.list().ofMaxSize(3), texts, texts)
        .as(Verdict::new);
  }

  @Test
  void canonicalBytesOfAnEntryAreKeptAsTheyCame() {
    byte[] unknown =
        "{\"at\":\"2026-01-02T03:04:05Z\",\"check\":\"a\",\"entry\":\"check-opened/1\",\"later\":1}"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(EncodedEntry.read(unknown).bytes()).isSameAs(unknown);
    assertThat(EncodedEntry.read(unknown).entry()).isEqualTo(new CheckOpened(AT, "a"));
  }

  @Test
  void otherBytesOfAnEntryAreWrittenAnew() {
    byte[] spaced =
        "{\"entry\":\"check-opened/1\", \"at\":\"2026-01-02T03:04:05Z\",\"check\":\"\\u0061\"}"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(EncodedEntry.read(spaced).bytes())
        .isEqualTo(EncodedEntry.of(new CheckOpened(AT, "a")).bytes());
  }
}
