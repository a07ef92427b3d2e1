package dev.assay.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.spi.SystemClock;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Frame;
import dev.assay.smpp.codec.MessageFields;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our client and our server with each other. */
@Timeout(60)
class SessionTest {

  private final Centre centre = new Centre();
  private final Centre esme = new Centre();
  private final SmppTransport transport = SmppTransport.open(1, new SystemClock());

  @AfterEach
  void stop() {
    transport.close();
  }

  private SmppServer server(SessionListener listener) {
    return SmppServer.start(
        transport,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        "centre",
        SessionOptions.standard(),
        null,
        listener);
  }

  private SmppSession connect(SmppServer server, SessionOptions options) throws Exception {
    return SmppClient.connect(
            transport,
            server.address(),
            SmppClient.bind(Command.BIND_TRANSCEIVER, "user", "secret"),
            options,
            null,
            esme)
        .get(30, TimeUnit.SECONDS);
  }

  private static Pdu submit(int serial) {
    return Pdu.of(Command.SUBMIT_SM)
        .set(Field.DESTINATION_ADDR, Integer.toString(4917000 + serial))
        .build();
  }

  @Test
  void everyRequestIsAnsweredOnceAndTheWindowHoldsTheRest() throws Exception {
    try (SmppServer server = server(centre)) {
      SmppSession session = connect(server, SessionOptions.standard().withWindow(7, false));

      List<CompletableFuture<Pdu>> answers =
          IntStream.range(0, 2_000).mapToObj(i -> session.request(submit(i))).toList();
      List<String> ids = new ArrayList<>();
      for (CompletableFuture<Pdu> answer : answers) {
        ids.add(answer.get(30, TimeUnit.SECONDS).text(Field.MESSAGE_ID));
      }

      assertThat(ids).doesNotHaveDuplicates().hasSize(2_000);
      assertThat(centre.requests).hasSize(2_000);
    }
  }

  @Test
  void theSequenceGoesOnAtOneAfterItsLast() throws Exception {
    try (SmppServer server = server(centre)) {
      SmppSession session =
          connect(server, SessionOptions.standard().withFirstSequence(0x7FFF_FFFD));

      for (int i = 0; i < 10; i++) {
        session.request(submit(i)).get(30, TimeUnit.SECONDS);
      }

      // the bind took 0x7FFFFFFD
      assertThat(centre.requests.stream().map(Pdu::sequence))
          .containsExactly(0x7FFF_FFFE, 0x7FFF_FFFF, 1, 2, 3, 4, 5, 6, 7, 8);
    }
  }

  @Test
  void theCentreDeliversToTheEsme() throws Exception {
    try (SmppServer server = server(centre)) {
      connect(server, SessionOptions.standard());
      SmppSession bound = centre.bound.poll(30, TimeUnit.SECONDS);
      assertThat(bound).isNotNull();

      Pdu answer =
          bound
              .request(
                  Pdu.of(Command.DELIVER_SM)
                      .set(Field.DESTINATION_ADDR, "1")
                      .set(Field.SHORT_MESSAGE, new byte[] {72, 105})
                      .build())
              .get(30, TimeUnit.SECONDS);

      assertThat(answer.command()).isEqualTo(Command.DELIVER_SM_RESP);
      assertThat(esme.requests.poll().octets(Field.SHORT_MESSAGE)).containsExactly(72, 105);
      assertThat(bound.systemId()).isEqualTo("user");
    }
  }

  @Test
  void aRefusedBindSaysWhy() {
    try (SmppServer server = server(centre)) {
      CompletableFuture<SmppSession> refused =
          SmppClient.connect(
              transport,
              server.address(),
              SmppClient.bind(Command.BIND_TRANSMITTER, "user", "wrong"),
              SessionOptions.standard(),
              null,
              esme);

      assertThatThrownBy(() -> refused.get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("ESME_RINVPASWD");
    }
  }

  @Test
  void whereNobodyListensIsSaid() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    CompletableFuture<SmppSession> refused =
        SmppClient.connect(
            transport,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), free),
            SmppClient.bind(Command.BIND_TRANSMITTER, "user", "secret"),
            SessionOptions.standard(),
            null,
            esme);

    assertThatThrownBy(() -> refused.get(30, TimeUnit.SECONDS))
        .hasMessageContaining("cannot connect");
  }

  /** Answers nothing until it is told to. */
  private static final class Late extends Centre {
    final List<Integer> held = new ArrayList<>();

    @Override
    public void request(SmppSession session, Frame frame, @Nullable MessageFields fields) {
      requests.add(frame.decode());
      held.add(frame.sequence());
    }
  }

  @Test
  void unbindingWaitsForAnswersThatAreMissing() throws Exception {
    Late late = new Late();
    try (SmppServer server = server(late)) {
      SmppSession session = connect(server, SessionOptions.standard());
      CompletableFuture<Pdu> answer = session.request(submit(1));
      late.requests.poll(30, TimeUnit.SECONDS);

      session.unbind();
      CompletableFuture<Pdu> tooLate = session.request(submit(2));
      assertThatThrownBy(() -> tooLate.get(30, TimeUnit.SECONDS)).hasMessageContaining("not open");
      SmppSession bound = late.bound.poll(30, TimeUnit.SECONDS);
      bound.execute(() -> bound.answer(Command.SUBMIT_SM_RESP.id(), late.held.getFirst(), "42"));

      assertThat(answer.get(30, TimeUnit.SECONDS).text(Field.MESSAGE_ID)).isEqualTo("42");
      assertThat(esme.closed.poll(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.UNBOUND);
      assertThat(late.closed.poll(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.UNBOUND);
    }
  }

  @Test
  void unbindingWaitsNoLongerThanItsGrace() throws Exception {
    Late late = new Late();
    try (SmppServer server = server(late)) {
      SmppSession session =
          connect(
              server,
              SessionOptions.standard()
                  .withTimes(
                      Duration.ofSeconds(30),
                      Duration.ofSeconds(30),
                      Duration.ofSeconds(30),
                      Duration.ofMillis(40)));
      CompletableFuture<Pdu> answer = session.request(submit(1));
      late.requests.poll(30, TimeUnit.SECONDS);

      session.unbind();

      assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS)).hasMessageContaining("ended");
      assertThat(esme.closed.poll(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.UNBOUND);
    }
  }

  @Test
  void anAnswerThatIsMissingIsNotWaitedForForever() throws Exception {
    Late late = new Late();
    try (SmppServer server = server(late)) {
      SmppSession session =
          connect(
              server,
              SessionOptions.standard()
                  .withTimes(
                      Duration.ofMillis(40),
                      Duration.ofSeconds(30),
                      Duration.ofSeconds(30),
                      Duration.ofSeconds(1)));

      CompletableFuture<Pdu> answer = session.request(submit(1));

      assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
          .hasMessageContaining("no answer came in time");
      assertThat(session.state()).isEqualTo(SessionState.BOUND_TRANSCEIVER);
    }
  }

  @Test
  void whoDoesNotAnswerAnEnquiryIsGone() throws Exception {
    Centre deaf =
        new Centre() {
          @Override
          public boolean intercept(SmppSession session, Frame frame) {
            return frame.commandId() == Command.ENQUIRE_LINK.id();
          }
        };
    try (SmppServer server = server(deaf)) {
      connect(
          server,
          SessionOptions.standard()
              .withTimes(
                  Duration.ofMillis(60),
                  Duration.ofMillis(40),
                  Duration.ofSeconds(30),
                  Duration.ofSeconds(1)));

      assertThat(esme.closed.poll(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.SILENT);
    }
  }

  @Test
  void aWindowThatAdaptsShrinksWhileTheCentreThrottlesAndGrowsAgain() {
    Window window = new Window(64, true, 1);
    for (int i = 0; i < 64; i++) {
      window.take(i, null, 0);
    }
    for (int sequence = 1; sequence <= 64; sequence++) {
      window.free(window.find(sequence));
      window.learn(sequence, true);
    }
    assertThat(window.limit()).as("one cut for all that was under way").isEqualTo(32);

    int sequence = 0;
    for (int i = 0; i < 3_000; i++) {
      sequence = window.take(i, null, 0);
      window.free(window.find(sequence));
      window.learn(sequence, false);
    }

    assertThat(window.limit()).isEqualTo(64);
    assertThat(window.open()).isZero();
  }

  @Test
  void anAnswerToAnOldSequenceIsNotTakenForANewOne() {
    Window window = new Window(4, false, 1);
    int first = window.take(1, null, 0);
    window.free(window.find(first));

    assertThat(window.find(first)).isEqualTo(-1);
    assertThat(window.find(0)).isEqualTo(-1);
    assertThat(window.find(first + 16)).isEqualTo(-1);
  }

  /** One end sends and does not read: the other one's memory has a bound. */
  @Test
  void aCentreDoesNotReadFromWhoDoesNotRead() throws Exception {
    try (SmppServer server = server(centre);
        Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4_096);
      socket.connect(server.address());
      socket
          .getOutputStream()
          .write(SmppClient.bind(Command.BIND_TRANSCEIVER, "user", "secret").encode());
      SmppSession bound = centre.bound.poll(30, TimeUnit.SECONDS);
      byte[] enquiry = Pdu.of(Command.ENQUIRE_LINK).sequence(1).build().encode();
      byte[] many = new byte[enquiry.length * 4_096];
      for (int i = 0; i < many.length; i++) {
        many[i] = enquiry[i % enquiry.length];
      }
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (true) {
                    socket.getOutputStream().write(many);
                  }
                } catch (java.io.IOException closed) {
                  // as it should
                }
              });
      CompletableFuture<Boolean> full = new CompletableFuture<>();
      until(bound, full);

      assertThat(full.get(30, TimeUnit.SECONDS)).isTrue();
      socket.close();
      sender.join();
      assertThat(centre.closed.poll(30, TimeUnit.SECONDS)).isNotEqualTo(CloseReason.OVERFLOW);
    }
  }

  /** Completes when the session has nothing more to write to, which is when it stops reading. */
  private static void until(SmppSession session, CompletableFuture<Boolean> full) {
    session.execute(() -> {
      if (!session.canSend()) {
        full.complete(true);
      } else {
        session.executeLater(() -> until(session, full), 1_000_000);
      }
    });
  }

  @Test
  void statusesOfTheCentreReachWhoAsked() throws Exception {
    centre.status = Status.RMSGQFUL;
    try (SmppServer server = server(centre)) {
      SmppSession session = connect(server, SessionOptions.standard().withWindow(8, true));

      Pdu answer = session.request(submit(1)).get(30, TimeUnit.SECONDS);

      assertThat(answer.status()).isEqualTo(Status.RMSGQFUL);
      assertThat(answer.hasBody()).isFalse();
    }
  }
}
