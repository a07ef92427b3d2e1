package dev.assay.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.assay.gateway.config.CallbackConfiguration;
import dev.assay.gateway.config.KeyConfiguration;
import dev.assay.gateway.config.ProviderConfiguration;
import dev.assay.gateway.config.ProviderTls;
import dev.assay.gateway.http.Keys;
import dev.assay.smpp.session.Tls;
import dev.assay.virtual.smsc.Behaviour;
import dev.assay.virtual.smsc.Delay;
import dev.assay.virtual.smsc.Receipts;
import dev.assay.virtual.smsc.VirtualSmsc;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies between a gateway and those it talks to: TLS, missing receipts, deaf clients. */
class ProvidersTest {

  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void begin() {
    rig = new Rig(folder);
  }

  @AfterEach
  void end() throws Exception {
    rig.close();
  }

  private static ProviderConfiguration with(int port, ProviderTls tls, boolean query) {
    ProviderConfiguration plain = Rig.provider(port);
    return new ProviderConfiguration(
        plain.smpp(),
        plain.systemId(),
        plain.password(),
        plain.systemType(),
        plain.bind(),
        plain.sessions(),
        plain.least(),
        plain.window(),
        plain.answer(),
        plain.throughput(),
        tls,
        plain.receipts(),
        query,
        plain.doubt(),
        plain.duplicates(),
        plain.maintenance(),
        plain.drain(),
        plain.place());
  }

  /** A certificate of its own that the JDK's keytool makes, as PEM. */
  private void certificate() throws Exception {
    Path store = folder.resolve("centre.p12");
    Process keytool =
        new ProcessBuilder(
                Stream.of(
                        System.getProperty("java.home") + File.separator + "bin/keytool",
                        "-genkeypair -alias a -keyalg EC -dname CN=centre -ext san=ip:127.0.0.1"
                            + " -storetype PKCS12 -storepass "
                            + PASSWORD,
                        "-keystore",
                        store.toString())
                    .flatMap(each ->
                        each.startsWith("-genkeypair")
                            ? Stream.of(each.split(" "))
                            : Stream.of(each))
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    pem("centre.crt", "CERTIFICATE", keys.getCertificate("a").getEncoded());
    pem("centre.key", "PRIVATE KEY", keys.getKey("a", PASSWORD.toCharArray()).getEncoded());
  }

  private void pem(String file, String kind, byte[] content) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }

  @Test
  void aProviderIsReachedInsideTls() throws Exception {
    certificate();
    VirtualSmsc smsc =
        rig.smsc(
            Behaviour.plain(),
            0,
            Tls.server(folder.resolve("centre.crt"), folder.resolve("centre.key"), null));
    rig.with(
            "alpha",
            with(smsc.address().getPort(), new ProviderTls("centre.crt", null, null), false))
        .start();

    String id = rig.send("+4917012345678", "Hello");

    Rig.await("it is delivered", () -> rig.state(id).equals("delivered"));
  }

  @Test
  void aProviderIsAskedForAReceiptThatDoesNotCome() {
    Receipts none = new Receipts(Delay.NONE, Map.of(), 0, 1, 0, 0, Receipts.Ids.DECIMAL, true);
    Behaviour plain = Behaviour.plain();
    VirtualSmsc smsc =
        rig.smsc(
            new Behaviour(
                plain.accounts(),
                plain.latency(),
                plain.loss(),
                plain.refused(),
                plain.refusal(),
                plain.rate(),
                plain.throttle(),
                plain.queue(),
                plain.window(),
                none,
                plain.incoming(),
                plain.faults()));
    rig.validity(Duration.ofMillis(200), Duration.ofMillis(200))
        .with("alpha", with(smsc.address().getPort(), null, true))
        .start();

    String id = rig.send("+4917012345678", "Hello");

    Rig.await("it is settled", () -> rig.state(id).equals("delivered"));
    assertThat(rig.get("/v1/messages/" + id).text("code")).contains("query DELIVRD");
  }

  /** A centre that answers nothing. */
  private VirtualSmsc silent() {
    Behaviour plain = Behaviour.plain();
    return rig.smsc(
        new Behaviour(
            plain.accounts(),
            plain.latency(),
            1,
            plain.refused(),
            plain.refusal(),
            plain.rate(),
            plain.throttle(),
            plain.queue(),
            plain.window(),
            plain.receipts(),
            plain.incoming(),
            plain.faults()));
  }

  private static ProviderConfiguration narrow(
      int port, int sessions, ProviderConfiguration.Doubt doubt) {
    ProviderConfiguration plain = Rig.provider(port, doubt, Duration.ofMinutes(5));
    return new ProviderConfiguration(
        plain.smpp(),
        plain.systemId(),
        plain.password(),
        plain.systemType(),
        plain.bind(),
        sessions,
        plain.least(),
        2,
        plain.answer(),
        plain.throughput(),
        plain.tls(),
        plain.receipts(),
        plain.query(),
        plain.doubt(),
        plain.duplicates(),
        plain.maintenance(),
        plain.drain(),
        plain.place());
  }

  private long submitted(List<String> ids) {
    return ids.stream().filter(id -> rig.state(id).equals("submitted")).count();
  }

  private List<String> six() {
    return Stream.generate(() -> rig.send("+4917012345678", "Hello")).limit(6).toList();
  }

  @Test
  void asManyAsTheWindowHoldsAreReadyForItsNextPlaces() {
    VirtualSmsc smsc = silent();
    rig.with("alpha", narrow(smsc.address().getPort(), 1, ProviderConfiguration.Doubt.RESEND))
        .start();

    List<String> ids = six();

    Rig.await("two windows are durable", () -> submitted(ids) == 4);
    Rig.await("one window is sent", () -> smsc.tally().submits() == 2);
    smsc.close(); // so that the gateway's end need not wait for answers
  }

  @Test
  void noneIsReadyWhereWhatIsInDoubtIsNotSentAgain() {
    VirtualSmsc smsc = silent();
    rig.with("alpha", narrow(smsc.address().getPort(), 1, ProviderConfiguration.Doubt.UNKNOWN))
        .start();

    List<String> ids = six();

    Rig.await("one window is sent", () -> smsc.tally().submits() == 2);
    assertThat(submitted(ids)).isEqualTo(2);
    smsc.close();
  }

  @Test
  void aPoolGrowsWhileItsWindowsAreFull() {
    VirtualSmsc smsc = silent();
    rig.with("alpha", narrow(smsc.address().getPort(), 3, ProviderConfiguration.Doubt.UNKNOWN))
        .start();

    List<String> ids = six();

    Rig.await("three sessions send two each", () -> smsc.tally().submits() == 6);
    assertThat(submitted(ids)).isEqualTo(6);
    smsc.close();
  }

  @Test
  void aClientWhoTakesNoCallbacksDoesNotHoldUpAnothers() throws Exception {
    VirtualSmsc smsc = rig.smsc(Behaviour.plain());
    AtomicInteger told = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/told",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          told.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    // whoever listens here never answers
    try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      rig.callbacks(new CallbackConfiguration(null, null, List.of(), 5, Duration.ofMillis(10), 2))
          .with("deaf", key("deaf", deaf.getLocalPort()))
          .with("quick", key("quick", server.getAddress().getPort()))
          .with("alpha", Rig.provider(smsc.address().getPort()))
          .callbacksInMemory(10)
          .start();

      assertThat(send("deaf", 200)).isEqualTo(202);
      assertThat(send("quick", 100)).isEqualTo(202);

      Rig.await(() -> told.get() + " of 100 were told", () -> told.get() >= 100);
    } finally {
      server.stop(0);
    }
  }

  private static KeyConfiguration key(String name, int port) {
    return new KeyConfiguration(
        List.of(Keys.hash(name)),
        List.of(),
        List.of(),
        null,
        "http://127.0.0.1:" + port + "/told",
        null,
        Rig.PLACE);
  }

  private int send(String key, int count) {
    String one = "{\"to\":\"+4917012345678\",\"from\":\"Shop\",\"text\":\"Hello\"}";
    String all = "[" + (one + ",").repeat(count - 1) + one + "]";
    return rig.ask("POST", "/v1/messages", all, "Authorization", "Bearer " + key).statusCode();
  }

  @Test
  void promtoolFindsNothingWrongWithTheMetrics() throws Exception {
    boolean there =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "promtool")));
    assumeTrue(there, "promtool is not installed: apt-get install prometheus");
    VirtualSmsc smsc = rig.smsc(Behaviour.plain());
    rig.with("alpha", Rig.provider(smsc.address().getPort())).start();
    String id = rig.send("+4917012345678", "Hello");
    Rig.await("it is delivered", () -> rig.state(id).equals("delivered"));

    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    promtool
        .getOutputStream()
        .write(rig.ask("GET", "/metrics", null).body().getBytes(StandardCharsets.UTF_8));
    promtool.getOutputStream().close();
    String says = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(promtool.waitFor()).as(says).isZero();
    assertThat(says).isEmpty();
  }
}
