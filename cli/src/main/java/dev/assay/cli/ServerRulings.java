package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.problem.Where;
import dev.assay.core.passport.Author;
import dev.assay.core.passport.PassportKeys;
import dev.assay.core.passport.Ruled;
import dev.assay.core.passport.Ruling;
import dev.assay.core.passport.Withdrawal;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people decided on a run, as a server has it and as far as it is signed with the key that is
 * trusted. Immutable.
 *
 * @param ruled what is signed
 * @param names the names behind authors, as far as they are known and proved
 * @param refused what is not, one sentence each
 * @param needed how many people the server asks for
 */
record ServerRulings(
    List<Ruled> ruled, Map<String, String> names, List<String> refused, int needed) {

  private static final int MOST = 1_000;

  /**
   * Asks the server.
   *
   * @param key what it must be signed with
   */
  static ServerRulings fetch(ServerProject project, String run, PublicKey key)
      throws IOException, InterruptedException {
    Json.Obj answer = project.rulings(run);
    try {
      return read(answer, key);
    } catch (JsonException | ArithmeticException wrong) {
      throw CliProblems.RULINGS.failure(
          Where.named(project.server()),
          "its answer is none of a server of Assay: " + wrong.getMessage(),
          "correct the address, or update the older of the two");
    }
  }

  static ServerRulings read(Json.Obj answer, PublicKey key) {
    List<Ruled> ruled = new ArrayList<>();
    Map<String, String> names = new LinkedHashMap<>();
    List<String> refused = new ArrayList<>();
    for (Json each : answer.array("rulings").stream().limit(MOST).toList()) {
      Json.Obj one = each.asObject();
      String statement = one.text("statement");
      switch (Ruling.open(statement, key)) {
        case Ruling.Broken(String why) ->
            refused.add("A decision that the server has is refused: " + why + ".");
        case Ruling.Valid(Ruling ruling, _) -> {
          name(one.object("author"), ruling.author(), names);
          Optional<Ruled> read = withdrawn(one, ruling, statement, key);
          read.ifPresentOrElse(
              ruled::add,
              () ->
                  refused.add(
                      "A withdrawal that the server has is refused, and so is what it"
                          + " withdraws: it is not as it was signed."));
        }
      }
    }
    return new ServerRulings(ruled, names, refused, Math.toIntExact(answer.whole("needed")));
  }

  private static Optional<Ruled> withdrawn(
      Json.Obj one, Ruling ruling, String statement, PublicKey key) {
    Json gone = one.find("withdrawal");
    if (gone == null) {
      return Optional.of(new Ruled(ruling, null));
    }
    return Withdrawal.open(gone.asObject().text("statement"), key, ruling, statement)
        .map(withdrawal -> new Ruled(ruling, withdrawal));
  }

  /** A name counts where the alias that is signed was made of it. */
  private static void name(Json.Obj author, String signed, Map<String, String> names) {
    String name = author.findText("name");
    String salt = author.findText("salt");
    if (name != null && salt != null) {
      new Author(name, salt).behind(signed).ifPresent(known -> names.put(signed, known));
    }
  }

  /** Who an author is. */
  String name(String author) {
    return author.startsWith(Author.MARK)
        ? names.getOrDefault(author, "somebody who was forgotten")
        : author;
  }

  /** Where the key of a server is kept that was trusted at the first use. */
  static Path kept(Path folder, ServerProject project) {
    return folder
        .resolve("server-keys")
        .resolve(
            dev.assay.api.evidence.EvidenceCodec.sha256(project.server()).substring(0, 16)
                + ".pub");
  }

  /** Whether a text is a public key; what the server says may be anything. */
  static PublicKey key(String pem, ServerProject project) {
    try {
      return PassportKeys.publicKey(pem);
    } catch (IllegalArgumentException wrong) {
      throw CliProblems.RULINGS.failure(
          Where.named(project.server() + "/rulings.pub"),
          "that is no public key: " + wrong.getMessage(),
          "correct the address, or give the key: --server-key FILE");
    }
  }
}
