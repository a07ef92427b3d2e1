package dev.assay.network.web;

import static dev.assay.network.web.Der.identifier;
import static dev.assay.network.web.Der.octets;
import static dev.assay.network.web.Der.sequence;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A certificate authority for tests: made when it is wanted, its key never leaves the memory of
 * this process. Issues certificates for servers by the profile of RFC 5280, with ECDSA on P-256.
 * Its keys are random and not of the run's seed, as whoever knows them can read what trusts them.
 * Thread-safe.
 */
public final class TestAuthority {

  private static final Duration SKEW = Duration.ofDays(1);
  private static final Duration CA_LIFE = Duration.ofDays(30);
  private static final Duration SERVER_LIFE = Duration.ofDays(29);
  private static final byte[] ECDSA_SHA256 = sequence(identifier("1.2.840.10045.4.3.2"));
  private static final String ISSUER = "Assay test CA, trust for tests only";

  private final SecureRandom random = new SecureRandom();
  private final Instant made;
  private final KeyPair own;
  private final KeyPair servers;
  private final X509Certificate certificate;

  /**
   * Makes keys and the certificate of the authority.
   *
   * @param now the time; certificates are valid from a day before it, for 30 days
   */
  public TestAuthority(Instant now) {
    made = now;
    own = keys();
    servers = keys();
    certificate =
        issue(
            ISSUER,
            own,
            CA_LIFE,
            List.of(
                extension("2.5.29.19", true, sequence(Der.truth())),
                // keyCertSign and cRLSign
                extension("2.5.29.15", true, Der.bits(1, new byte[] {0x06}))));
  }

  private KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  /** The certificate that clients are to trust. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The certificate in PEM (RFC 7468), for trust stores. */
  public String pem() {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key of all servers' certificates. */
  PrivateKey serverKey() {
    return servers.getPrivate();
  }

  /** A certificate for a server of that name or address. */
  X509Certificate issue(String host) {
    byte[] name;
    try {
      name = Der.value(0x87, InetAddress.ofLiteral(host).getAddress());
    } catch (IllegalArgumentException e) { // not an address
      name = Der.value(0x82, host.getBytes(StandardCharsets.US_ASCII));
    }
    List<byte[]> extensions =
        List.of(
            extension("2.5.29.19", true, sequence()),
            extension("2.5.29.15", true, Der.bits(7, new byte[] {(byte) 0x80})), // digitalSignature
            extension("2.5.29.37", false, sequence(identifier("1.3.6.1.5.5.7.3.1"))), // serverAuth
            extension("2.5.29.17", false, sequence(name)));
    String shown = host.length() > 64 ? host.substring(0, 64) : host; // ub-common-name
    return issue(shown, servers, SERVER_LIFE, extensions);
  }

  private X509Certificate issue(
      String subject, KeyPair keys, Duration life, List<byte[]> extensions) {
    try {
      List<byte[]> all = new ArrayList<>(extensions);
      all.add(extension("2.5.29.14", false, octets(keyId(keys))));
      all.add(extension("2.5.29.35", false, sequence(Der.value(0x80, keyId(own)))));
      byte[] body =
          sequence(
              Der.tagged(0, Der.integer(BigInteger.TWO)), // version 3
              Der.integer(new BigInteger(120, random).setBit(119)),
              ECDSA_SHA256,
              name(ISSUER),
              sequence(Der.time(made.minus(SKEW)), Der.time(made.plus(life))),
              name(subject),
              keys.getPublic().getEncoded(),
              Der.tagged(3, sequence(all.toArray(byte[][]::new))));
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(own.getPrivate(), random);
      signature.update(body);
      byte[] encoded = sequence(body, ECDSA_SHA256, Der.bits(0, signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs with ECDSA", e);
    }
  }

  private static byte[] name(String common) {
    return sequence(Der.set(sequence(identifier("2.5.4.3"), Der.text(common))));
  }

  private static byte[] extension(String identifier, boolean critical, byte[] value) {
    return critical
        ? sequence(identifier(identifier), Der.truth(), octets(value))
        : sequence(identifier(identifier), octets(value));
  }

  /** Names a key; any digest of it does (RFC 5280 section 4.2.1.2). */
  private static byte[] keyId(KeyPair keys) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(keys.getPublic().getEncoded());
    return Arrays.copyOf(digest, 20);
  }
}
