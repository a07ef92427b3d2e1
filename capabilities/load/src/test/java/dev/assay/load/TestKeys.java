package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;

/**
 * A key with a certificate for localhost, made by the JDK's own keytool.
 *
 * @param store both
 * @param certificate the certificate as a PEM file
 * @param key the key as a PEM file (PKCS #8)
 */
record TestKeys(KeyStore store, Path certificate, Path key) {

  private static final char[] PASSWORD = "changeit".toCharArray();

  static TestKeys make(Path folder) throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return new TestKeys(
        store,
        pem(folder, "CERTIFICATE", store.getCertificate("server").getEncoded()),
        pem(folder, "PRIVATE KEY", store.getKey("server", PASSWORD).getEncoded()));
  }

  private static Path pem(Path folder, String kind, byte[] bytes) throws Exception {
    String text =
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder().encodeToString(bytes)
            + "\n-----END "
            + kind
            + "-----\n";
    Path file = folder.resolve(kind.replace(' ', '-') + ".pem");
    return Files.writeString(file, text, StandardCharsets.US_ASCII);
  }

  /** TLS for a server that offers a protocol by ALPN, or none. */
  SslContext server(String protocol) throws Exception {
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(store, PASSWORD);
    SslContextBuilder builder = SslContextBuilder.forServer(managers).sslProvider(SslProvider.JDK);
    if (protocol != null) {
      builder.applicationProtocolConfig(
          new ApplicationProtocolConfig(
              ApplicationProtocolConfig.Protocol.ALPN,
              ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
              ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
              protocol));
    }
    return builder.build();
  }
}
