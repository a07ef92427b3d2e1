package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.load.LoadFixture.Run;
import dev.assay.load.grpc.GrpcFixture;
import dev.assay.load.grpc.ProtoFixture;
import dev.assay.testkit.TestContext;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls of gRPC as steps of a load check, against a server of grpc-java. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LoadGrpcTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final String PROTO = "proto: [ shop/orders.proto ]";

  @TempDir Path folder;

  private GrpcFixture server;

  @BeforeEach
  void start() {
    server = new GrpcFixture(builder -> builder.addService(ProtoReflectionServiceV1.newInstance()));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aMethodIsCalledAndItsAnswerLookedAt() throws Exception {
    Run run =
        run(
            load(PROTO)
                .step(
                    """
                    grpc: shop.Orders/Place
                    message: { product: 7, customer: kim }
                    expect: { grpc: OK, body: { "$.id": 7, "$.lines.length()": 1 } }
                    """));
    run.accountsFor(200);
    assertThat(run.sum("errors")).isZero();
    assertThat(run.requestsOf("shop.Orders/Place")).isEqualTo(200);
    assertThat(run.sum("bytes.received")).isPositive();
  }

  @Test
  void theSchemaIsAskedFromTheServer() throws Exception {
    Run run =
        run(
            load("headers: { X-Tenant: a }")
                .step(
                    """
                    grpc: shop.Orders/Place
                    message: { product: 7 }
                    expect: { body: { "$.id": 7 } }
                    """));
    run.accountsFor(200);
    assertThat(run.sum("errors")).isZero();
  }

  @Test
  void anAnswerThatDoesNotMeetWhatIsExpectedFails() throws Exception {
    Run run =
        run(
            load(PROTO)
                .step(
                    """
                    grpc: shop.Orders/Place
                    message: { product: 7 }
                    expect: { body: { "$.id": 8 } }
                    """));
    assertThat(run.errors("check")).isEqualTo(200);
    assertThat(run.events("load.error").getFirst().message())
        .startsWith("check: expected body $.id");
  }

  @Test
  void aStreamOfAnswersIsReadToItsEndAndTimed() throws Exception {
    Run run =
        run(
            load(PROTO)
                .step(
                    """
                    grpc: shop.Orders/Watch
                    message: { product: 7 }
                    expect: { body: { "$.lines.length()": 3 } }
                    """));
    run.accountsFor(200);
    assertThat(run.sum("errors")).isZero();
    assertThat(run.sum("messages.received")).isEqualTo(600);
    assertThat(run.histogram("stream.first").getTotalCount()).isEqualTo(200);
    assertThat(run.histogram("stream.between").getTotalCount()).isEqualTo(400);
  }

  @Test
  void aStreamOfMessagesIsSentAndAnsweredOnce() throws Exception {
    Run run =
        run(
            load(PROTO)
                .step(
                    """
                    grpc: shop.Orders/Fill
                    messages: [ { product: 1 }, { product: 2 }, { product: 3 } ]
                    expect: { body: { "$.id": 3, "$.lines.length()": 3 } }
                    """));
    run.accountsFor(200);
    assertThat(run.sum("errors")).isZero();
    assertThat(run.sum("messages.sent")).isEqualTo(600);
    assertThat(run.sink().measurements("stream.first")).isEmpty();
  }

  @Test
  void bothSidesStream() throws Exception {
    Run run =
        run(
            load(PROTO)
                .step(
                    """
                    grpc: shop.Orders/Talk
                    messages: [ { product: 1 }, { product: 2 } ]
                    expect: { body: { "$.id": 2 } }
                    """));
    run.accountsFor(200);
    assertThat(run.sum("errors")).isZero();
    assertThat(run.sum("messages.sent")).isEqualTo(400);
    assertThat(run.sum("messages.received")).isEqualTo(400);
  }

  @Test
  void anotherStatusThanExpectedIsAnErrorOfItsOwnKind() throws Exception {
    Run run =
        run(
            load(PROTO)
                .step("{ grpc: shop.Orders/Place, message: { customer: NOT_FOUND, product: 5 } }"));
    run.accountsFor(200);
    assertThat(run.errors("grpc")).isEqualTo(200);
    assertThat(run.events("load.error").getFirst().message())
        .isEqualTo("grpc: NOT_FOUND: because of 5 é");
    Run expected =
        run(
            load(PROTO)
                .step(
                    "{ grpc: shop.Orders/Place, message: { customer: NOT_FOUND },"
                        + " expect: { grpc: NOT_FOUND } }"));
    assertThat(expected.sum("errors")).isZero();
  }

  @Test
  void aCallThatTakesTooLongIsCancelled() throws Exception {
    Run run =
        run(
            load(PROTO)
                .step("{ grpc: shop.Orders/Place, message: { customer: SLOW }, timeout: 200 ms }"));
    run.accountsFor(200);
    assertThat(run.errors("timeout")).isEqualTo(200);
  }

  @Test
  void aMessageThatIsTooLongEndsTheCallAtOnce() throws Exception {
    Run run =
        run(load(PROTO).rate(20).step("{ grpc: shop.Orders/Place, message: { customer: HUGE } }"));
    run.accountsFor(20);
    assertThat(run.errors("protocol")).isEqualTo(20);
    assertThat(run.events("load.error").getFirst().message())
        .isEqualTo("protocol: a message is longer than 4 MB");
    assertThat(run.sum("bytes.received")).isLessThan(20 * (5L << 20));
  }

  @Test
  void messagesAreFilledWithRecordsAndWithWhatOtherStepsSaved() throws Exception {
    Files.writeString(folder.resolve("people.csv"), "name,product\nkim,1\nsu,22\nNOT_FOUND,333\n");
    copyProtos();
    Run run =
        new LoadFixture()
            .rate(300)
            .with(PROTO)
            .with("feeders: { people: { csv: people.csv } }")
            .step(
                """
                name: first
                grpc: shop.Orders/Place
                message: { product: "${people.product}", customer: "${people.name}" }
                save: { id: $.id }
                """)
            .step(
                """
                name: second
                grpc: shop.Orders/Fill
                messages: [ { product: 1 }, { product: "${id}", labels: { a: "${people.name}" } } ]
                save: { again: $.id }
                """)
            .step(
                """
                name: third
                if: { "${again}": "> 1000" }
                then: [ { name: unreached, grpc: shop.Orders/Place } ]
                """)
            .run(new TestContext(folder, folder, uri("http")));
    run.accountsFor(300);
    assertThat(run.errors("grpc")).isEqualTo(100);
    assertThat(run.requestsOf("first")).isEqualTo(300);
    assertThat(run.requestsOf("second")).isEqualTo(200);
    assertThat(run.sum("messages.sent")).isEqualTo(400);
  }

  /** In the closed model one bad record follows the other at once: none may be sent, none lost. */
  @Test
  void aRecordThatDoesNotFitItsFieldFailsTheCallBeforeItIsSent() throws Exception {
    Files.writeString(folder.resolve("people.csv"), "product\nmany\n");
    copyProtos();
    Run run =
        new LoadFixture()
            .model("users: 2\npasses: 20000\nfor: 60s")
            .with(PROTO)
            .with("feeders: { people: { csv: people.csv } }")
            .step("{ grpc: shop.Orders/Place, message: { product: \"${people.product}\" } }")
            .run(new TestContext(folder, folder, uri("http")));
    assertThat(run.errors("check")).isEqualTo(20_000);
    assertThat(run.summary("sent")).isZero();
    assertThat(run.events("load.error").getFirst().message())
        .isEqualTo(
            "check: 'many' from ${people.product} does not fit the field it is for; the call was"
                + " not sent");
  }

  @Test
  void usersOfAClosedModelCallOverTlsWithReflection() throws Exception {
    TestKeys keys = TestKeys.make(folder);
    try (GrpcFixture secure =
        new GrpcFixture(builder -> {
          builder.useTransportSecurity(keys.certificate().toFile(), keys.key().toFile());
          builder.addService(ProtoReflectionServiceV1.newInstance());
        })) {
      Run run =
          new LoadFixture()
              .model("users: 4\npasses: 400\nfor: 60s")
              .with("tls: { trust: " + keys.certificate() + " }")
              .step(
                  """
                  grpc: shop.Orders/Place
                  message: { product: 7 }
                  expect: { body: { "$.id": 7 } }
                  """)
              .run(URI.create("https://localhost:" + secure.address().getPort()));
      assertThat(run.requestsOf("shop.Orders/Place")).isEqualTo(400);
      assertThat(run.sum("errors")).isZero();
    }
  }

  @Test
  void aServerThatSpeaksNoGrpcIsToldBeforeTheStartOrCounted() throws Exception {
    HttpServer other = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 50);
    other.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + other.getAddress().getPort());
      LoadFixture check = load("").step("{ grpc: shop.Orders/Place }");
      assertThat(problem(check, uri).code()).isEqualTo("ASSAY-LOAD-108");
      Run run = run(load(PROTO).step("{ grpc: shop.Orders/Place }"), uri);
      run.accountsFor(200);
      assertThat(run.errorsTotal()).isEqualTo(200);
      assertThat(run.errors("protocol")).isPositive();
    } finally {
      other.stop(0);
    }
  }

  @Test
  void whatDoesNotFitTheSchemaIsToldBeforeTheStart() {
    assertThat(problem(load(PROTO).step("{ grpc: shop.Orders/Plaec }"), uri("http")).mend())
        .isEqualTo("did you mean 'Place'?");
    assertThat(
            problem(
                    load(PROTO).step("{ grpc: shop.Orders/Place, message: { prodct: 1 } }"),
                    uri("http"))
                .mend())
        .isEqualTo("did you mean 'product'?");
    assertThat(
            problem(
                    load(PROTO).step("{ grpc: shop.Orders/Place, messages: [ {}, {} ] }"),
                    uri("http"))
                .code())
        .isEqualTo("ASSAY-LOAD-112");
    assertThat(
            problem(
                    load(PROTO).step("{ grpc: shop.Orders/Place, expect: { grpc: FINE } }"),
                    uri("http"))
                .code())
        .isEqualTo("ASSAY-LOAD-113");
    assertThat(
            problem(load("proto: [ none.proto ]").step("{ grpc: shop.Orders/Place }"), uri("http"))
                .code())
        .isEqualTo("ASSAY-LOAD-102");
  }

  @Test
  void keysThatDoNotBelongToACallAreTold() {
    for (String step :
        List.of(
            "{ grpc: a.B/C, json: {} }",
            "{ grpc: a.B/C, expect: { status: 200 } }",
            "{ get: /, message: {} }",
            "{ get: /, expect: { grpc: OK } }")) {
      assertThat(
              catchThrowableOfType(
                  ProblemException.class, () -> load(PROTO).step(step).configuration()))
          .as(step)
          .isNotNull();
    }
  }

  private static LoadFixture load(String keys) {
    LoadFixture load = new LoadFixture().rate(200).timeout(Duration.ofSeconds(20));
    return keys.isEmpty() ? load : load.with(keys);
  }

  private Run run(LoadFixture check) throws Exception {
    return run(check, uri("http"));
  }

  private static Run run(LoadFixture check, URI target) throws Exception {
    return check.run(new TestContext(ProtoFixture.folder(), Path.of("."), target));
  }

  private static Problem problem(LoadFixture check, URI target) {
    return catchThrowableOfType(ProblemException.class, () -> run(check, target))
        .problems()
        .getFirst();
  }

  private URI uri(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + server.address().getPort());
  }

  private void copyProtos() throws Exception {
    Path from = ProtoFixture.folder().resolve("shop");
    Files.createDirectories(folder.resolve("shop"));
    for (String name : List.of("orders", "money", "currency")) {
      Files.copy(from.resolve(name + ".proto"), folder.resolve("shop").resolve(name + ".proto"));
    }
  }
}
