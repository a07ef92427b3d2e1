package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of certificates or of a key, as a check names it. What is wrong with it is said by name
 * and kind; nothing of its contents gets into a message.
 */
final class PemFile {

  private static final long LARGEST = 4 << 20;
  private static final List<String> KEYS = List.of("RSA", "EC", "EdDSA", "DSA");
  private static final byte[] SAMPLE = "assay".getBytes(StandardCharsets.US_ASCII);

  /** RFC 7468, which also lets text stand around what is encoded. */
  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----(.*?)-----END \\1PRIVATE KEY-----",
          Pattern.DOTALL);

  private final String name;
  private final Place place;
  private final byte[] bytes;

  private PemFile(String name, Place place, byte[] bytes) {
    this.name = name;
    this.place = place;
    this.bytes = bytes;
  }

  /** Reads a file of the workspace's folder. */
  static PemFile read(Path folder, String name, Place place) {
    Path file = folder.resolve(name);
    try {
      if (Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
        return new PemFile(name, place, Files.readAllBytes(file));
      }
    } catch (IOException _) {
      // said below
    }
    throw LoadProblems.FILE.failure(
        place,
        "the file '" + name + "' cannot be read, or is above 4 MiB",
        "name a PEM file in the workspace's folder that exists and may be read");
  }

  /** The certificates in it, in their order. */
  List<X509Certificate> certificates() {
    List<X509Certificate> found;
    try {
      found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
    } catch (CertificateException _) {
      found = List.of();
    }
    if (found.isEmpty()) {
      throw LoadProblems.TLS.failure(
          place,
          "the file '" + name + "' holds no certificate, or a broken one",
          "give it certificates in PEM, which begin with '-----BEGIN CERTIFICATE-----'; see what is"
              + " in it with 'openssl x509 -noout -subject -in "
              + name
              + "'");
    }
    return found;
  }

  /** The key in it. */
  PrivateKey key() {
    Matcher pem = KEY.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw LoadProblems.TLS.failure(
          place,
          "the file '" + name + "' holds no private key in PEM",
          "give it the key that begins with '-----BEGIN PRIVATE KEY-----'");
    }
    String kind = pem.group(1).strip();
    if (kind.equals("ENCRYPTED") || pem.group(2).contains("ENCRYPTED")) {
      throw convert("the key in '" + name + "' is encrypted, and Assay asks for no password");
    }
    if (!kind.isEmpty()) {
      throw convert("the key in '" + name + "' is a " + kind + " key in its old form, not PKCS #8");
    }
    try {
      return decoded(Base64.getMimeDecoder().decode(pem.group(2)));
    } catch (IllegalArgumentException | GeneralSecurityException _) {
      throw LoadProblems.TLS.failure(
          place,
          "the private key in '" + name + "' is broken, or of a kind that is not known",
          "give an RSA, EC or Ed25519 key; test it with 'openssl pkey -noout -check -in "
              + name
              + "'");
    }
  }

  private static PrivateKey decoded(byte[] encoded) throws GeneralSecurityException {
    for (String algorithm : KEYS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException _) {
        // the next
      }
    }
    throw new InvalidKeySpecException();
  }

  private ProblemException convert(String what) {
    return LoadProblems.TLS.failure(
        place,
        what,
        "convert it: openssl pkcs8 -topk8 -nocrypt -in " + name + " -out pkcs8-" + baseName());
  }

  private String baseName() {
    Path last = Path.of(name).getFileName();
    return last == null ? name : last.toString();
  }

  /** Whether a key is the one that a certificate is of. */
  static boolean belong(PrivateKey key, PublicKey certified) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "DSA" -> "SHA256withDSA";
          default -> key.getAlgorithm();
        };
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(SAMPLE);
      byte[] signed = signing.sign();
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(certified);
      verifying.update(SAMPLE);
      return verifying.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
