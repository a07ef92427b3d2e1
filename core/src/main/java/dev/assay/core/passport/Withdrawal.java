package dev.assay.core.passport;

import dev.assay.api.evidence.EvidenceCodec;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;

/**
 * That a ruling holds no longer: a fact, too, that the server signs. Immutable.
 *
 * @param ruling the id of the ruling
 * @param statement the SHA-256 of the ruling's signed statement
 * @param author who, as in {@link Ruling#author}
 * @param reason why, one line of 1 to {@link Ruling#LONGEST} characters
 * @param made when
 */
public record Withdrawal(
    String ruling, String statement, String author, String reason, Instant made) {

  /** Refuses what no withdrawal is. */
  public Withdrawal {
    if (reason.isBlank() || !Ruling.line(reason, Ruling.LONGEST)) {
      throw new IllegalArgumentException(
          "a reason is one line of 1 to " + Ruling.LONGEST + " characters");
    }
  }

  /** The signed statement: a DSSE envelope on one line, without its end. */
  public String sign(KeyPair keys) {
    return RulingStatements.sign(this, keys);
  }

  /**
   * Opens a signed statement; empty where it is not what was signed, or withdraws another ruling.
   *
   * @param of the ruling
   * @param signed the ruling's own signed statement
   */
  public static Optional<Withdrawal> open(
      String envelope, PublicKey key, Ruling of, String signed) {
    return RulingStatements.withdrawal(envelope, key)
        .filter(read ->
            read.ruling().equals(of.id()) && read.statement().equals(EvidenceCodec.sha256(signed)));
  }
}
