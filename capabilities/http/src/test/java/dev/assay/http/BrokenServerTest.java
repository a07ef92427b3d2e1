package dev.assay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.spi.CancelledException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BrokenServerTest {

  private static Attempt attempt(Outcome outcome) {
    assertThat(outcome.attempts()).hasSize(1);
    return outcome.attempts().getFirst();
  }

  private static Attempt get(URI target) throws Exception {
    return attempt(FlowBuilder.of(StepBuilder.get("/")).outcome(target));
  }

  @Test
  void nothingListensThere() throws Exception {
    URI gone;
    try (ShopServer server = ShopServer.start()) {
      gone = server.uri();
    }
    Attempt attempt = get(gone);

    assertThat(attempt.result()).isEqualTo(Attempt.Result.ERROR);
    assertThat(attempt.type()).isEqualTo("connect");
    assertThat(attempt.message())
        .isEqualTo(
            "ASSAY-HTTP-011 nothing listens at 127.0.0.1:"
                + gone.getPort()
                + "; start the service or correct the environment's url");
    assertThat(attempt.detail()).contains("GET " + gone + "/");
  }

  @Test
  void theHostIsNotKnown() throws Exception {
    // a label of more than 63 characters is refused without asking any name server
    String host = "a".repeat(64) + ".invalid";
    Attempt attempt = get(URI.create("http://" + host + ":8080"));

    assertThat(attempt.result()).isEqualTo(Attempt.Result.ERROR);
    assertThat(attempt.type()).isEqualTo("connect");
    assertThat(attempt.message())
        .startsWith("ASSAY-HTTP-012 the host '" + host + "' is not known; correct");
  }

  @Test
  void theServerClosesWithoutAnAnswer() throws Exception {
    try (RawServer server = RawServer.start(RawServer.text(""))) {
      Attempt attempt = get(server.uri());

      assertThat(attempt.result()).isEqualTo(Attempt.Result.ERROR);
      assertThat(attempt.type()).isEqualTo("protocol");
      assertThat(attempt.message())
          .contains("ASSAY-HTTP-015", "closed the connection without an answer");
    }
  }

  @Test
  void theServerClosesInTheMiddleOfTheBody() throws Exception {
    try (RawServer server =
        RawServer.start(
            RawServer.text("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf a body"))) {
      Attempt attempt = get(server.uri());

      assertThat(attempt.type()).isEqualTo("protocol");
      assertThat(attempt.message()).contains("broke off after 11 bytes");
      assertThat(attempt.detail()).contains("HTTP/1.1 200\ncontent-length: 100\n\nhalf a body");
    }
  }

  @Test
  void theServerClosesInTheMiddleOfAChunk() throws Exception {
    try (RawServer server =
        RawServer.start(
            RawServer.text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf"))) {
      Attempt attempt = get(server.uri());

      assertThat(attempt.type()).isEqualTo("protocol");
      assertThat(attempt.message()).contains("ASSAY-HTTP-015");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000\u0001\u0002\u0003\u0004\u0005garbage\r\n\r\n",
        "SSH-2.0-OpenSSH_9.6\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
      })
  void whatIsNotHttpIsAFailureAndNeverAnException(String answer) throws Exception {
    try (RawServer server = RawServer.start(RawServer.text(answer))) {
      Attempt attempt = get(server.uri());

      assertThat(attempt.result()).isEqualTo(Attempt.Result.ERROR);
      assertThat(attempt.type()).isEqualTo("protocol");
      assertThat(attempt.message()).startsWith("ASSAY-HTTP-015 ");
    }
  }

  @Test
  void headersWithoutEndAreAFailure() throws Exception {
    try (RawServer server =
        RawServer.start(client -> {
          client.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
          byte[] header = ("x-a: " + "a".repeat(10_000) + "\r\n").getBytes(StandardCharsets.UTF_8);
          while (true) {
            client.getOutputStream().write(header);
          }
        })) {
      assertThat(get(server.uri()).type()).isEqualTo("protocol");
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUp() throws Exception {
    try (RawServer server = RawServer.start(RawServer.stall(""))) {
      Attempt attempt =
          attempt(
              FlowBuilder.of(StepBuilder.get("/"))
                  .timeout(Duration.ofMillis(200))
                  .outcome(server.uri()));

      assertThat(attempt.result()).isEqualTo(Attempt.Result.ERROR);
      assertThat(attempt.type()).isEqualTo("timeout");
      assertThat(attempt.message())
          .contains("ASSAY-HTTP-013", "did not answer within 200 ms", "'timeout'");
    }
  }

  @Test
  void aStepsOwnTimeoutGoesFirst() throws Exception {
    try (RawServer server = RawServer.start(RawServer.stall(""))) {
      Attempt attempt =
          attempt(
              FlowBuilder.of(StepBuilder.get("/").timeout(Duration.ofMillis(100)))
                  .outcome(server.uri()));

      assertThat(attempt.message()).contains("within 100 ms");
    }
  }

  @Test
  void aBodyThatNeverEndsIsGivenUp() throws Exception {
    try (RawServer server =
        RawServer.start(
            RawServer.stall("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf a body"))) {
      Attempt attempt =
          attempt(
              FlowBuilder.of(StepBuilder.get("/"))
                  .timeout(Duration.ofMillis(300))
                  .outcome(server.uri()));

      assertThat(attempt.type()).isEqualTo("timeout");
      assertThat(attempt.message())
          .contains("was not complete within 300 ms, 11 bytes had arrived");
      assertThat(attempt.detail()).endsWith("half a body");
    }
  }

  @Test
  void aBodyThatSaysItIsTooLargeIsNotRead() throws Exception {
    try (RawServer server =
        RawServer.start(
            RawServer.stall("HTTP/1.1 200 OK\r\nContent-Length: 20000000000\r\n\r\nstart"))) {
      Attempt attempt = get(server.uri());

      assertThat(attempt.result()).isEqualTo(Attempt.Result.FAILED);
      assertThat(attempt.type()).isEqualTo("too-large");
      assertThat(attempt.message())
          .isEqualTo(
              "ASSAY-HTTP-016 the body is 20000000000 bytes long and was given up; write a larger"
                  + " 'max body' if such answers are wanted");
    }
  }

  @Test
  void aBodyWithoutEndIsReadOnlyUpToTheLimit() throws Exception {
    AtomicLong written = new AtomicLong();
    CountDownLatch gone = new CountDownLatch(1);
    try (RawServer server =
        RawServer.start(client -> {
          try {
            client
                .getOutputStream()
                .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            byte[] some = new byte[10_000];
            while (true) {
              client.getOutputStream().write(some);
              written.addAndGet(some.length);
            }
          } finally {
            gone.countDown();
          }
        })) {
      Attempt attempt =
          attempt(FlowBuilder.of(StepBuilder.get("/")).maxBody("100 kB").outcome(server.uri()));

      assertThat(attempt.type()).isEqualTo("too-large");
      assertThat(attempt.message()).contains("longer than 100000 bytes");
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "",
        "[1,]",
        "{\"a\":1,\"a\":2}",
        "{\"a\":01}",
        "NaN",
        "[1] trailing",
        "\"\\ud8\"",
        "{\"a\"",
        "[1e99999999999]"
      })
  void aBodyThatIsNoJsonFailsWhatIsExpectedOfIt(String body) throws Exception {
    notJson(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void jsonOfHundredThousandLevelsFailsAndDoesNotOverflow() throws Exception {
    assertThat(
            notJson(("[".repeat(100_000) + "]".repeat(100_000)).getBytes(StandardCharsets.UTF_8)))
        .contains("nested deeper than 500 levels");
    assertThat(
            notJson(
                ("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000))
                    .getBytes(StandardCharsets.UTF_8)))
        .contains("nested deeper than 500 levels");
  }

  @Test
  void aNumberOfAMillionDigitsFailsAndDoesNotTakeForever() throws Exception {
    assertThat(notJson("9".repeat(1_000_000).getBytes(StandardCharsets.UTF_8)))
        .contains("a number of more than 400 characters");
  }

  @Test
  void jsonThatIsNotUtf8SaysAtWhichByte() throws Exception {
    assertThat(notJson(new byte[] {'"', 'a', (byte) 0xff, '"'}))
        .contains("the body is not valid UTF-8 at byte 2");
  }

  @Test
  void deepButPermittedJsonCanBeSearched() throws Exception {
    String body = "{\"a\":".repeat(400) + "1" + "}".repeat(400);
    try (ShopServer server = ShopServer.start().on("/", 200, body)) {
      Outcome outcome =
          FlowBuilder.of(StepBuilder.get("/").expectBody("$..b", "absent")).outcome(server.uri());

      assertThat(outcome.result()).isEqualTo(Attempt.Result.PASSED);
    }
  }

  private static String notJson(byte[] body) throws Exception {
    try (ShopServer server =
        ShopServer.start().on("/", exchange -> ShopServer.send(exchange, 200, body))) {
      Attempt attempt =
          attempt(
              FlowBuilder.of(StepBuilder.get("/").expectBody("$", "exists")).outcome(server.uri()));
      assertThat(attempt.result()).isEqualTo(Attempt.Result.FAILED);
      assertThat(attempt.type()).isEqualTo("body");
      assertThat(attempt.message()).startsWith("expected body $ exists, got the body is ");
      return attempt.message();
    }
  }

  @Test
  void aCancellationEndsARequestAtOnce() throws Exception {
    try (RawServer server = RawServer.start(RawServer.stall("HTTP/1.1 200 OK\r\n\r\nab"))) {
      MaskingContext context = new MaskingContext(Path.of("."), server.uri());
      Thread.ofVirtual()
          .start(() -> {
            try {
              server.asked().await();
            } catch (InterruptedException ended) {
              Thread.currentThread().interrupt();
            }
            context.cancel();
          });

      assertThatThrownBy(
              () -> FlowBuilder.of(StepBuilder.get("/")).timeout(Duration.ofHours(1)).run(context))
          .isInstanceOf(CancelledException.class);
    }
  }

  @Test
  void aCancellationEndsARepetitionAtOnce() throws Exception {
    try (ShopServer server = ShopServer.start()) {
      MaskingContext context = new MaskingContext(Path.of("."), server.uri());
      server.on(
          "/",
          exchange -> {
            ShopServer.send(exchange, 503, "");
            context.cancel();
          });

      assertThatThrownBy(() ->
              FlowBuilder.of(
                      StepBuilder.get("/").retry(Duration.ofMinutes(30), Duration.ofHours(2)))
                  .run(context))
          .isInstanceOf(CancelledException.class);
    }
  }
}
