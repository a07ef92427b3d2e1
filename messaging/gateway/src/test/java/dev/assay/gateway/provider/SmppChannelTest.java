package dev.assay.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.SystemClock;
import dev.assay.gateway.Answer;
import dev.assay.gateway.ChannelListener;
import dev.assay.gateway.Incoming;
import dev.assay.gateway.Message;
import dev.assay.gateway.Status;
import dev.assay.gateway.Wait;
import dev.assay.gateway.config.ProviderConfiguration;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Frame;
import dev.assay.smpp.codec.MessageFields;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.session.SessionListener;
import dev.assay.smpp.session.SessionOptions;
import dev.assay.smpp.session.SmppServer;
import dev.assay.smpp.session.SmppSession;
import dev.assay.smpp.session.SmppTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a channel of SMPP tells the gateway, and in which order. */
class SmppChannelTest {

  @TempDir private Path folder;

  /** A centre that writes the receipt right behind its answer. */
  private static final class Prompt implements SessionListener {

    @Override
    public int bind(SmppSession session, Pdu bind) {
      return dev.assay.smpp.codec.Status.ROK;
    }

    @Override
    public void request(SmppSession session, Frame frame, @Nullable MessageFields fields) {
      session.answer(Command.SUBMIT_SM_RESP.id(), frame.sequence(), "A1");
      session.answer(
          Pdu.of(Command.DELIVER_SM)
              .sequence(1)
              .set(Field.SOURCE_ADDR, "4917012345678")
              .set(Field.DESTINATION_ADDR, "Shop")
              .set(Field.ESM_CLASS, 4)
              .set(
                  Field.SHORT_MESSAGE,
                  ("id:A1 sub:001 dlvrd:001 submit date:2611221200 done date:2611221200"
                          + " stat:DELIVRD err:000 text:x")
                      .getBytes(StandardCharsets.US_ASCII))
              .build());
    }
  }

  /** What was told: answers and statuses, as they came. */
  private record Heard(BlockingQueue<Object> all) implements ChannelListener {

    @Override
    public void status(Status status, Runnable taken) {
      all.add(status);
      taken.run();
    }

    @Override
    public void incoming(Incoming incoming, Runnable taken) {
      taken.run();
    }
  }

  private static ProviderConfiguration provider(int port) {
    return new ProviderConfiguration(
        "127.0.0.1:" + port,
        "user",
        "secret",
        "",
        ProviderConfiguration.Bind.TRANSCEIVER,
        1,
        1,
        50,
        Duration.ofSeconds(60),
        null,
        null,
        true,
        false,
        ProviderConfiguration.Doubt.RESEND,
        3,
        List.of(),
        false,
        new Place("gateway.yaml", 1, 1, ""));
  }

  private static Message message() {
    return new Message(
        "1",
        "shop",
        "Shop",
        "+4917012345678",
        "Hello",
        List.of(),
        Instant.now().plusSeconds(3600),
        true,
        Map.of());
  }

  @Test
  void aReceiptRightBehindItsAnswerIsToldAfterIt() throws InterruptedException {
    SystemClock clock = new SystemClock();
    Heard heard = new Heard(new LinkedBlockingQueue<>());
    SmppTransport transport = SmppTransport.open(1, clock);
    SmppServer centre =
        SmppServer.start(
            transport,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "prompt",
            SessionOptions.standard(),
            null,
            new Prompt());
    SmppChannel channel =
        new SmppChannel("alpha", provider(centre.address().getPort()), transport, clock, folder);
    try {
      // the message waits for a session, so nobody can answer before it is known who is told
      channel.send(message()).thenAccept(heard.all()::add);
      channel.listen(heard);
      Wait.until(() -> "it is bound", channel::ready);

      assertThat(heard.all().poll(60, TimeUnit.SECONDS)).isInstanceOf(Answer.Accepted.class);
      assertThat(heard.all().poll(60, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              Status.class, status -> assertThat(status.providerId()).isEqualTo("A1"));
    } finally {
      channel.close();
      centre.close();
      transport.close();
    }
  }
}
