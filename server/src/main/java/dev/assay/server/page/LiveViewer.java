package dev.assay.server.page;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One who watches a run: what is to be sent next, and whether somebody is at it. How the run is
 * goes in place of what was not sent yet; what it prints waits until the portion before was sent,
 * and is then what is newest. Thread-safe.
 */
final class LiveViewer {

  /** What is sent, made once for all to whom it goes. */
  record Message(Set<DataWithMediaType> parts) {

    Message(String event, String data) {
      this(SseEmitter.event().name(event).data(data).build());
    }

    /** What a browser that comes again says that it has. */
    Message(String event, String data, long id) {
      this(SseEmitter.event().id(Long.toString(id)).name(event).data(data).build());
    }
  }

  private final SseEmitter emitter;
  private final LiveRights.Watcher watcher;
  private final AtomicReference<@Nullable Message> next = new AtomicReference<>();
  private final AtomicReference<@Nullable Message> output = new AtomicReference<>();
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicBoolean counted = new AtomicBoolean(true);

  /** The last line that it has, or is about to get; for the one who draws. */
  private long seen;

  /** One that has the lines up to a place. */
  LiveViewer(SseEmitter emitter, LiveRights.Watcher watcher, long seen) {
    this.emitter = emitter;
    this.watcher = watcher;
    this.seen = seen;
  }

  SseEmitter emitter() {
    return emitter;
  }

  LiveRights.Watcher watcher() {
    return watcher;
  }

  /** True at the first time. */
  boolean leaves() {
    return counted.compareAndSet(true, false);
  }

  /** The last line that it has; asked and told by one thread. */
  long seen() {
    return seen;
  }

  /** Whether it took what was printed before. */
  boolean wantsOutput() {
    return output.get() == null;
  }

  /** What is printed, up to a place; another portion only once it wants one. */
  void print(Message portion, long last) {
    output.set(portion);
    seen = last;
  }

  /** Puts it in place of what was not sent yet. */
  void show(Message message) {
    next.set(message);
  }

  /** Sends what is to be sent, on another thread. */
  void send(Executor sending) {
    if (some() && busy.compareAndSet(false, true)) {
      try {
        sending.execute(this::sendAll);
      } catch (RejectedExecutionException over) {
        busy.set(false);
      }
    }
  }

  private boolean some() {
    return next.get() != null || output.get() != null;
  }

  private void sendAll() {
    do {
      try {
        while (some()) {
          Set<DataWithMediaType> parts = new LinkedHashSet<>();
          Message state = next.getAndSet(null);
          if (state != null) {
            parts.addAll(state.parts());
          }
          Message printed = output.get();
          if (printed != null) {
            parts.addAll(printed.parts());
          }
          emitter.send(parts);
          if (printed != null) {
            output.set(null); // it is on its way: another may come
          }
        }
      } catch (IOException | IllegalStateException gone) {
        emitter.completeWithError(gone);
        return;
      } finally {
        busy.set(false);
      }
    } while (some() && busy.compareAndSet(false, true));
  }

  void complete() {
    try {
      emitter.complete();
    } catch (IllegalStateException gone) {
      // who watched left at that moment
    }
  }
}
