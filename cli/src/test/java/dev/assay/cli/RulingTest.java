package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.api.json.Json;
import dev.assay.core.passport.Author;
import dev.assay.core.passport.JudgedRun;
import dev.assay.core.passport.PassportKeys;
import dev.assay.core.passport.Ruled;
import dev.assay.core.passport.Ruling;
import dev.assay.core.passport.Ruling.Kind;
import dev.assay.core.passport.Standing;
import dev.assay.core.passport.Withdrawal;
import dev.assay.core.report.RunReport;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people decide: signed, forged in every way, and what lets a run go on. */
class RulingTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final String SALT = "00112233445566778899aabbccddeeff";
  private static final String KIM = Author.alias(SALT, "kim");

  private final StoredRuns runs = new StoredRuns();
  private final KeyPair keys = PassportKeys.generate();
  private final RunReport failed =
      RunReport.read(runs.ledger(), runs.add(10, 0, "main", Map.of(), Set.of("b")));

  private Ruling override(String id, String author, @Nullable String environment, int needed) {
    return new Ruling(
        id,
        Kind.OVERRIDE,
        JudgedRun.of("shop", failed),
        environment,
        author,
        "the test is wrong, see T-7",
        NOW,
        NOW.plus(Duration.ofDays(7)),
        needed);
  }

  private Ruling override(String author) {
    return override("r1", author, null, 1);
  }

  private static Standing standing(
      RunReport run, List<Ruled> ruled, String environment, int needed, Instant now) {
    return Standing.of(Kind.OVERRIDE, ruled, JudgedRun.digest(run), environment, needed, now);
  }

  @Test
  void whatWasSignedIsReadAgain() {
    Ruling ruling = override("r1", KIM, "production", 2);

    assertThat(Ruling.open(ruling.sign(keys), keys.getPublic()))
        .isEqualTo(new Ruling.Valid(ruling, PassportKeys.id(keys.getPublic())));
  }

  @Test
  void oneFlippedByteAnywhereIsRefused() {
    byte[] signed = override(KIM).sign(keys).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < signed.length; i++) {
      byte[] forged = signed.clone();
      forged[i] ^= (byte) (1 << i % 7);
      assertThat(Ruling.open(new String(forged, StandardCharsets.UTF_8), keys.getPublic()))
          .as("byte %s", i)
          .isInstanceOf(Ruling.Broken.class);
    }
    assertThat(
            Ruling.open(override(KIM).sign(keys), PassportKeys.generate().getPublic()).toString())
        .contains("names the key");
  }

  @Test
  void aWithdrawalIsOfOneRulingOnly() {
    Ruling ruling = override(KIM);
    String signed = ruling.sign(keys);
    Withdrawal withdrawal =
        new Withdrawal(
            "r1", dev.assay.api.evidence.EvidenceCodec.sha256(signed), KIM, "mended", NOW);
    String gone = withdrawal.sign(keys);

    assertThat(Withdrawal.open(gone, keys.getPublic(), ruling, signed)).contains(withdrawal);
    Ruling other = override("r2", KIM, null, 1);
    assertThat(Withdrawal.open(gone, keys.getPublic(), other, other.sign(keys))).isEmpty();
    assertThat(Withdrawal.open(signed, keys.getPublic(), ruling, signed)).isEmpty();
    assertThat(Ruling.open(gone, keys.getPublic())).isInstanceOf(Ruling.Broken.class);
  }

  @Test
  void itCountsForItsVerdictUntilItsEndAndWhereItIsFor() {
    List<Ruled> ruled = List.of(new Ruled(override("r1", KIM, "production", 1), null));
    Instant end = NOW.plus(Duration.ofDays(7));
    RunReport another =
        RunReport.read(runs.ledger(), runs.add(10, 1, "main", Map.of(), Set.of("b")));

    assertThat(standing(failed, ruled, "production", 1, NOW).until()).isEqualTo(end);
    assertThat(standing(failed, ruled, "production", 1, end.minusMillis(1)).reached()).isTrue();
    assertThat(standing(failed, ruled, "production", 1, end).reached()).isFalse();
    assertThat(standing(failed, ruled, "staging", 1, NOW).reached()).isFalse();
    assertThat(standing(another, ruled, "production", 1, NOW).reached()).isFalse();
    assertThat(
            Standing.of(Kind.APPROVAL, ruled, JudgedRun.digest(failed), "production", 1, NOW)
                .reached())
        .isFalse();
    Withdrawal gone = new Withdrawal("r1", "", KIM, "mended", NOW);
    List<Ruled> withdrawn = List.of(new Ruled(ruled.getFirst().ruling(), gone));
    assertThat(standing(failed, withdrawn, "production", 1, NOW).reached()).isFalse();
  }

  @Test
  void twoPeopleAreTwoPeople() {
    Ruled first = new Ruled(override("r1", KIM, null, 1), null);
    Ruled again = new Ruled(override("r2", KIM, null, 1), null);
    Ruled other = new Ruled(override("r3", "key 0a1b", null, 1), null);

    assertThat(standing(failed, List.of(first, again), "ci", 2, NOW).reached()).isFalse();
    assertThat(standing(failed, List.of(first, other), "ci", 2, NOW).reached()).isTrue();
    // a server that says now that one is enough does not undo what was signed
    Ruled strict = new Ruled(override("r4", KIM, null, 2), null);
    assertThat(standing(failed, List.of(strict), "ci", 1, NOW).reached()).isFalse();
  }

  @Test
  void anOverrideHasAReasonOfOneLineAndAnEnd() {
    JudgedRun run = JudgedRun.of("shop", failed);
    for (String reason : List.of(" ", "a\nb", "\u001b[2Jgone", "\u202Eback", "x".repeat(501))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              new Ruling("r", Kind.OVERRIDE, run, null, KIM, reason, NOW, NOW.plusSeconds(1), 1));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ruling("r", Kind.OVERRIDE, run, null, KIM, "so", NOW, NOW, 1));
  }

  @Test
  void aNameIsSaidWhereTheSignedAliasWasMadeOfIt() {
    assertThat(gate("kim").lines()).anySatisfy(line -> assertThat(line).contains("by kim until"));
    assertThat(gate("eve").lines())
        .anySatisfy(line -> assertThat(line).contains("by somebody who was forgotten until"))
        .noneSatisfy(line -> assertThat(line).contains("eve"));
  }

  private ReleaseGate gate(String name) {
    Json.Obj one =
        Json.object()
            .put("statement", override(KIM).sign(keys))
            .put(
                "author",
                Json.object().put("alias", KIM).put("name", name).put("salt", SALT).build())
            .put("withdrawal", Json.Null.VALUE)
            .build();
    Json.Obj answer =
        Json.object().put("needed", 1).put("rulings", Json.array(List.of((Json) one))).build();
    return ReleaseGate.of(
        ServerRulings.read(answer, keys.getPublic()), failed, Kind.OVERRIDE, "ci", NOW);
  }

  @Test
  void whatIsNotSignedIsSaidAndCountsForNothing() {
    String forged = override(KIM).sign(PassportKeys.generate());
    Json.Obj one =
        Json.object()
            .put("statement", forged)
            .put("author", Json.object().put("alias", KIM).build())
            .put("withdrawal", Json.Null.VALUE)
            .build();
    Json.Obj answer =
        Json.object().put("needed", 1).put("rulings", Json.array(List.of((Json) one))).build();
    ReleaseGate gate =
        ReleaseGate.of(
            ServerRulings.read(answer, keys.getPublic()), failed, Kind.OVERRIDE, "ci", NOW);

    assertThat(gate.reached()).isFalse();
    assertThat(gate.lines().getFirst()).contains("is refused: it names the key");
  }
}
