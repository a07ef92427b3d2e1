package dev.assay.virtual.smsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Frame;
import dev.assay.smpp.codec.MessageFields;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.session.CloseReason;
import dev.assay.smpp.session.SessionListener;
import dev.assay.smpp.session.SessionOptions;
import dev.assay.smpp.session.SmppClient;
import dev.assay.smpp.session.SmppSession;
import dev.assay.smpp.session.SmppTransport;
import dev.assay.smpp.text.MessageState;
import dev.assay.smpp.text.MessageText;
import dev.assay.smpp.text.Receipt;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a virtual SMSC does when it is told to. */
@Timeout(60)
class VirtualSmscTest {

  @TempDir private Path folder;
  private final Clock clock = new SystemClock();
  private final SmppTransport transport = SmppTransport.open(1, clock);
  private final Esme esme = new Esme();
  private @Nullable VirtualSmsc smsc;

  /** Takes what is delivered. */
  private static final class Esme implements SessionListener {
    final BlockingQueue<Pdu> delivered = new LinkedBlockingQueue<>();
    final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
    final BlockingQueue<Integer> unexpected = new LinkedBlockingQueue<>();

    @Override
    public void request(SmppSession session, Frame frame, @Nullable MessageFields fields) {
      delivered.add(frame.decode());
      session.answer(Command.DELIVER_SM_RESP.id(), frame.sequence(), "");
    }

    @Override
    public void unexpected(SmppSession session, Frame frame) {
      unexpected.add(frame.sequence());
    }

    @Override
    public void closed(SmppSession session, CloseReason reason) {
      closed.add(reason);
    }
  }

  @AfterEach
  void stop() {
    if (smsc != null) {
      smsc.close();
    }
    transport.close();
  }

  private VirtualSmsc start(Behaviour behaviour) {
    VirtualSmsc started =
        VirtualSmsc.start(
            transport,
            clock,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            behaviour,
            7,
            SmscLedger.create(folder.resolve("ledger.jsonl"), clock),
            true);
    smsc = started;
    return started;
  }

  private static Behaviour with(
      double loss, double rate, int queue, @Nullable Receipts receipts, Fault... faults) {
    return new Behaviour(
        Map.of("user", "secret"),
        Delay.NONE,
        loss,
        0,
        Status.RSYSERR,
        rate,
        Status.RTHROTTLED,
        queue,
        50,
        receipts,
        null,
        List.of(faults));
  }

  private CompletableFuture<SmppSession> connecting(VirtualSmsc to, Command bind) {
    return connecting(to, bind, Duration.ofSeconds(30));
  }

  private CompletableFuture<SmppSession> connecting(
      VirtualSmsc to, Command bind, Duration patience) {
    return SmppClient.connect(
        transport,
        to.address(),
        SmppClient.bind(bind, "user", "secret"),
        SessionOptions.standard()
            .withTimes(
                patience, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(1)),
        null,
        esme);
  }

  private SmppSession connect(VirtualSmsc to) throws Exception {
    return connecting(to, Command.BIND_TRANSCEIVER).get(30, TimeUnit.SECONDS);
  }

  /** For tests that wait in vain: long enough for a slow machine to bind. */
  private SmppSession impatient(VirtualSmsc to) throws Exception {
    return connecting(to, Command.BIND_TRANSCEIVER, Duration.ofSeconds(2))
        .get(20, TimeUnit.SECONDS);
  }

  private static Pdu submit(int serial) {
    return Pdu.of(Command.SUBMIT_SM)
        .set(Field.SOURCE_ADDR, "Shop")
        .set(Field.DESTINATION_ADDR, Integer.toString(4917000 + serial))
        .set(Field.REGISTERED_DELIVERY, 1)
        .set(Field.SHORT_MESSAGE, "Hello".getBytes(StandardCharsets.US_ASCII))
        .build();
  }

  private static List<Pdu> all(SmppSession session, int count) throws Exception {
    List<CompletableFuture<Pdu>> asked =
        IntStream.range(0, count).mapToObj(i -> session.request(submit(i))).toList();
    List<Pdu> answers = new ArrayList<>();
    for (CompletableFuture<Pdu> each : asked) {
      answers.add(each.get(20, TimeUnit.SECONDS));
    }
    return answers;
  }

  private List<Json.Obj> ledger(VirtualSmsc of) throws Exception {
    SmscLedger written = of.ledger();
    assertThat(written).isNotNull();
    written.flush();
    return Files.readAllLines(written.file()).stream()
        .map(line -> JsonReader.read(line).asObject())
        .toList();
  }

  @Test
  void everyMessageThatIsTakenIsReceiptedOnceAndWrittenDown() throws Exception {
    VirtualSmsc running = start(with(0, 0, 0, Receipts.prompt()));
    SmppSession session = connect(running);

    List<String> ids = new ArrayList<>();
    all(session, 300).forEach(answer -> ids.add(answer.text(Field.MESSAGE_ID)));
    List<String> receipted = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Receipt receipt = Receipt.of(esme.delivered.poll(30, TimeUnit.SECONDS)).orElseThrow();
      assertThat(receipt.state()).isEqualTo(MessageState.DELIVERED);
      assertThat(receipt.text()).isEqualTo("Hello");
      receipted.add(receipt.id());
    }

    assertThat(receipted).containsExactlyInAnyOrderElementsOf(ids);
    SmscTally tally = running.tally();
    assertThat(tally.accepted()).isEqualTo(300);
    assertThat(tally.distinct()).isEqualTo(300);
    List<String> written =
        ledger(running).stream()
            .filter(line -> line.text("event").equals("submit"))
            .map(line -> line.text("id"))
            .toList();
    assertThat(written).isEqualTo(ids);
  }

  @Test
  void whoIsNotKnownIsNotBound() {
    VirtualSmsc running = start(with(0, 0, 0, null));
    CompletableFuture<SmppSession> stranger =
        SmppClient.connect(
            transport,
            running.address(),
            SmppClient.bind(Command.BIND_TRANSCEIVER, "user", "guess"),
            SessionOptions.standard(),
            null,
            esme);

    assertThatThrownBy(() -> stranger.get(30, TimeUnit.SECONDS))
        .hasMessageContaining("ESME_RINVPASWD");
  }

  @Test
  void whatIsAboveTheRateIsThrottled() throws Exception {
    VirtualSmsc running = start(with(0, 1, 0, null));

    List<Pdu> answers = all(connect(running), 40);

    assertThat(answers.stream().map(Pdu::status))
        .contains(Status.ROK, Status.RTHROTTLED)
        .startsWith(Status.ROK, Status.RTHROTTLED);
    assertThat(running.tally().throttled()).isGreaterThan(20);
  }

  @Test
  void aQueueThatIsFullSaysSo() throws Exception {
    Receipts never =
        new Receipts(
            Delay.of(Duration.ofHours(1)), Map.of(), 0, 0, 0, 0, Receipts.Ids.DECIMAL, true);
    VirtualSmsc running = start(with(0, 0, 5, never));

    List<Pdu> answers = all(connect(running), 8);

    assertThat(answers.stream().map(Pdu::status)).containsExactly(0, 0, 0, 0, 0, 0x14, 0x14, 0x14);
    assertThat(running.tally().waiting()).isEqualTo(5);
  }

  @Test
  void whatIsLostIsTakenAndNotAnswered() throws Exception {
    VirtualSmsc running = start(with(1, 0, 0, null));
    CompletableFuture<Pdu> answer = impatient(running).request(submit(1));

    assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("no answer");
    assertThat(running.tally().accepted()).isEqualTo(1);
    assertThat(running.tally().unanswered()).isEqualTo(1);
  }

  @Test
  void receiptsCanBeDoubledEarlyAndOfAnyState() throws Exception {
    Receipts odd =
        new Receipts(
            Delay.NONE,
            Map.of(MessageState.UNDELIVERABLE, 1.0),
            1,
            0,
            1,
            0,
            Receipts.Ids.HEX_THEN_DECIMAL,
            false);
    VirtualSmsc running = start(with(0, 0, 0, odd));

    Pdu answer = connect(running).request(submit(1)).get(30, TimeUnit.SECONDS);
    Receipt first = Receipt.of(esme.delivered.poll(30, TimeUnit.SECONDS)).orElseThrow();
    Receipt second = Receipt.of(esme.delivered.poll(30, TimeUnit.SECONDS)).orElseThrow();

    assertThat(first).isEqualTo(second);
    assertThat(first.state()).isEqualTo(MessageState.UNDELIVERABLE);
    assertThat(first.id())
        .isEqualTo(Long.toString(Long.parseLong(answer.text(Field.MESSAGE_ID), 16)));
  }

  @Test
  void receiptsCanBeMissingOrMalformed() throws Exception {
    Receipts missing = new Receipts(Delay.NONE, Map.of(), 0, 1, 0, 0, Receipts.Ids.DECIMAL, true);
    VirtualSmsc first = start(with(0, 0, 0, missing));
    all(connect(first), 3);
    assertThat(first.tally().receipts()).isZero();
    assertThat(ledger(first)).anyMatch(line -> line.text("event").equals("receipt missing"));
    first.close();

    Receipts malformed = new Receipts(Delay.NONE, Map.of(), 0, 0, 0, 1, Receipts.Ids.DECIMAL, true);
    VirtualSmsc second = start(with(0, 0, 0, malformed));
    Pdu answer = all(connect(second), 1).getFirst();
    Receipt receipt = Receipt.of(esme.delivered.poll(30, TimeUnit.SECONDS)).orElseThrow();
    assertThat(receipt.id()).isNotEqualTo(answer.text(Field.MESSAGE_ID));
    assertThat(receipt.state()).isNull();
  }

  @Test
  void receiptsWaitForASessionThatReceives() throws Exception {
    VirtualSmsc running = start(with(0, 0, 0, Receipts.prompt()));
    SmppSession transmitter =
        connecting(running, Command.BIND_TRANSMITTER).get(30, TimeUnit.SECONDS);
    all(transmitter, 5);
    assertThat(running.tally().receipts()).isZero();

    connecting(running, Command.BIND_RECEIVER).get(30, TimeUnit.SECONDS);

    for (int i = 0; i < 5; i++) {
      assertThat(esme.delivered.poll(30, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void subscribersWriteToWhoeverReceives() throws Exception {
    VirtualSmsc running =
        start(
            new Behaviour(
                Map.of(),
                Delay.NONE,
                0,
                0,
                Status.RSYSERR,
                0,
                Status.RTHROTTLED,
                0,
                50,
                null,
                new Behaviour.Incoming(200, "491701", "12345", "STOP – bitte"),
                List.of()));
    connect(running);

    Pdu message = esme.delivered.poll(30, TimeUnit.SECONDS);

    assertThat(message.text(Field.SOURCE_ADDR)).isEqualTo("491701");
    assertThat(MessageText.of(message)).contains("STOP – bitte");
  }

  private static Fault at(Fault.Kind kind, int number) {
    return new Fault(kind, Command.SUBMIT_SM, number, false, Duration.ZERO, Duration.ofMillis(50));
  }

  @Test
  void aConnectionEndsAtThePduThatWasTold() throws Exception {
    VirtualSmsc running = start(with(0, 0, 0, null, at(Fault.Kind.DISCONNECT, 4)));
    SmppSession session = connect(running);

    List<CompletableFuture<Pdu>> asked =
        IntStream.range(0, 10).mapToObj(i -> session.request(submit(i))).toList();
    for (int i = 0; i < 3; i++) {
      assertThat(asked.get(i).get(30, TimeUnit.SECONDS).status()).isZero();
    }

    assertThatThrownBy(() -> asked.get(3).get(30, TimeUnit.SECONDS)).hasMessageContaining("ended");
    assertThat(esme.closed.poll(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.PEER_CLOSED);
    assertThat(running.tally().accepted()).isEqualTo(3);
  }

  @Test
  void halfOfAConnectionCanBeDead() throws Exception {
    VirtualSmsc running = start(with(0, 0, 0, null, at(Fault.Kind.HALF_OPEN, 2)));
    SmppSession session = impatient(running);
    assertThat(session.request(submit(1)).get(30, TimeUnit.SECONDS).status()).isZero();

    CompletableFuture<Pdu> answer = session.request(submit(2));

    assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS)).hasMessageContaining("no answer");
    assertThat(session.state().bound()).isTrue();
  }

  @Test
  void anAnswerCanHaveAnotherSequenceNumber() throws Exception {
    VirtualSmsc running = start(with(0, 0, 0, null, at(Fault.Kind.WRONG_SEQUENCE, 1)));
    CompletableFuture<Pdu> answer = impatient(running).request(submit(1));

    assertThat(esme.unexpected.poll(30, TimeUnit.SECONDS)).isGreaterThan(1_000_000);
    assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS)).hasMessageContaining("no answer");
  }

  @Test
  void aReaderCanBeSlowAndGoesOn() throws Exception {
    VirtualSmsc running = start(with(0, 0, 0, null, at(Fault.Kind.SLOW_READER, 1)));

    assertThat(all(connect(running), 20)).hasSize(20);
  }

  @Test
  void garbageCanComeInsteadOfAnAnswer() throws Exception {
    VirtualSmsc running = start(with(0, 0, 0, null, at(Fault.Kind.GARBAGE, 1)));
    CompletableFuture<Pdu> answer = impatient(running).request(submit(1));

    assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void bindsCanBeRefusedForAWhile() throws Exception {
    Fault refuse =
        new Fault(Fault.Kind.REFUSE_BINDS, null, 0, false, Duration.ZERO, Duration.ofHours(1));
    VirtualSmsc running = start(with(0, 0, 0, null, refuse));
    connect(running);

    CompletableFuture<SmppSession> second = connecting(running, Command.BIND_RECEIVER);

    assertThatThrownBy(() -> second.get(30, TimeUnit.SECONDS))
        .hasMessageContaining("ESME_RBINDFAIL");
  }

  @Test
  void aMessageCanBeAskedForAndCancelledWhileItIsUnderWay() throws Exception {
    Receipts later =
        new Receipts(
            Delay.of(Duration.ofHours(1)), Map.of(), 0, 0, 0, 0, Receipts.Ids.DECIMAL, true);
    VirtualSmsc running = start(with(0, 0, 0, later));
    SmppSession session = connect(running);
    String id = session.request(submit(1)).get(30, TimeUnit.SECONDS).text(Field.MESSAGE_ID);
    Pdu query =
        Pdu.of(Command.QUERY_SM).set(Field.MESSAGE_ID, id).set(Field.SOURCE_ADDR, "Shop").build();
    Pdu cancel =
        Pdu.of(Command.CANCEL_SM).set(Field.MESSAGE_ID, id).set(Field.SOURCE_ADDR, "Shop").build();

    assertThat(session.request(query).get(30, TimeUnit.SECONDS).number(Field.MESSAGE_STATE))
        .isEqualTo(MessageState.ENROUTE.code());
    assertThat(session.request(cancel).get(30, TimeUnit.SECONDS).status()).isZero();
    assertThat(session.request(query).get(30, TimeUnit.SECONDS).number(Field.MESSAGE_STATE))
        .isEqualTo(MessageState.DELETED.code());
    assertThat(session.request(cancel).get(30, TimeUnit.SECONDS).status())
        .isEqualTo(Status.RCANCELFAIL);
  }

  @Test
  void theSameSeedMeetsTheSameLuck() throws Exception {
    List<List<Integer>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      VirtualSmsc running =
          start(
              new Behaviour(
                  Map.of(),
                  Delay.NONE,
                  0,
                  0.3,
                  Status.RSUBMITFAIL,
                  0,
                  Status.RTHROTTLED,
                  0,
                  50,
                  null,
                  null,
                  List.of()));
      runs.add(all(connect(running), 100).stream().map(Pdu::status).toList());
      running.close();
    }

    assertThat(runs.getFirst()).isEqualTo(runs.getLast()).contains(Status.RSUBMITFAIL, Status.ROK);
  }
}
