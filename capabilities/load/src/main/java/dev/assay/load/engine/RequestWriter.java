package dev.assay.load.engine;

import dev.assay.load.extract.Bytes;
import dev.assay.load.extract.ValueTest;
import dev.assay.load.feed.Feeder;
import dev.assay.load.http1.Http1Form;
import dev.assay.load.http2.Http2Form;
import dev.assay.load.http2.Http2Output;
import dev.assay.load.http2.Http2Request;
import dev.assay.load.request.CompiledRequest;
import dev.assay.load.request.Segment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bytes of requests on one loop: a fixed request is encoded once, slots of others are
 * filled into one buffer that all share. Not thread-safe.
 */
final class RequestWriter implements Http2Request.Slots {

  private static final int LONGEST_REQUEST = 64 << 20;
  private static final int LONGEST_VALUE = 1 << 20;

  private final Origin[] origins;
  private final Feeder[] feeders;
  private final CompiledRequest[] requests;
  private final Http1Form[] forms;
  private final @Nullable ByteBuf[] fixed;
  private final Bytes head = new Bytes(LONGEST_REQUEST);
  private final Bytes content = new Bytes(LONGEST_REQUEST);
  private final Bytes value = new Bytes(LONGEST_VALUE);
  private final IdentityHashMap<ValueTest, ValueTest> tests = new IdentityHashMap<>();
  private final ByteBuf filled = Unpooled.directBuffer(1024);
  private final @Nullable Http2Form[] http2Forms;
  private @Nullable User filler;
  private @Nullable CompiledRequest fillerRequest;
  private List<Segment> slots = List.of();

  RequestWriter(LoadPlan plan, List<CompiledRequest> calls, Feeder[] feeders) {
    this.origins = plan.origins().toArray(new Origin[0]);
    this.feeders = feeders;
    this.requests = new CompiledRequest[plan.steps()];
    this.forms = new Http1Form[plan.steps()];
    this.fixed = new @Nullable ByteBuf[plan.steps()];
    this.http2Forms = new @Nullable Http2Form[plan.steps()];
    for (CompiledRequest call : calls) {
      Http1Form form = Http1Form.of(call);
      requests[call.step()] = call;
      forms[call.step()] = form;
      fixed[call.step()] = form.fixed() && !call.cookies() ? encoded(form) : null;
      Origin origin = origins[call.origin()];
      if (origin.protocol() == Protocol.HTTP2) {
        http2Forms[call.step()] = Http2Form.of(call, origin.scheme());
      }
    }
  }

  private static ByteBuf encoded(Http1Form form) {
    ByteBuf bytes = Unpooled.directBuffer();
    for (Segment segment : form.whole()) {
      if (segment instanceof Segment.Fixed(byte[] piece)) {
        bytes.writeBytes(piece);
      }
    }
    return bytes;
  }

  /** The bytes of a request; valid until the next call. */
  @SuppressWarnings("ReferenceEquality") // a redirected request is another one of the same step
  ByteBuf http1(User user, CompiledRequest request) {
    int step = request.step();
    boolean known = requests[step] == request;
    ByteBuf ready = known ? fixed[step] : null;
    if (ready != null) {
      return ready;
    }
    Http1Form form = known ? forms[step] : Http1Form.of(request);
    content.clear();
    render(form.content(), user, content);
    head.clear();
    render(form.start(), user, head);
    if (request.cookies()) {
      user.cookies.line(origins[request.origin()], request, head);
    }
    render(form.end(), user, head);
    filled.clear();
    filled.writeBytes(head.array(), 0, head.length());
    filled.writeBytes(content.array(), 0, content.length());
    return filled;
  }

  /** The form of a request for HTTP/2. */
  @SuppressWarnings("ReferenceEquality") // a redirected request is another one of the same step
  Http2Form http2(CompiledRequest request) {
    int step = request.step();
    Http2Form form = requests[step] == request ? http2Forms[step] : null;
    return form == null ? Http2Form.of(request, origins[request.origin()].scheme()) : form;
  }

  /** The header section of a user's request, whose slots this fills until the next call. */
  Http2Request http2Head(User user, CompiledRequest request, Http2Form form) {
    filler = user;
    fillerRequest = request;
    slots = form.slots();
    boolean cookied = request.cookies() && user.cookies.fits(origins[request.origin()], request);
    return cookied ? form.cookied() : form.plain();
  }

  /** The body of a user's request; valid until the next call. */
  Bytes content(User user, List<Segment> segments) {
    content.clear();
    render(segments, user, content);
    return content;
  }

  @Override
  public void write(int slot, Http2Output out) {
    User user = filler;
    CompiledRequest request = fillerRequest;
    if (user == null || request == null) {
      throw new IllegalStateException("no request is being written");
    }
    head.clear();
    if (slot == Http2Form.COOKIE) {
      user.cookies.value(origins[request.origin()], request, head);
    } else {
      render(slots.get(slot), user, head);
    }
    out.write(head.array(), 0, head.length());
  }

  /** Fills segments with the values of a user. */
  void render(List<Segment> segments, User user, Bytes into) {
    for (int i = 0; i < segments.size(); i++) {
      render(segments.get(i), user, into);
    }
  }

  private void render(Segment segment, User user, Bytes into) {
    if (segment instanceof Segment.Fixed(byte[] piece)) {
      into.append(piece, 0, piece.length);
    } else if (segment instanceof Segment.Saved saved) {
      saved.encoding().write(user.slots[saved.slot()], into);
    } else if (segment instanceof Segment.Column column) {
      value.clear();
      feeders[column.feeder()].records().write(user.rows[column.feeder()], column.column(), value);
      column.encoding().write(value, into);
    } else {
      into.appendNumber(content.length());
    }
  }

  /** Whether all conditions hold for a user. */
  boolean hold(List<Instruction.Condition> conditions, User user) {
    for (int i = 0; i < conditions.size(); i++) {
      Instruction.Condition condition = conditions.get(i);
      head.clear();
      render(condition.value(), user, head);
      ValueTest test = tests.computeIfAbsent(condition.test(), ValueTest::copy);
      boolean holds = head.length() == 0 ? test.holdsForNothing() : test.holds(head);
      if (!holds && !(head.length() == 0 && test.holds(head))) {
        return false;
      }
    }
    return true;
  }

  /** Path and query of a request as sent. */
  String resource(User user, CompiledRequest request) {
    Bytes text = new Bytes(LONGEST_VALUE);
    render(request.resource(), user, text);
    return text.text();
  }

  void release() {
    for (ByteBuf one : fixed) {
      if (one != null) {
        one.release();
      }
    }
    filled.release();
  }
}
