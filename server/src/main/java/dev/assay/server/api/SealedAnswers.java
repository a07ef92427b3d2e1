package dev.assay.server.api;

import dev.assay.server.account.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps answers so that only who asked reads them: some have a secret in them that is shown once,
 * such as a key, and is nowhere else in the clear. AES-256 in GCM under a key of its own for each,
 * made of what the program shows to be let in, which the server does not keep. Thread-safe.
 */
final class SealedAnswers {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final String MARK = "sealed:";
  private static final int SALT_BYTES = 16;
  private static final int TAG_BITS = 128;

  private final Secrets secrets;

  SealedAnswers(Secrets secrets) {
    this.secrets = secrets;
  }

  /**
   * Closes an answer.
   *
   * @param shown what the program shows
   */
  String seal(String shown, String answer) {
    String salt = secrets.hex(SALT_BYTES);
    byte[] closed =
        carryOut(Cipher.ENCRYPT_MODE, shown, salt, answer.getBytes(StandardCharsets.UTF_8));
    return MARK + salt + ":" + Base64.getEncoder().encodeToString(closed);
  }

  /** Opens an answer; what an earlier version kept is as it is. */
  String open(String shown, String kept) {
    if (!kept.startsWith(MARK)) {
      return kept;
    }
    String[] parts = kept.split(":", 3);
    byte[] open =
        carryOut(Cipher.DECRYPT_MODE, shown, parts[1], Base64.getDecoder().decode(parts[2]));
    return new String(open, StandardCharsets.UTF_8);
  }

  private static byte[] carryOut(int mode, String shown, String salt, byte[] text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("assay answered\n".getBytes(StandardCharsets.UTF_8));
      digest.update(HexFormat.of().parseHex(salt));
      byte[] key = digest.digest(shown.getBytes(StandardCharsets.UTF_8));
      Cipher cipher = Cipher.getInstance(CIPHER);
      // each key closes one answer, so that the same nonce is never used twice under one
      cipher.init(
          mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, new byte[12]));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("an answer that was kept cannot be read", impossible);
    }
  }
}
