package dev.assay.core.passport;

import dev.assay.api.evidence.EvidenceCodec;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Ed25519 keys as PEM (RFC 7468, RFC 8410): what {@code openssl genpkey -algorithm ed25519} and
 * {@code openssl pkey -pubout} write.
 */
public final class PassportKeys {

  private static final String ALGORITHM = "Ed25519";
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";
  private static final int LINE = 64;

  private PassportKeys() {}

  /** A new pair. */
  public static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** The private key as PEM: a secret. */
  public static String pem(PrivateKey key) {
    return pem(PRIVATE, key.getEncoded());
  }

  /** The public key as PEM. */
  public static String pem(PublicKey key) {
    return pem(PUBLIC, key.getEncoded());
  }

  private static String pem(String kind, byte[] der) {
    String base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }

  /**
   * Reads a private key.
   *
   * @throws IllegalArgumentException if it is none; says why, and nothing of its content
   */
  public static PrivateKey privateKey(String pem) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePrivate(new PKCS8EncodedKeySpec(der(PRIVATE, pem)));
    } catch (GeneralSecurityException wrong) {
      throw new IllegalArgumentException("it is no private key of Ed25519", wrong);
    }
  }

  /**
   * Reads a public key.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static PublicKey publicKey(String pem) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(der(PUBLIC, pem)));
    } catch (GeneralSecurityException wrong) {
      throw new IllegalArgumentException("it is no public key of Ed25519", wrong);
    }
  }

  private static byte[] der(String kind, String pem) {
    String begin = "-----BEGIN " + kind + "-----";
    int from = pem.indexOf(begin);
    int to = pem.indexOf("-----END " + kind + "-----");
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("it has no '" + begin + "'");
    }
    try {
      return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("its Base64 is broken", wrong);
    }
  }

  /** What a key is called in an envelope: the SHA-256 of its PEM. */
  public static String id(PublicKey key) {
    return EvidenceCodec.sha256(pem(key));
  }
}
