package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.evidence.Event;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.value.Rate;
import dev.assay.api.value.Template;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Frame;
import dev.assay.smpp.codec.MessageFields;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.session.SessionListener;
import dev.assay.smpp.session.SessionOptions;
import dev.assay.smpp.session.SmppServer;
import dev.assay.smpp.session.SmppSession;
import dev.assay.smpp.session.SmppTransport;
import dev.assay.testkit.RecordingSink;
import dev.assay.testkit.TestContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Load of messages as a check of a workspace. */
@Timeout(60)
class SmppCheckTest {

  @TempDir private Path folder;

  private final SmppTransport transport = SmppTransport.open(1, new SystemClock());
  private final AtomicLong seen = new AtomicLong();
  private SmppServer centre;

  /** Takes every message but each tenth, which it throttles. */
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
      if (id % 10 == 0) {
        session.answer(Command.SUBMIT_SM_RESP.id(), Status.RTHROTTLED, frame.sequence());
      } else {
        session.answer(Command.SUBMIT_SM_RESP.id(), frame.sequence(), id);
      }
    }
  }

  @BeforeEach
  void start() throws Exception {
    centre =
        SmppServer.start(
            transport,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "centre",
            SessionOptions.standard(),
            null,
            new Centre());
  }

  @AfterEach
  void stop() {
    centre.close();
    transport.close();
  }

  private SmppCheckConfiguration configuration(String to, double rate, String text) {
    return new SmppCheckConfiguration(
        Template.parse(to),
        Template.parse("user"),
        Template.parse("secret"),
        rate == 0 ? null : new Rate(rate),
        Duration.ofSeconds(1),
        Duration.ZERO,
        2,
        20,
        false,
        Template.parse("Assay"),
        Template.parse("4477"),
        Template.parse(text),
        null,
        false,
        Place.NONE);
  }

  private RecordingSink run(SmppCheckConfiguration configuration) throws Exception {
    TestContext context = new TestContext(folder, folder, null);
    RecordingSink sink = new RecordingSink(context.check());
    new SmppCheck(configuration).run(context, sink);
    return sink;
  }

  @Test
  void everyMessageIsAccountedFor() throws Exception {
    RecordingSink sink = run(configuration("127.0.0.1:" + centre.address().getPort(), 200, "Hi"));

    long requests = sink.sum("requests");
    assertThat(requests).isEqualTo(seen.get()).isBetween(150L, 201L);
    assertThat(sink.sum("errors.by.kind")).isGreaterThanOrEqualTo(requests / 10);
    assertThat(sink.sum("latency")).isEqualTo(requests - requests / 10);
    assertThat(sink.of(Event.class))
        .singleElement()
        .satisfies(event -> assertThat(event.message()).contains(requests / 10 + " throttled"));
  }

  @Test
  void withoutARateTheWindowsAreKeptFull() throws Exception {
    RecordingSink sink = run(configuration("127.0.0.1:" + centre.address().getPort(), 0, "Hi"));

    assertThat(sink.sum("requests")).isGreaterThan(200);
  }

  @Test
  void aTextOfTwoPartsIsRefusedBeforeAnythingIsSent() {
    assertThatThrownBy(() ->
            run(configuration("127.0.0.1:" + centre.address().getPort(), 10, "x".repeat(161))))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("takes 2 parts");
    assertThat(seen).hasValue(0);
  }

  @Test
  void moreThanAFewMessagesAreNotSentToAStranger() {
    assertThatThrownBy(() -> run(configuration("192.0.2.1:2775", 51, "Hi")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("i own this target");
  }

  @Test
  void aCentreThatIsNotThereIsNamed() {
    String nobody = "127.0.0.1:" + centre.address().getPort();
    centre.close();

    assertThatThrownBy(() -> run(configuration(nobody, 10, "Hi")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(nobody);
  }
}
