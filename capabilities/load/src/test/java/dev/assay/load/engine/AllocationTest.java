package dev.assay.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.assay.api.spi.Clock;
import dev.assay.load.TestCertificates;
import dev.assay.load.TlsServer;
import dev.assay.load.extract.BodyPlan;
import dev.assay.load.http2.Http2Server;
import dev.assay.load.request.CompiledRequest;
import dev.assay.load.request.Segment;
import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class AllocationTest {

  private static final int RATE = 3000;
  private static final int SECONDS = 6;

  private static final Clock CLOCK =
      new Clock() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLoopAllocatesNothingPerRequestInTheSteadyState() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(request -> Reply.status(200, "hello"))) {
      LoadPlan plan = plan("http", server.uri().getPort(), Protocol.HTTP1);
      assertThat(bytesPerRequest(plan, new Sockets(SocketKind.best(), null))).isLessThan(64);
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void nothingEitherOnStreamsOfHttp2() throws Exception {
    try (Http2Server server = Http2Server.start()) {
      LoadPlan plan = plan("http", server.port(), Protocol.HTTP2);
      assertThat(bytesPerRequest(plan, new Sockets(SocketKind.best(), null))).isLessThan(64);
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void tlsAllocatesOnlyWhatItsEngineDoes(@TempDir Path folder) throws Exception {
    assumeTrue(OpenSsl.isAvailable(), "no BoringSSL for this machine");
    TestCertificates certificates = new TestCertificates(folder);
    certificates.issue("server", "ip:127.0.0.1");
    SslContext tls =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.OPENSSL_REFCNT)
            .trustManager(folder.resolve("ca.pem").toFile())
            .build();
    try (TlsServer server = new TlsServer(certificates, new TlsServer.Manner())) {
      LoadPlan plan = plan("https", server.port(), Protocol.HTTP1);
      // The engine itself makes a result for each call and a view of each buffer to find its
      // address: about 220 bytes once all is compiled, about 430 in these first seconds.
      assertThat(bytesPerRequest(plan, new Sockets(SocketKind.best(), tls))).isLessThan(640);
    } finally {
      ReferenceCountUtil.release(tls);
    }
  }

  private static double bytesPerRequest(LoadPlan plan, Sockets sockets)
      throws InterruptedException {
    try (LoadEngine engine = LoadEngine.start(plan, CLOCK, sockets)) {
      long allocated = 0;
      long requests = 0;
      long before = 0;
      for (Interval second = engine.next(); second != null; second = engine.next()) {
        long now = allocatedByLoops();
        // Connections, classes and compiled code settle in the first two seconds.
        if (second.from() >= 2 && second.to() <= SECONDS - 1) {
          allocated += now - before;
          requests += second.steps().getFirst().requests();
        }
        before = now;
      }
      assertThat(requests).isPositive();
      return (double) allocated / requests;
    }
  }

  private static long allocatedByLoops() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(LoadEngine.THREADS))
        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.threadId()))
        .sum();
  }

  private static LoadPlan plan(String scheme, int port, Protocol protocol) {
    BitSet accepted = new BitSet();
    accepted.set(200);
    CompiledRequest request =
        new CompiledRequest(
            0,
            "GET /",
            0,
            "GET",
            "x",
            List.of(Segment.text("/")),
            List.of(),
            List.of(),
            false,
            TimeUnit.SECONDS.toNanos(5),
            accepted,
            List.of(),
            BodyPlan.nothing(),
            List.of(),
            List.of(),
            false,
            0);
    List<Instruction> program = List.of(new Instruction.Call(request), new Instruction.End());
    Arrivals arrivals = Arrivals.constant(RATE, TimeUnit.SECONDS.toNanos(SECONDS));
    return new LoadPlan(
        List.of(
            new Origin(
                scheme,
                "127.0.0.1",
                port,
                "127.0.0.1",
                new InetSocketAddress("127.0.0.1", port),
                protocol)),
        List.of(new Scenario("flow", program, 0, 0, List.of())),
        List.of(new Phase.Open("load", 0, 0, true, 0, arrivals)),
        1,
        List.of(Map.of("step", "GET /")),
        List.of(),
        16,
        8,
        TimeUnit.SECONDS.toNanos(5),
        1000,
        1000,
        1,
        42);
  }
}
