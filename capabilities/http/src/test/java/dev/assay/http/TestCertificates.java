package dev.assay.http;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Makes self-signed certificates with the JDK's keytool, while the test runs. */
final class TestCertificates {

  private static final String PASSWORD = "changeit";

  private final Path folder;

  TestCertificates(Path folder) {
    this.folder = folder;
  }

  /** A server's context with a self-signed certificate; its PEM is {@code NAME.pem}. */
  SSLContext serverFor(String name, String san, String... more) throws Exception {
    generate(name + ".p12", name, san, more);
    export(name + ".p12", name);
    return context(folder.resolve(name + ".p12"));
  }

  /** One with a certificate of an authority of its own, whose PEM is {@code authority.pem}. */
  SSLContext signedServerFor(String name, String san, String start, String days) throws Exception {
    String store = name + ".p12";
    generate(store, "authority", "dns:authority", "-ext", "bc:c=ca:true");
    export(store, "authority");
    generate(store, name, san, "-signer", "authority", "-startdate", start, "-validity", days);
    keytool(
        List.of(
            "-delete",
            "-alias",
            "authority",
            "-keystore",
            folder.resolve(store).toString(),
            "-storepass",
            PASSWORD));
    return context(folder.resolve(store));
  }

  private void generate(String store, String alias, String san, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + alias + ", O=Assay",
                "-ext",
                "san=" + san,
                "-storetype",
                "PKCS12",
                "-keystore",
                folder.resolve(store).toString(),
                "-storepass",
                PASSWORD));
    arguments.addAll(List.of(more));
    keytool(arguments);
  }

  private void export(String store, String alias) throws Exception {
    keytool(
        List.of(
            "-exportcert",
            "-rfc",
            "-alias",
            alias,
            "-file",
            folder.resolve(alias + ".pem").toString(),
            "-keystore",
            folder.resolve(store).toString(),
            "-storepass",
            PASSWORD));
  }

  private static SSLContext context(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private void keytool(List<String> arguments) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    words.addAll(arguments);
    Path log = folder.resolve("keytool.log");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(words + " failed: " + Files.readString(log));
    }
  }
}
