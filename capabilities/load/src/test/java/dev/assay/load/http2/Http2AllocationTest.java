package dev.assay.load.http2;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class Http2AllocationTest {

  private static final int STREAMS = 64;
  private static final int ROUNDS = 500;
  private static final byte[] ETAG = "etag".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SLOT = "a value".getBytes(StandardCharsets.US_ASCII);

  private int nextId = 1;
  private long ended;
  private long found;
  private final byte[] into = new byte[64];

  @Test
  void requestsAndResponsesAllocateNothingInTheSteadyState() {
    Http2Session session = new Http2Session(new Conversation(), STREAMS);
    session.begin();
    byte[] greeting = Wire.greeting().bytes();
    session.receive(greeting, 0, greeting.length);
    Exchange[] exchanges = new Exchange[STREAMS];
    for (int i = 0; i < STREAMS; i++) {
      exchanges[i] = new Exchange();
    }
    byte[] response =
        new Wire()
            .headers(4, 0, "88 5f 87 497ca58ae819aa 0f0d 01 35 00 04 65746167 03 616263")
            .data(1, 0, "hello")
            .bytes();
    Http2Request fixed = Conversation.get("/");
    Http2Request slotted =
        Http2Request.builder(
                "POST",
                "http",
                List.of(Http2Request.Part.of("x")),
                List.of(Http2Request.Part.of("/"), new Http2Request.Part.Slot(0)))
            .build();
    Http2Request.Slots slots = (slot, out) -> out.write(SLOT, 0, SLOT.length);
    rounds(session, exchanges, response, fixed, slotted, slots);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long endedBefore = ended;
    rounds(session, exchanges, response, fixed, slotted, slots);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(ended - endedBefore).isEqualTo((long) ROUNDS * STREAMS);
    assertThat(found).isEqualTo(ended);
    assertThat((double) allocated / (ended - endedBefore)).isLessThan(1);
  }

  private void rounds(
      Http2Session session,
      Exchange[] exchanges,
      byte[] response,
      Http2Request fixed,
      Http2Request slotted,
      Http2Request.Slots slots) {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < STREAMS; i++) {
        if (i % 2 == 0) {
          session.open(fixed, Http2Request.Slots.NONE, -1, true, exchanges[i]);
        } else {
          Http2Stream stream = session.open(slotted, slots, SLOT.length, false, exchanges[i]);
          session.send(stream, SLOT, 0, SLOT.length, true, false);
        }
      }
      session.output().clear();
      session.sent();
      for (int i = 0; i < STREAMS; i++) {
        int id = nextId;
        nextId += 2;
        setId(response, 5, id);
        setId(response, response.length - 5 - 4, id);
        // In two pieces, so that a frame has to be kept.
        session.receive(response, 0, 20);
        session.receive(response, 20, response.length);
      }
    }
  }

  private static void setId(byte[] bytes, int at, int id) {
    bytes[at] = (byte) (id >>> 24);
    bytes[at + 1] = (byte) (id >>> 16);
    bytes[at + 2] = (byte) (id >>> 8);
    bytes[at + 3] = (byte) id;
  }

  private final class Exchange implements Http2Exchange {
    @Override
    public void status(int status) {}

    @Override
    public void header(HeaderField field) {
      if (field.named(ETAG) && field.copyValue(into, 0) == 3) {
        found++;
      }
    }

    @Override
    public void ended() {
      ended++;
    }

    @Override
    public void failed(Failure why, int errorCode) {
      throw new AssertionError(why);
    }
  }
}
