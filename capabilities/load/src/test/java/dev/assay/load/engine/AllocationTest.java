package dev.assay.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.Clock;
import dev.assay.api.value.Template;
import dev.assay.load.TestCertificates;
import dev.assay.load.TlsServer;
import dev.assay.load.extract.BodyPlan;
import dev.assay.load.grpc.CompiledCall;
import dev.assay.load.grpc.GrpcFixture;
import dev.assay.load.grpc.GrpcHeaders;
import dev.assay.load.grpc.GrpcMethod;
import dev.assay.load.grpc.GrpcSchema;
import dev.assay.load.grpc.MessageCompiler;
import dev.assay.load.grpc.MessageProgram;
import dev.assay.load.grpc.ProtoFixture;
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
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class AllocationTest {

  private static final int RATE = 3000;
  private static final int SECONDS = 8;

  /** Connections, classes, compiled code and the histograms of all intervals are there by then. */
  private static final int SETTLED = 4;

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
  void nothingEitherInCallsOfGrpcWhoseMessagesAreFilled() throws Exception {
    try (GrpcFixture server = new GrpcFixture(builder -> {})) {
      GrpcSchema schema = ProtoFixture.schema();
      GrpcMethod method = schema.method("shop.Orders/Watch", Place.NONE);
      Json message =
          JsonReader.read(
              "{\"product\":\"${n}\",\"next\":{\"customer\":\"${n}\"},\"weight\":\"${n}\"}");
      MessageProgram program =
          new MessageCompiler(schema, name -> true, Template::source)
              .compile(method.input(), message, Place.NONE);
      List<Segment> value = List.of(Segment.text("123"));
      CompiledCall call =
          CompiledCall.of(
              method,
              List.of(new CompiledCall.Message(program, List.of(value, value, value))),
              1,
              null);
      List<CompiledRequest.Header> headers = new ArrayList<>();
      GrpcHeaders.of(TimeUnit.SECONDS.toNanos(5))
          .forEach((name, text) ->
              headers.add(new CompiledRequest.Header(name, List.of(Segment.text(text)))));
      CompiledRequest request = request("POST", method.path(), headers);
      assertThat(
              bytesPerRequest(
                  plan(
                      "http",
                      server.address().getPort(),
                      Protocol.HTTP2,
                      new Instruction.Grpc(request, call)),
                  new Sockets(SocketKind.best(), null)))
          .isLessThan(64);
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
        if (second.from() >= SETTLED && second.to() <= SECONDS - 1) {
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
    return plan(scheme, port, protocol, new Instruction.Call(request("GET", "/", List.of())));
  }

  private static CompiledRequest request(
      String method, String path, List<CompiledRequest.Header> headers) {
    BitSet accepted = new BitSet();
    accepted.set(200);
    return new CompiledRequest(
        0,
        "GET /",
        0,
        method,
        "x",
        List.of(Segment.text(path)),
        headers,
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
  }

  private static LoadPlan plan(String scheme, int port, Protocol protocol, Instruction step) {
    List<Instruction> program = List.of(step, new Instruction.End());
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
        Networks.NONE,
        42);
  }
}
