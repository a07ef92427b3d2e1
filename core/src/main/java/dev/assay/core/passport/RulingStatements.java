package dev.assay.core.passport;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.verdict.Decision;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rulings and withdrawals as in-toto statements in DSSE envelopes, and back. */
final class RulingStatements {

  static final String RULING = "urn:assay:predicate:ruling:1";
  static final String WITHDRAWAL = "urn:assay:predicate:ruling-withdrawal:1";

  private static final String VERDICT = "verdict";
  private static final int LONGEST = 1 << 16;

  private RulingStatements() {}

  static String sign(Ruling ruling, KeyPair keys) {
    JudgedRun run = ruling.run();
    List<Statements.Subject> subjects = new ArrayList<>();
    subjects.add(new Statements.Subject(VERDICT, "sha256", run.verdict()));
    new TreeMap<>(run.subjects())
        .forEach((name, digest) -> {
          String[] parts = digest.split(":", 2);
          subjects.add(new Statements.Subject(name, parts[0], parts[1]));
        });
    Json.Obj predicate =
        Json.object()
            .put("id", ruling.id())
            .put("kind", ruling.kind().name())
            .put("project", run.project())
            .put("run", run.id())
            .put("workspace", run.workspace())
            .put("ranIn", run.environment())
            .put("decision", run.decision().name())
            .putIfPresent("environment", ruling.environment())
            .put("author", ruling.author())
            .put("reason", ruling.reason())
            .put("made", ruling.made().toString())
            .put("end", ruling.end().toString())
            .put("needed", ruling.needed())
            .build();
    return sign(Statements.statement(subjects, RULING, predicate), keys);
  }

  static String sign(Withdrawal withdrawal, KeyPair keys) {
    Json.Obj predicate =
        Json.object()
            .put("ruling", withdrawal.ruling())
            .put("author", withdrawal.author())
            .put("reason", withdrawal.reason())
            .put("made", withdrawal.made().toString())
            .build();
    List<Statements.Subject> subjects =
        List.of(new Statements.Subject("ruling", "sha256", withdrawal.statement()));
    return sign(Statements.statement(subjects, WITHDRAWAL, predicate), keys);
  }

  private static String sign(byte[] statement, KeyPair keys) {
    try {
      return Envelope.sign(statement, keys.getPrivate(), PassportKeys.id(keys.getPublic())).write();
    } catch (GeneralSecurityException unusable) {
      throw new IllegalArgumentException("the key cannot sign: " + unusable.getMessage(), unusable);
    }
  }

  static Ruling.Opened ruling(String envelope, PublicKey key) {
    try {
      Json.Obj statement = opened(envelope, RULING, key);
      Json.Obj said = statement.object("predicate");
      Map<String, String> subjects = Statements.subjects(statement);
      String verdict = subjects.remove(VERDICT);
      if (verdict == null) {
        return new Ruling.Broken("it names no verdict");
      }
      JudgedRun run =
          new JudgedRun(
              said.text("project"),
              said.text("run"),
              said.text("workspace"),
              said.text("ranIn"),
              Decision.valueOf(said.text("decision")),
              verdict.replaceFirst("^sha256:", ""),
              subjects);
      return new Ruling.Valid(
          new Ruling(
              said.text("id"),
              Ruling.Kind.valueOf(said.text("kind")),
              run,
              said.findText("environment"),
              said.text("author"),
              said.text("reason"),
              Instant.parse(said.text("made")),
              Instant.parse(said.text("end")),
              Math.toIntExact(said.whole("needed"))),
          PassportKeys.id(key));
    } catch (Envelope.Refused refused) {
      return new Ruling.Broken(String.valueOf(refused.getMessage()));
    } catch (JsonException | IllegalArgumentException | ArithmeticException wrong) {
      return new Ruling.Broken("it has another shape: " + wrong.getMessage());
    } catch (DateTimeException wrong) {
      return new Ruling.Broken("its times cannot be read: " + wrong.getMessage());
    }
  }

  static Optional<Withdrawal> withdrawal(String envelope, PublicKey key) {
    try {
      Json.Obj statement = opened(envelope, WITHDRAWAL, key);
      Json.Obj said = statement.object("predicate");
      String of =
          Statements.subjects(statement).getOrDefault("ruling", "").replaceFirst("^sha256:", "");
      return Optional.of(
          new Withdrawal(
              said.text("ruling"),
              of,
              said.text("author"),
              said.text("reason"),
              Instant.parse(said.text("made"))));
    } catch (Envelope.Refused
        | JsonException
        | IllegalArgumentException
        | DateTimeException refused) {
      return Optional.empty();
    }
  }

  private static Json.Obj opened(String envelope, String type, PublicKey key)
      throws Envelope.Refused {
    if (envelope.length() > LONGEST) {
      throw new Envelope.Refused("it is longer than any ruling");
    }
    Envelope read = Envelope.read(envelope);
    read.verify(key, PassportKeys.id(key));
    Json.Obj statement =
        JsonReader.read(new String(read.payload(), StandardCharsets.UTF_8)).asObject();
    if (!statement.text("_type").equals(Statements.STATEMENT)
        || !statement.text("predicateType").equals(type)) {
      throw new Envelope.Refused("it says '" + statement.text("predicateType") + "'");
    }
    return statement;
  }
}
