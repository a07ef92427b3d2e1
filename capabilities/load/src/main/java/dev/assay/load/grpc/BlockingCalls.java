package dev.assay.load.grpc;

import dev.assay.load.http2.ErrorCode;
import dev.assay.load.http2.HeaderField;
import dev.assay.load.http2.Http2Exchange;
import dev.assay.load.http2.Http2Fault;
import dev.assay.load.http2.Http2Output;
import dev.assay.load.http2.Http2Request;
import dev.assay.load.http2.Http2Session;
import dev.assay.load.http2.Http2Stream;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls methods one after the other on one connection and waits for each: for what is asked before
 * the start, never for load. Not for use by several threads.
 */
final class BlockingCalls implements Closeable {

  private static final int LARGEST = 64 << 20;

  private final Wire wire;
  private final GrpcServer server;
  private final LongSupplier clock;
  private final long deadline;
  private final byte[] read = new byte[16 * 1024];
  private final Http2Session session = new Http2Session(new Quiet(), 1);

  /**
   * What came back.
   *
   * @param status the status of the call
   * @param message what the server said of it, or why it is no answer at all
   * @param messages the messages, in order
   */
  record Answer(GrpcStatus status, String message, List<byte[]> messages) {}

  /** The session's faults are found by asking. */
  private static final class Quiet implements Http2Session.Owner {
    @Override
    public void ready() {}

    @Override
    public void limited() {}

    @Override
    public void goingAway(int errorCode) {}

    @Override
    public void broken(Http2Fault why) {}
  }

  /** One call under way. */
  private static final class Exchange implements Http2Exchange {
    private final ResponseHead head = new ResponseHead();
    private final MessageScanner scanner = new MessageScanner(LARGEST);
    private final List<byte[]> messages = new ArrayList<>();
    private long total;
    private boolean over;
    private @Nullable String broken;

    Exchange() {
      head.begin();
      scanner.begin(true);
    }

    @Override
    public void status(int status) {
      head.http(status);
    }

    @Override
    public void header(HeaderField field) {
      HeadFields.take(field, head);
    }

    @Override
    public void trailer(HeaderField field) {
      HeadFields.take(field, head);
    }

    @Override
    public void data(byte[] bytes, int from, int to) {
      total += to - from;
      if (!head.answersGrpc() || total > LARGEST) {
        return;
      }
      int at = from;
      while (at < to) {
        at = scanner.scan(bytes, at, to);
        if (scanner.complete()) {
          messages.add(Arrays.copyOfRange(scanner.message(), scanner.from(), scanner.to()));
        }
      }
    }

    @Override
    public void ended() {
      over = true;
      scanner.end();
    }

    @Override
    public void failed(Failure why, int errorCode) {
      over = true;
      broken = "the call failed: " + why + ", " + ErrorCode.name(errorCode);
    }

    Answer answer() {
      MessageScanner.Fault fault = scanner.fault();
      String wrong =
          broken != null
              ? broken
              : total > LARGEST
                  ? "the answer is longer than 64 MB"
                  : fault != null ? fault.sentence() : head.fault();
      return wrong == null
          ? new Answer(head.status(), head.message(), messages)
          : new Answer(
              head.fault() == null || broken != null ? GrpcStatus.UNKNOWN : head.status(),
              wrong,
              List.of());
    }
  }

  private BlockingCalls(Wire wire, GrpcServer server, LongSupplier clock) {
    this.wire = wire;
    this.server = server;
    this.clock = clock;
    this.deadline = clock.getAsLong() + server.timeout().toNanos();
  }

  /**
   * Connects.
   *
   * @param clock monotonic, in nanoseconds
   */
  static BlockingCalls open(GrpcServer server, LongSupplier clock) throws IOException {
    Wire wire = server.connect(clock);
    BlockingCalls calls = new BlockingCalls(wire, server, clock);
    try {
      calls.session.begin();
      while (!calls.session.isReady()) {
        calls.turn();
      }
      return calls;
    } catch (IOException broken) {
      wire.close();
      throw broken;
    }
  }

  /** Sends one message and waits for the end of the answer. */
  Answer call(String path, byte[] message) throws IOException {
    Http2Request.Builder builder =
        Http2Request.builder(
            "POST",
            server.tls() == null ? "http" : "https",
            List.of(Http2Request.Part.of(server.authority())),
            List.of(Http2Request.Part.of(path)));
    builder.field("te", "trailers").field("content-type", "application/grpc");
    builder.field("user-agent", "assay-load");
    server.headers().forEach(builder::field);
    Exchange exchange = new Exchange();
    if (session.free() == 0) {
      throw new IOException("the server takes no more calls on this connection");
    }
    Http2Stream stream =
        session.open(builder.build(), Http2Request.Slots.NONE, -1, false, exchange);
    session.send(stream, framed(message), 0, message.length + 5, true, true);
    while (!exchange.over) {
      turn();
    }
    flush();
    return exchange.answer();
  }

  private static byte[] framed(byte[] message) {
    byte[] framed = new byte[message.length + MessageWriter.PREFIX];
    for (int i = 1; i < MessageWriter.PREFIX; i++) {
      framed[i] = (byte) (message.length >>> 8 * (MessageWriter.PREFIX - 1 - i));
    }
    System.arraycopy(message, 0, framed, MessageWriter.PREFIX, message.length);
    return framed;
  }

  /** Sends what is to be sent, and takes what comes. */
  private void turn() throws IOException {
    flush();
    Http2Fault fault = session.fault();
    if (fault != null) {
      throw new IOException("the server does not speak HTTP/2 here: " + fault.sentence());
    }
    int many = wire.read(read, left());
    if (many < 0) {
      session.closed(Http2Exchange.Failure.CLOSED);
      throw new IOException("the server closed the connection");
    }
    session.receive(read, 0, many);
    flush();
  }

  private long left() throws IOException {
    long left = deadline - clock.getAsLong();
    if (left <= 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    return left;
  }

  private void flush() throws IOException {
    Http2Output output = session.output();
    while (output.size() > 0) {
      wire.write(output.bytes(), 0, output.size(), left());
      output.clear();
      session.sent();
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
