package dev.assay.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Event;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.PartContext;
import dev.assay.api.spi.RunPart;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.spi.UndoJournal;
import dev.assay.api.value.Template;
import dev.assay.network.LinkConfiguration.Protocol;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.proxy.Links;
import dev.assay.network.proxy.OpenLink;
import dev.assay.network.proxy.ProxyFaults;
import dev.assay.network.proxy.ProxyFaults.Admission;
import dev.assay.network.web.Refusal;
import dev.assay.network.web.Upgrades;
import dev.assay.network.web.WebProxyConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinksSectionTest {

  private static final Place ENTRY = new Place("assay.yaml", 3, 5, "");
  private static final Place BLOCK = new Place("assay.yaml", 6, 7, "");

  @TempDir private Path folder;
  private final List<Event> events = new CopyOnWriteArrayList<>();

  private static LinkConfiguration link(
      @Nullable String to, Protocol protocol, @Nullable WebProxyConfiguration http) {
    return new LinkConfiguration(
        to == null ? null : Template.parse(to), null, protocol, http, null, ENTRY);
  }

  private static WebProxyConfiguration http(@Nullable String user, @Nullable String password) {
    return new WebProxyConfiguration(
        user == null ? null : Template.parse(user),
        password == null ? null : Template.parse(password),
        List.of(),
        Refusal.PAGE,
        false,
        null,
        null,
        Upgrades.PASS,
        Duration.ZERO,
        null,
        BLOCK);
  }

  private static List<Problem> problems(LinkConfiguration entry) {
    List<Problem> problems = new ArrayList<>();
    new LinksSection().validate(Map.of("office", entry), problems::add);
    return problems;
  }

  @Test
  void aLinkForConnectionsOrDatagramsLeadsToAServer() {
    for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP)) {
      assertThat(problems(link("127.0.0.1:1", protocol, null))).isEmpty();
      assertThat(problems(link(null, protocol, null)))
          .singleElement()
          .satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("ASSAY-NETWORK-033");
            assertThat(problem.where()).isEqualTo(ENTRY);
            assertThat(problem.what()).contains("office", "leads nowhere");
          });
    }
  }

  @Test
  void aLinkForHttpLeadsWhereItsClientsSay() {
    assertThat(problems(link(null, Protocol.HTTP, null))).isEmpty();
    assertThat(problems(link(null, Protocol.HTTP, http("kim", "pw")))).isEmpty();
    assertThat(problems(link("127.0.0.1:1", Protocol.HTTP, null)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.where()).isEqualTo(ENTRY));
  }

  @Test
  void whatACompanysProxyDoesIsForLinksOfHttp() {
    assertThat(problems(link("127.0.0.1:1", Protocol.TCP, http(null, null))))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.where()).isEqualTo(BLOCK);
          assertThat(problem.mend()).contains("protocol: http");
        });
  }

  @Test
  void rulesThatAreNoneAreReportedBeforeTheRun() {
    assertThat(problems(link(null, Protocol.HTTP, http("kim", null))))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo("ASSAY-NETWORK-050");
          assertThat(problem.where()).isEqualTo(BLOCK);
        });
  }

  @Test
  void aCompanysProxyDemandsItsPasswordAndItsLinkCanBeChangedAndBroken() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> greet(server));
      RunPart part =
          new LinksSection()
              .open(
                  Map.of("office", link(null, Protocol.HTTP, http("kim", "${secret.proxy}"))),
                  new Context())
              .orElseThrow();
      OpenLink office = part.offer(Links.class).orElseThrow().named("office").orElseThrow();
      try {
        assertThat(get(office, server, "")).startsWith("HTTP/1.1 407");
        String known = "Proxy-Authorization: Basic a2ltOnRvcCBzZWNyZXQ=\r\n";
        assertThat(get(office, server, known)).startsWith("HTTP/1.1 200").endsWith("hello");

        office.change(
            Condition.both(DirectionCondition.NONE.withDelay(Delay.constant(50_000_000L))));
        long begun = System.nanoTime();
        assertThat(get(office, server, known)).endsWith("hello");
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(100_000_000L);

        office.faults(ProxyFaults.NONE.withAdmission(Admission.REFUSE));
        assertThat(refused(office)).isTrue();
        assertThat(office.statistics().connections()).isEqualTo(3);
        assertThat(office.statistics().bytesDown()).isPositive();
      } finally {
        part.close();
      }
      assertThat(events)
          .singleElement()
          .satisfies(event -> {
            assertThat(event.labels()).containsEntry("connections", "3");
            assertThat(event.toString()).doesNotContain("top secret");
          });
    }
  }

  private static void greet(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
          head += (char) socket.getInputStream().read();
        }
        socket
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
                    .getBytes(StandardCharsets.US_ASCII));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static String get(OpenLink proxy, ServerSocket server, String header) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(20_000);
      socket.connect(proxy.address());
      String request =
          "GET http://127.0.0.1:"
              + server.getLocalPort()
              + "/ HTTP/1.1\r\nHost: x\r\n"
              + header
              + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static boolean refused(OpenLink link) {
    try (Socket socket = new Socket()) {
      socket.connect(link.address(), 20_000);
      return false;
    } catch (IOException refused) {
      return true;
    }
  }

  /** A run whose only secret is {@code top secret}. */
  private final class Context implements PartContext {
    @Override
    public Clock clock() {
      return new SystemClock();
    }

    @Override
    public long seed() {
      return 7;
    }

    @Override
    public Path folder() {
      return folder;
    }

    @Override
    public int port(String name) {
      return 0;
    }

    @Override
    public void release(String name) {}

    @Override
    public String fill(Template template, Place place) {
      return template.fill(name -> name.equals("secret.proxy") ? "top secret" : name);
    }

    @Override
    public <T> Optional<T> find(Class<T> type) {
      return Optional.empty();
    }

    @Override
    public UndoJournal undo() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Consumer<Event> events() {
      return events::add;
    }

    @Override
    public String redact(String text) {
      return text.replace("top secret", "***");
    }
  }
}
