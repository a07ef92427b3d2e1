package dev.assay.api.evidence;

import dev.assay.api.value.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Evidence of every kind, with the values that break encodings. */
public final class EvidenceSamples {

  private EvidenceSamples() {}

  public static Arbitrary<Evidence> all() {
    return Arbitraries.oneOf(outcomes(), measurements(), findings(), events(), artifacts());
  }

  /** Well-formed texts, from empty over control characters to those beyond 16 bits. */
  public static Arbitrary<String> texts() {
    Arbitrary<String> any =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
            .map(Character::toString)
            .list()
            .ofMaxSize(8)
            .map(points -> String.join("", points));
    return Arbitraries.oneOf(
        any, Arbitraries.of("", "NaN", "null", "\0\n\"\\", "😀", "\u2028", "\ufffd"));
  }

  public static Arbitrary<Instant> instants() {
    Arbitrary<Instant> usual =
        Combinators.combine(
                Arbitraries.longs().between(-62_135_596_800L, 253_402_300_799L),
                Arbitraries.integers().between(0, 999_999_999))
            .as(Instant::ofEpochSecond);
    return Arbitraries.oneOf(
        usual, Arbitraries.of(Instant.MIN, Instant.MAX, Instant.EPOCH, Instant.ofEpochSecond(60)));
  }

  static Arbitrary<Map<String, String>> labels() {
    return Arbitraries.maps(texts(), texts()).ofMaxSize(3);
  }

  static Arbitrary<Duration> durations() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(Duration::ofNanos),
        Arbitraries.of(
            Duration.ZERO,
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofSeconds(Long.MIN_VALUE)));
  }

  static Arbitrary<Evidence> outcomes() {
    Arbitrary<Attempt> attempts =
        Combinators.combine(
                Arbitraries.of(Attempt.Result.class),
                durations(),
                texts().injectNull(0.3),
                texts().injectNull(0.3),
                texts().injectNull(0.3))
            .as(Attempt::new);
    return Combinators.combine(
            texts(),
            instants(),
            texts(),
            texts(),
            attempts.list().ofMinSize(1).ofMaxSize(3),
            labels())
        .as(Outcome::new);
  }

  static Arbitrary<Evidence> measurements() {
    return Combinators.combine(
            texts(),
            texts(),
            Arbitraries.of(Unit.class),
            instants(),
            instants(),
            labels(),
            measured())
        .as(Measurement::new);
  }

  static Arbitrary<Measured> measured() {
    Arbitrary<Measured> scalars =
        Arbitraries.oneOf(
                Arbitraries.doubles(),
                Arbitraries.longs().map(Double::longBitsToDouble),
                Arbitraries.of(
                    0.0,
                    -0.0,
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    Double.MIN_VALUE,
                    Double.MAX_VALUE,
                    0x1p63,
                    -0x1p63))
            .map(Measured.Scalar::new);
    Arbitrary<Measured> counts =
        Arbitraries.longs().between(0, Long.MAX_VALUE).map(Measured.Count::new);
    Arbitrary<Measured> proportions =
        Combinators.combine(
                Arbitraries.longs().between(0, 1000),
                Arbitraries.longs().between(1000, Long.MAX_VALUE))
            .as(Measured.Proportion::new);
    Arbitrary<Measured> distributions =
        Combinators.combine(Arbitraries.longs().between(1, Long.MAX_VALUE), texts())
            .as(Measured.Distribution::new);
    return Arbitraries.oneOf(scalars, counts, proportions, distributions);
  }

  static Arbitrary<Evidence> findings() {
    return Combinators.combine(
            texts(),
            instants(),
            texts(),
            Arbitraries.of(Finding.Severity.class),
            texts().injectNull(0.3),
            texts(),
            texts(),
            labels())
        .as(Finding::new);
  }

  static Arbitrary<Evidence> events() {
    return Combinators.combine(texts(), instants(), texts(), texts(), labels()).as(Event::new);
  }

  static Arbitrary<Evidence> artifacts() {
    return Combinators.combine(
            texts(),
            instants(),
            texts(),
            texts(),
            Arbitraries.longs(),
            Arbitraries.strings().withChars("0123456789abcdef").ofLength(64))
        .as(Artifact::new);
  }
}
