package dev.assay.load.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.spi.SystemClock;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Frame;
import dev.assay.smpp.codec.MessageFields;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.session.SessionListener;
import dev.assay.smpp.session.SessionOptions;
import dev.assay.smpp.session.SmppClient;
import dev.assay.smpp.session.SmppServer;
import dev.assay.smpp.session.SmppSession;
import dev.assay.smpp.session.SmppTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Load on a message centre of our own. */
@Timeout(60)
class SmppLoadTest {

  private final SmppTransport transport = SmppTransport.open(1, new SystemClock());
  private final Set<String> destinations = ConcurrentHashMap.newKeySet();
  private final AtomicLong seen = new AtomicLong();
  private boolean early;

  @AfterEach
  void stop() {
    transport.close();
  }

  /** Answers, and delivers a receipt at once. */
  private final class Centre implements SessionListener {
    @Override
    public int bind(SmppSession session, Pdu bind) {
      return Status.ROK;
    }

    @Override
    public void request(SmppSession session, Frame frame, @Nullable MessageFields fields) {
      if (fields == null) {
        return;
      }
      long id = seen.incrementAndGet();
      destinations.add(fields.destination());
      if (!early) {
        session.answer(Command.SUBMIT_SM_RESP.id(), frame.sequence(), id);
      }
      if (fields.registeredDelivery() == 1 && session.canSend()) {
        byte[] text = ("id:" + id + " stat:DELIVRD").getBytes(StandardCharsets.US_ASCII);
        int _ =
            session.send(
                Pdu.of(Command.DELIVER_SM)
                    .set(Field.DESTINATION_ADDR, "1")
                    .set(Field.ESM_CLASS, 4)
                    .set(Field.SHORT_MESSAGE, text)
                    .build(),
                id);
      }
      if (early) {
        session.answer(Command.SUBMIT_SM_RESP.id(), frame.sequence(), id);
      }
    }
  }

  private SmppLoadResult run(double rate, int registered) throws Exception {
    try (SmppServer server =
        SmppServer.start(
            transport,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "centre",
            SessionOptions.standard(),
            null,
            new Centre())) {
      Pdu message =
          Pdu.of(Command.SUBMIT_SM)
              .set(Field.DESTINATION_ADDR, "49170")
              .set(Field.REGISTERED_DELIVERY, registered)
              .set(Field.SHORT_MESSAGE, new byte[] {65})
              .build();
      SmppLoadPlan plan =
          new SmppLoadPlan(
              server.address(),
              SmppClient.bind(Command.BIND_TRANSCEIVER, "user", "secret"),
              message,
              0,
              2,
              10,
              rate,
              Duration.ZERO,
              Duration.ofMillis(500));
      return new SmppLoad(plan, transport, new SystemClock()).run();
    }
  }

  @Test
  void aRateIsKeptAndEveryMessageHasItsOwnDestination() throws Exception {
    SmppLoadResult result = run(200, 0);

    assertThat(result.total()).isBetween(1L, 101L);
    assertThat(result.total() + result.unsent() + result.failed()).isBetween(90L, 102L);
    assertThat(destinations).hasSize((int) seen.get());
    assertThat(result.answers().getTotalCount()).isEqualTo(result.answered());
  }

  @Test
  void withoutARateTheWindowsAreKeptFull() throws Exception {
    SmppLoadResult result = run(0, 0);

    assertThat(result.answered()).isGreaterThan(100);
    assertThat(result.failed()).isZero();
    assertThat(destinations).hasSize((int) seen.get());
  }

  @Test
  void receiptsAreMeasuredFromTheSubmit() throws Exception {
    SmppLoadResult result = run(100, 1);

    assertThat(result.receipts()).isPositive().isLessThanOrEqualTo(result.answered());
    assertThat(result.delivered().getMinValue()).isPositive();
  }

  @Test
  void aReceiptThatComesBeforeTheAnswerIsNotMissed() throws Exception {
    early = true;

    SmppLoadResult result = run(100, 1);

    assertThat(result.receipts()).isPositive().isEqualTo(result.answered());
  }
}
