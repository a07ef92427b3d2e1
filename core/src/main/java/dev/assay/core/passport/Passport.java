package dev.assay.core.passport;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.verdict.Decision;
import dev.assay.core.report.RunReport;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The verdict of a run as two signed statements, a line each: what was tested with which result
 * (in-toto test-result), and that it was verified (SLSA verification summary).
 */
public final class Passport {

  private Passport() {}

  /** What a verification says. */
  public sealed interface Verification {}

  /**
   * It is what was signed.
   *
   * @param run the run's id
   * @param workspace its workspace
   * @param environment where it ran
   * @param decision its verdict
   * @param closed when it ended
   * @param subjects what was tested, as {@code gitCommit:…} or {@code sha256:…}, by name
   * @param ledger the hash of the ledger's chain at the run's end
   * @param keyId the key that signed it
   */
  public record Valid(
      String run,
      String workspace,
      String environment,
      Decision decision,
      Instant closed,
      Map<String, String> subjects,
      String ledger,
      String keyId)
      implements Verification {
    /** Copies the map. */
    public Valid {
      subjects = Map.copyOf(subjects);
    }
  }

  /**
   * It is not.
   *
   * @param why what is wrong with it, one sentence
   */
  public record Broken(String why) implements Verification {}

  /**
   * Makes one.
   *
   * @param head the hash of the ledger's chain at the run's last entry
   * @param files digests of files that the run tested, by name; may be empty
   * @throws IllegalArgumentException if nothing can be named that was tested, or the keys do not
   *     belong together; says why
   */
  public static byte[] create(RunReport run, String head, Map<String, String> files, KeyPair keys) {
    Statements statements = new Statements(run, subjects(run, files), head);
    String keyId = PassportKeys.id(keys.getPublic());
    byte[] result = statements.testResult();
    try {
      Envelope first = Envelope.sign(result, keys.getPrivate(), keyId);
      Envelope second = Envelope.sign(statements.summary(result), keys.getPrivate(), keyId);
      first.verify(keys.getPublic(), keyId);
      return (first.write() + "\n" + second.write() + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (GeneralSecurityException unusable) {
      throw new IllegalArgumentException("the key cannot sign: " + unusable.getMessage(), unusable);
    } catch (Envelope.Refused mismatch) {
      throw new IllegalArgumentException(
          "the public key does not belong to the private one", mismatch);
    }
  }

  private static List<Statements.Subject> subjects(RunReport run, Map<String, String> files) {
    List<Statements.Subject> subjects = new ArrayList<>();
    files.forEach((name, digest) -> subjects.add(new Statements.Subject(name, "sha256", digest)));
    subjects.addAll(Statements.Subject.of(run));
    String commit = run.subject().commit();
    if (subjects.isEmpty()) {
      throw new IllegalArgumentException(
          commit == null
              ? "run " + run.id() + " was of no commit and no artifact"
              : "run "
                  + run.id()
                  + " was of changes that are not committed, so no commit says what was tested");
    }
    return subjects;
  }

  /** Verifies one. */
  public static Verification verify(byte[] passport, PublicKey key) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(passport)).toString();
      String[] lines = text.split("\n", -1);
      if (lines.length != 3 || !lines[2].isEmpty()) {
        return new Broken("It does not consist of two lines.");
      }
      String keyId = PassportKeys.id(key);
      Envelope first = opened(lines[0], 1, key, keyId);
      Envelope second = opened(lines[1], 2, key, keyId);
      return consistent(first.payload(), second.payload(), keyId);
    } catch (CharacterCodingException wrong) {
      return new Broken("It is not UTF-8.");
    } catch (Envelope.Refused wrong) {
      return new Broken(String.valueOf(wrong.getMessage()));
    }
  }

  private static Envelope opened(String line, int number, PublicKey key, String keyId)
      throws Envelope.Refused {
    try {
      Envelope envelope = Envelope.read(line);
      envelope.verify(key, keyId);
      return envelope;
    } catch (Envelope.Refused wrong) {
      throw new Envelope.Refused(
          "Line " + number + " is not what was signed: " + wrong.getMessage() + ".");
    }
  }

  /** What is signed with the key may still be two halves of different passports. */
  private static Verification consistent(byte[] first, byte[] second, String keyId) {
    try {
      Json.Obj result = read(first);
      Json.Obj summary = read(second);
      if (!result.text("predicateType").equals(Statements.TEST_RESULT)
          || !summary.text("predicateType").equals(Statements.SUMMARY)) {
        return new Broken("Its statements are not a test result and a verification summary.");
      }
      Json.Obj details = result.object("predicate").object("assay");
      Decision decision = Decision.valueOf(details.text("decision"));
      String input =
          summary
              .object("predicate")
              .array("inputAttestations")
              .getLast()
              .asObject()
              .object("digest")
              .text("sha256");
      boolean same =
          input.equals(Statements.digest(first))
              && result.get("subject").equals(summary.get("subject"))
              && result.object("predicate").text("result").equals(Statements.result(decision))
              && summary
                  .object("predicate")
                  .text("verificationResult")
                  .equals(Statements.result(decision));
      if (!same) {
        return new Broken("Its two lines are of different passports.");
      }
      return new Valid(
          details.text("run"),
          details.text("workspace"),
          details.text("environment"),
          decision,
          Instant.parse(details.text("closed")),
          Statements.subjects(result),
          details.text("ledger"),
          keyId);
    } catch (JsonException
        | IllegalArgumentException
        | java.time.DateTimeException
        | java.util.NoSuchElementException wrong) {
      return new Broken("Its statements have another shape: " + wrong.getMessage() + ".");
    }
  }

  private static Json.Obj read(byte[] payload) {
    Json.Obj statement = JsonReader.read(new String(payload, StandardCharsets.UTF_8)).asObject();
    if (!statement.text("_type").equals(Statements.STATEMENT)) {
      throw new IllegalArgumentException("'" + statement.text("_type") + "' is no statement");
    }
    return statement;
  }
}
