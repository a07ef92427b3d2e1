package dev.assay.load.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ServerReflectionTest {

  @Test
  void aServerTellsItsSchemaByTheFirstVersion() throws Exception {
    try (GrpcFixture server = with(ProtoReflectionServiceV1.newInstance())) {
      itTellsAll(server);
    }
  }

  @Test
  @SuppressWarnings("deprecation") // the old version is what is tested
  void aServerTellsItsSchemaByTheVersionBeforeThat() throws Exception {
    try (GrpcFixture server = with(ProtoReflectionService.newInstance())) {
      itTellsAll(server);
    }
  }

  private static void itTellsAll(GrpcFixture server) {
    GrpcSchema schema = ask(server.address(), List.of("shop.Orders", "shop.legacy.Depot"));
    assertThat(schema.services()).containsExactly("shop.Orders", "shop.legacy.Depot");
    GrpcMethod place = schema.method("shop.Orders/Place", ProtoFixture.HERE);
    assertThat(place.input().toProto())
        .isEqualTo(ProtoFixture.type(ProtoFixture.schema(), "shop.PlaceRequest").toProto());
    assertThat(schema.message("shop.Money")).isNotNull();
    assertThat(schema.message("google.protobuf.Any")).isNotNull();
  }

  @Test
  void anUnknownServiceIsToldWithTheNearest() throws Exception {
    try (GrpcFixture server = with(ProtoReflectionServiceV1.newInstance())) {
      assertThat(told(() -> ask(server.address(), List.of("shop.Order"))))
          .hasToString(
              "ASSAY-LOAD-109 assay.yaml:7:9: the server has no service 'shop.Order' (did you mean"
                  + " 'shop.Orders'?)");
    }
  }

  @Test
  void aServerWithoutReflectionIsTold() throws Exception {
    try (GrpcFixture server = new GrpcFixture(builder -> {})) {
      Problem problem = told(() -> ask(server.address(), List.of("shop.Orders")));
      assertThat(problem.code()).isEqualTo("ASSAY-LOAD-107");
      assertThat(problem.what())
          .startsWith("asked for its schema, the server answered UNIMPLEMENTED");
    }
  }

  @Test
  void aServerThatRefusesOrIsNoGrpcServerIsTold() throws Exception {
    InetSocketAddress closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }
    assertThat(told(() -> ask(closed, List.of("a.B"))).what()).endsWith("nobody listens there");
    assertThat(told(() -> answered("HTTP/1.1 400 Bad Request\r\n\r\n")).what())
        .contains("does not speak HTTP/2");
    assertThat(told(() -> answered("")).what()).contains("closed the connection");
  }

  @Test
  void aServerThatNeverAnswersEndsTheWait() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address =
          new InetSocketAddress(silent.getInetAddress(), silent.getLocalPort());
      assertThat(
              told(() ->
                  ServerReflection.ask(
                      server(address, Duration.ofMillis(200)),
                      List.of("a.B"),
                      ProtoFixture.HERE,
                      System::nanoTime)))
          .extracting(Problem::code)
          .isEqualTo("ASSAY-LOAD-108");
    }
  }

  private static GrpcSchema answered(String text) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread answering =
          Thread.ofVirtual()
              .start(() -> {
                try (Socket socket = server.accept()) {
                  socket.getInputStream().read(new byte[1000]);
                  socket.getOutputStream().write(text.getBytes());
                } catch (IOException gone) {
                  // the test is over
                }
              });
      try {
        return ask(
            new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), List.of("a.B"));
      } finally {
        answering.join();
      }
    }
  }

  private static GrpcFixture with(io.grpc.BindableService reflection) {
    Consumer<NettyServerBuilder> more = builder -> builder.addService(reflection);
    return new GrpcFixture(more);
  }

  private static GrpcSchema ask(InetSocketAddress address, List<String> services) {
    return ServerReflection.ask(
        server(address, Duration.ofSeconds(20)), services, ProtoFixture.HERE, System::nanoTime);
  }

  private static GrpcServer server(InetSocketAddress address, Duration timeout) {
    String authority = "127.0.0.1:" + address.getPort();
    return new GrpcServer(
        address, null, "localhost", address.getPort(), authority, Map.of(), timeout);
  }

  private static Problem told(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(ProblemException.class, call).problems().getFirst();
  }
}
