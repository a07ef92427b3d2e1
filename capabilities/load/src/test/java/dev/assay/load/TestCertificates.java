package dev.assay.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority, and certificates and keys made by it with the JDK's own keytool. */
public final class TestCertificates {

  static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;
  private final Path file;

  /** Makes the authority {@code ca} in a folder, with its certificate as ca.pem. */
  public TestCertificates(Path folder) throws Exception {
    this.folder = folder;
    this.file = folder.resolve("keys.p12");
    keytool("-alias", "ca", "-dname", "CN=Test authority", "-ext", "bc:c");
    pem("ca", List.of(store().getCertificate("ca")));
  }

  Path folder() {
    return folder;
  }

  /** Makes a certificate for names such as {@code dns:localhost}. */
  public void issue(String alias, String names) throws Exception {
    issue(alias, names, "EC", "-validity", "30");
  }

  /** Makes one that has expired. */
  void issueExpired(String alias, String names) throws Exception {
    issue(alias, names, "EC", "-startdate", "-10d", "-validity", "5");
  }

  /** Makes one of a kind of keys; certificate and key are in ALIAS.pem and ALIAS.key. */
  void issue(String alias, String names, String keys, String... validity) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(validity));
    arguments.addAll(
        List.of("-alias", alias, "-signer", "ca", "-dname", "CN=" + alias, "-ext", "san=" + names));
    keytool(keys, arguments);
    pem(alias, List.of(store().getCertificateChain(alias)));
    Key key = store().getKey(alias, PASSWORD);
    write(alias + ".key", "PRIVATE KEY", key.getEncoded());
  }

  KeyStore store() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  /** Writes bytes in PEM. */
  void write(String name, String kind, byte[] encoded) throws IOException {
    Files.writeString(folder.resolve(name), block(kind, encoded));
  }

  private static String block(String kind, byte[] encoded) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
  }

  private void pem(String alias, List<Certificate> chain) throws Exception {
    StringBuilder text = new StringBuilder("Some words before it.\n");
    for (Certificate one : chain) {
      text.append(block("CERTIFICATE", one.getEncoded()));
    }
    Files.writeString(folder.resolve(alias + ".pem"), text);
  }

  private void keytool(String... more) throws Exception {
    keytool("EC", List.of(more));
  }

  private void keytool(String keys, List<String> more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", keys, "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", new String(PASSWORD), "-keystore", file.toString()));
    command.addAll(more);
    Path log = folder.resolve("keytool.log");
    Process keytool =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + Files.readString(log));
    }
  }
}
