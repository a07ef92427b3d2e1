package dev.assay.load.engine;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.load.extract.Bytes;
import dev.assay.load.grpc.CompiledCall;
import dev.assay.load.grpc.GrpcStatus;
import dev.assay.load.grpc.HeadFields;
import dev.assay.load.grpc.MessageDecoder;
import dev.assay.load.grpc.MessageScanner;
import dev.assay.load.grpc.ResponseHead;
import dev.assay.load.http2.HeaderField;
import dev.assay.load.http2.Http2Request;
import dev.assay.load.request.CompiledRequest;
import org.jspecify.annotations.Nullable;

/**
 * A gRPC call of any of the four kinds on a stream of HTTP/2: all messages are sent, then this side
 * is closed, and what comes is read to its end.
 */
final class GrpcStream extends Http2Call {

  private static final int HTTP_OK = 200;

  private final ResponseHead head = new ResponseHead();
  private final MessageScanner scanner = new MessageScanner(MessageScanner.LONGEST);
  private final Bytes last = new Bytes(MessageScanner.LONGEST);
  private final Answer answer;
  private @Nullable CompiledCall call;
  private boolean curious;
  private int came;
  private long cameAt;

  GrpcStream(Http2Line line) {
    super(line);
    this.answer = new Answer(line.loop);
  }

  @Override
  void start(User by) {
    CompiledCall compiled = by.grpc;
    if (compiled == null) {
      throw new IllegalStateException("the user calls no method");
    }
    CompiledRequest request = by.request();
    RequestWriter writer = line.loop.requests();
    call = compiled;
    curious = request.curious();
    came = 0;
    last.clear();
    head.begin();
    scanner.begin(compiled.decoder() != null);
    answer.begin(by, request);
    byte[] body = compiled.fixed();
    int length = body.length;
    if (length == 0) {
      CallWriter calls = line.loop.calls();
      Bytes written = calls.write(by, compiled);
      if (written == null) {
        refuse(ErrorKind.CHECK, calls.misfit());
        return;
      }
      body = written.array();
      length = written.length();
    }
    Http2Request section = writer.http2Head(by, request, writer.http2(request));
    open(section, writer, -1, false);
    send(body, 0, length, true, compiled.fixed().length > 0);
    if (compiled.method().clientStreams()) {
      line.loop.messagesSent(by, compiled.messages().size());
    }
  }

  @Override
  public void status(int number) {
    head.http(number);
  }

  @Override
  public void header(HeaderField field) {
    HeadFields.take(field, head);
    if (curious) {
      answer.field(field);
    }
  }

  @Override
  public void trailer(HeaderField field) {
    header(field);
  }

  @Override
  public void data(byte[] bytes, int from, int to) {
    if (!head.answersGrpc()) {
      return;
    }
    int at = from;
    while (at < to) {
      at = scanner.scan(bytes, at, to);
      if (scanner.complete()) {
        message();
      }
    }
    MessageScanner.Fault fault = scanner.fault();
    if (fault != null) {
      // Whatever else comes is of no use, and there may be no end of it.
      User by = user();
      cancel();
      line.loop.failed(by, ErrorKind.PROTOCOL, fault.sentence());
    }
  }

  private void message() {
    CompiledCall under = call;
    if (under == null) {
      return;
    }
    if (under.method().serverStreams()) {
      long now = line.loop.nanos();
      User by = user();
      line.loop.event(by, came == 0, now - (came == 0 ? by.sent : cameAt));
      cameAt = now;
    }
    came++;
    if (under.decoder() != null) {
      last.clear();
      last.append(scanner.message(), scanner.from(), scanner.to());
    }
  }

  @Override
  void complete(User by) {
    scanner.end();
    CompiledCall under = call;
    if (under == null) {
      throw new IllegalStateException("no call is under way");
    }
    call = null;
    String fault = fault(under);
    if (fault != null) {
      answer.release();
      line.loop.failed(by, head.http() == HTTP_OK ? ErrorKind.PROTOCOL : ErrorKind.STATUS, fault);
      return;
    }
    GrpcStatus status = head.status();
    if (!under.accepts(status)) {
      String why = line.loop.wantsExample(by, ErrorKind.GRPC) ? said(status) : "";
      answer.release();
      line.loop.failed(by, ErrorKind.GRPC, why);
      return;
    }
    MessageDecoder decoder = under.decoder();
    if (decoder != null && came > 0) {
      Json message = decoder.decode(last.array(), 0, last.length());
      if (message == null) {
        answer.release();
        String type = under.method().output().getFullName();
        line.loop.failed(by, ErrorKind.PROTOCOL, "what came is no message " + type);
        return;
      }
      byte[] json = JsonWriter.canonicalBytes(message);
      answer.body(json, 0, json.length);
    }
    answer.end(HTTP_OK);
    line.loop.answered(by, answer);
  }

  /** Why what came is no response of this method, or null. */
  private @Nullable String fault(CompiledCall under) {
    String headFault = head.fault();
    MessageScanner.Fault fault = scanner.fault();
    if (headFault != null || fault != null) {
      return fault == null ? headFault : fault.sentence();
    }
    if (head.status() == GrpcStatus.OK && !under.method().serverStreams() && came != 1) {
      return "OK with " + came + " messages, and the method answers with one";
    }
    return null;
  }

  private String said(GrpcStatus status) {
    String message = head.message();
    return message.isEmpty() ? status.name() : status + ": " + message;
  }

  @Override
  void release() {
    call = null;
    answer.release();
  }
}
