package dev.assay.load.engine;

import dev.assay.load.extract.BodyReader;
import dev.assay.load.extract.Bytes;
import dev.assay.load.http1.ResponseScanner;
import dev.assay.load.http2.HeaderField;
import dev.assay.load.request.CompiledRequest;
import dev.assay.load.request.Source;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a response while it comes in: what the request asked for and nothing else. One
 * for each request that a connection can carry at once, used again. Not thread-safe.
 */
final class Answer implements ResponseScanner.Fields {

  private static final int LONGEST_HEADER = 64 * 1024;
  private static final byte[] SET_COOKIE = "set-cookie".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BETWEEN = {',', ' '};

  private final LoadLoop loop;
  private @Nullable User user;
  private @Nullable CompiledRequest request;
  private byte[][] wanted = {};
  private Bytes[] values = {};
  private boolean[] present = {};
  private byte[] text = {};
  private @Nullable BodyReader reader;
  private @Nullable EventStream events;
  private int status;

  Answer(LoadLoop loop) {
    this.loop = loop;
  }

  /** Prepares for the response to a request of a user. */
  void begin(User by, CompiledRequest to) {
    user = by;
    request = to;
    status = 0;
    if (by.events > 0) {
      EventStream stream = events == null ? new EventStream() : events;
      stream.begin();
      events = stream;
    }
    if (to.curious()) {
      wanted = loop.wanted(to.step());
      room(wanted.length);
      Arrays.fill(present, false);
      if (!to.body().empty()) {
        BodyReader fresh = loop.reader(to);
        fresh.begin();
        reader = fresh;
      }
    }
  }

  private void room(int many) {
    if (values.length < many) {
      values = new Bytes[many];
      present = new boolean[many];
      for (int i = 0; i < many; i++) {
        values[i] = new Bytes(LONGEST_HEADER);
      }
    }
  }

  /** Whether bytes of the body are looked at. */
  boolean wantsBody() {
    return reader != null || streams();
  }

  private boolean streams() {
    return user != null && user.events > 0;
  }

  /** Whether all was read that the user wants of a stream. */
  boolean enough() {
    return user != null && user.events > 0 && user.eventsSeen >= user.events;
  }

  /** What a stream of events lacks, or null. */
  @Nullable String missing() {
    User by = user();
    EventStream stream = events;
    if (stream != null && stream.oversize()) {
      return "an event is longer than 1 MiB";
    }
    if (by.eventsSeen == 0) {
      return "the stream ended without an event";
    }
    return by.events == Integer.MAX_VALUE || by.eventsSeen >= by.events
        ? null
        : "the stream ended after " + by.eventsSeen + " of " + by.events + " events";
  }

  @Override
  public void field(byte[] line, int from, int colon, int start, int stop) {
    for (int i = 0; i < wanted.length; i++) {
      if (named(wanted[i], line, from, colon)) {
        keep(i, line, start, stop);
      }
    }
    CompiledRequest to = request;
    if (to != null && to.cookies() && named(SET_COOKIE, line, from, colon)) {
      loop.cookie(user(), to, line, start, stop);
    }
  }

  /** Takes a field of HTTP/2. */
  void field(HeaderField field) {
    for (int i = 0; i < wanted.length; i++) {
      if (field.named(wanted[i])) {
        int many = text(field);
        if (many >= 0) {
          keep(i, text, 0, many);
        }
      }
    }
    CompiledRequest to = request;
    if (to != null && to.cookies() && field.named(SET_COOKIE)) {
      int many = text(field);
      if (many >= 0) {
        loop.cookie(user(), to, text, 0, many);
      }
    }
  }

  private int text(HeaderField field) {
    if (text.length < field.longestValue()) {
      text = new byte[field.longestValue()];
    }
    return field.copyValue(text, 0);
  }

  private void keep(int at, byte[] line, int start, int stop) {
    Bytes value = values[at];
    if (present[at]) {
      value.append(BETWEEN, 0, BETWEEN.length);
    } else {
      value.clear();
    }
    value.append(line, start, stop);
    present[at] = true;
  }

  private static boolean named(byte[] lowerCase, byte[] line, int from, int to) {
    if (to - from != lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      byte b = line[from + i];
      if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  /** Takes bytes of the body, if they are wanted. */
  void body(byte[] bytes, int from, int to) {
    BodyReader some = reader;
    if (some != null) {
      some.feed(bytes, from, to);
    }
    EventStream stream = events;
    if (stream != null && streams()) {
      stream.feed(loop, user(), bytes, from, to);
    }
  }

  /** The response is complete. */
  void end(int withStatus) {
    status = withStatus;
    BodyReader some = reader;
    if (some != null) {
      some.end();
    }
  }

  int status() {
    return status;
  }

  /** Why the body could not be read, or null. */
  @Nullable String fault() {
    BodyReader some = reader;
    return some == null ? null : some.fault();
  }

  /** Whether there is something at a source; a probe that tests says whether it holds. */
  boolean found(Source source) {
    return switch (source) {
      case Source.Header(int at) -> present[at];
      case Source.Body(int probe) -> {
        BodyReader some = reader;
        yield some != null && some.found(probe);
      }
      case Source.Cookie(String name) -> user().cookies.value(name) != null;
    };
  }

  /** The value at a source where something was found. */
  Bytes value(Source source) {
    return switch (source) {
      case Source.Header(int at) -> values[at];
      case Source.Body(int probe) -> {
        BodyReader some = reader;
        if (some == null) {
          throw new IllegalStateException("no body was read");
        }
        yield some.value(probe);
      }
      case Source.Cookie(String name) -> {
        Bytes value = new Bytes(LONGEST_HEADER);
        String text = user().cookies.value(name);
        value.append((text == null ? "" : text).getBytes(StandardCharsets.UTF_8));
        yield value;
      }
    };
  }

  /** Gives back what it borrowed; nothing can be asked of it any more. */
  void release() {
    BodyReader some = reader;
    CompiledRequest to = request;
    if (some != null && to != null) {
      loop.giveBack(to, some);
    }
    reader = null;
    request = null;
    user = null;
  }

  private User user() {
    User by = user;
    if (by == null) {
      throw new IllegalStateException("no response is awaited");
    }
    return by;
  }
}
