package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.verdict.Decision;
import dev.assay.core.passport.Passport;
import dev.assay.core.passport.PassportKeys;
import dev.assay.core.report.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed verdicts: made, verified here and by openssl, and forged in every way. */
class PassportTest {

  private static final String HEAD = "e".repeat(64);

  private final StoredRuns runs = new StoredRuns();
  private final KeyPair keys = PassportKeys.generate();

  @TempDir private Path folder;

  private byte[] passport(Set<String> failing) {
    RunSummary run = runs.add(10, 0, "main", Map.of(), failing);
    return Passport.create(RunReport.read(runs.ledger(), run), HEAD, Map.of(), keys);
  }

  private Passport.Verification verify(byte[] passport) {
    return Passport.verify(passport, keys.getPublic());
  }

  @Test
  void aPassportSaysWhatWasTestedAndDecided() {
    Passport.Valid valid = (Passport.Valid) verify(passport(Set.of()));

    assertThat(valid.decision()).isEqualTo(Decision.PASS);
    assertThat(valid.run()).isEqualTo("r000");
    assertThat(valid.subjects())
        .containsExactly(Map.entry("commit", "gitCommit:" + StoredRuns.commit(1)));
    assertThat(valid.ledger()).isEqualTo(HEAD);
  }

  @Test
  void aRunThatFailedGetsOneThatSaysSo() {
    byte[] passport = passport(Set.of("b"));

    assertThat(((Passport.Valid) verify(passport)).decision()).isEqualTo(Decision.FAIL);
    assertThat(statement(passport, 0).object("predicate").text("result")).isEqualTo("FAILED");
    assertThat(statement(passport, 1).object("predicate").text("verificationResult"))
        .isEqualTo("FAILED");
  }

  @Test
  void theStatementsAreThoseOfInTotoAndSlsa() {
    byte[] passport = passport(Set.of());

    Json.Obj result = statement(passport, 0);
    assertThat(result.text("_type")).isEqualTo("https://in-toto.io/Statement/v1");
    assertThat(result.text("predicateType"))
        .isEqualTo("https://in-toto.io/attestation/test-result/v0.1");
    assertThat(result.object("predicate").array("passedTests"))
        .containsExactly(Json.of("browse"), Json.of("unit"));
    assertThat(statement(passport, 1).text("predicateType"))
        .isEqualTo("https://slsa.dev/verification_summary/v1");
    assertThat(passport).as("deterministic").isEqualTo(again(passport));
  }

  private byte[] again(byte[] passport) {
    RunSummary run = runs.ledger().find("r000").orElseThrow();
    assertThat(passport).isNotEmpty();
    return Passport.create(RunReport.read(runs.ledger(), run), HEAD, Map.of(), keys);
  }

  @Test
  void oneFlippedByteAnywhereFails() {
    byte[] passport = passport(Set.of());
    for (int i = 0; i < passport.length; i++) {
      byte[] forged = passport.clone();
      forged[i] ^= (byte) (1 << i % 8);
      assertThat(verify(forged)).as("byte %s", i).isInstanceOf(Passport.Broken.class);
    }
  }

  @Test
  void whatIsLeftOutAddedOrMixedFails() {
    byte[] passport = passport(Set.of());
    String text = new String(passport, StandardCharsets.UTF_8);
    String[] lines = text.split("\n");
    String[] other = new String(passport(Set.of("b")), StandardCharsets.UTF_8).split("\n");
    for (String forged :
        List.of(
            "",
            lines[0] + "\n",
            text + "\n",
            text + lines[1] + "\n",
            lines[1] + "\n" + lines[0] + "\n",
            lines[0] + "\n" + lines[0] + "\n",
            lines[0] + "\n" + other[1] + "\n",
            lines[0].replace("{\"payload\"", "{ \"payload\"") + "\n" + lines[1] + "\n",
            "null\nnull\n")) {
      assertThat(verify(forged.getBytes(StandardCharsets.UTF_8)))
          .as(forged)
          .isInstanceOf(Passport.Broken.class);
    }
  }

  @Test
  void anotherKeyIsSaidToBeAnother() {
    byte[] passport = passport(Set.of());

    assertThat(Passport.verify(passport, PassportKeys.generate().getPublic()))
        .isInstanceOfSatisfying(
            Passport.Broken.class,
            broken -> assertThat(broken.why()).contains("it names the key", "and not the given"));
  }

  @Test
  void keysThatDoNotBelongTogetherAreRefused() {
    KeyPair mixed = new KeyPair(PassportKeys.generate().getPublic(), keys.getPrivate());
    RunReport run = RunReport.read(runs.ledger(), runs.add(10, 0));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Passport.create(run, HEAD, Map.of(), mixed))
        .withMessageContaining("does not belong");
  }

  @Test
  void keysGoThroughPemAndWrongOnesAreNamedWithoutTheirContent() {
    String pem = PassportKeys.pem(keys.getPrivate());

    assertThat(PassportKeys.privateKey(pem)).isEqualTo(keys.getPrivate());
    assertThat(PassportKeys.publicKey(PassportKeys.pem(keys.getPublic())))
        .isEqualTo(keys.getPublic());
    assertThatIllegalArgumentException().isThrownBy(() -> PassportKeys.publicKey(pem));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            PassportKeys.privateKey(
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"))
        .withMessage("it is no private key of Ed25519");
  }

  @Test
  void opensslVerifiesEachLine() throws IOException, InterruptedException {
    byte[] passport = passport(Set.of());
    Path key = Files.writeString(folder.resolve("key.pub"), PassportKeys.pem(keys.getPublic()));
    for (int line = 0; line < 2; line++) {
      Json.Obj envelope = envelope(passport, line);
      byte[] payload = Base64.getDecoder().decode(envelope.text("payload"));
      Path signed =
          Files.write(folder.resolve("pae"), encoded(envelope.text("payloadType"), payload));
      Path signature =
          Files.write(
              folder.resolve("sig"),
              Base64.getDecoder()
                  .decode(envelope.array("signatures").getFirst().asObject().text("sig")));

      assertThat(openssl(key, signed, signature)).isZero();
      payload[payload.length / 2] ^= 1;
      Files.write(signed, encoded(envelope.text("payloadType"), payload));
      assertThat(openssl(key, signed, signature)).isNotZero();
    }
  }

  private static int openssl(Path key, Path signed, Path signature)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "openssl",
                "pkeyutl",
                "-verify",
                "-pubin",
                "-inkey",
                key.toString(),
                "-rawin",
                "-in",
                signed.toString(),
                "-sigfile",
                signature.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** DSSE's pre-authentication encoding, written here once more from its specification. */
  private static byte[] encoded(String type, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ("DSSEv1 " + type.length() + " " + type + " " + payload.length + " ")
            .getBytes(StandardCharsets.UTF_8));
    out.writeBytes(payload);
    return out.toByteArray();
  }

  private static Json.Obj envelope(byte[] passport, int line) {
    return JsonReader.read(new String(passport, StandardCharsets.UTF_8).split("\n")[line])
        .asObject();
  }

  private static Json.Obj statement(byte[] passport, int line) {
    byte[] payload = Base64.getDecoder().decode(envelope(passport, line).text("payload"));
    return JsonReader.read(new String(payload, StandardCharsets.UTF_8)).asObject();
  }
}
