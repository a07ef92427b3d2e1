package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.spi.Clock;
import dev.assay.api.verdict.Decision;
import dev.assay.observe.monitor.MonitorResult;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/** Prints what monitors find, a line each. Thread-safe. */
final class MonitorOutput implements AutoCloseable {

  private final Console console;
  private final Clock clock;
  private final boolean json;
  private final ReentrantLock lock = new ReentrantLock();

  MonitorOutput(Console console, Clock clock, boolean json) {
    this.console = console;
    this.clock = clock;
    this.json = json;
  }

  /** A check was carried out. */
  void result(MonitorResult result) {
    Decision decision = result.run().decision();
    long millis = result.took().toMillis();
    line(
        Json.object()
            .put("event", "result")
            .put("at", clock.now().toString())
            .put("monitor", result.monitor())
            .put("check", result.check())
            .put("decision", decision.word())
            .put("milliseconds", millis)
            .put("reason", result.why())
            .put("run", result.run().id())
            .build(),
        String.format(
            Locale.ROOT,
            "%-12s %6d ms  %s  %s%s",
            decision.word().toUpperCase(Locale.ROOT),
            millis,
            result.monitor(),
            result.run().id(),
            result.why().isEmpty() ? "" : "\n          " + result.why()));
  }

  /** Something that is no result. */
  void note(String kind, String monitor, String text) {
    line(
        Json.object()
            .put("event", kind)
            .put("at", clock.now().toString())
            .put("monitor", monitor)
            .put("text", text)
            .build(),
        String.format(Locale.ROOT, "%-12s %s: %s", kind.toUpperCase(Locale.ROOT), monitor, text));
  }

  private void line(Json.Obj object, String text) {
    lock.lock();
    try {
      if (json) {
        console.out().println(JsonWriter.canonical(object));
      } else {
        console.out().println(time(clock.now()) + "  " + text);
      }
      console.out().flush();
    } finally {
      lock.unlock();
    }
  }

  private static String time(Instant at) {
    return LocalTime.ofInstant(at.truncatedTo(ChronoUnit.SECONDS), ZoneId.systemDefault())
        .format(java.time.format.DateTimeFormatter.ISO_LOCAL_TIME);
  }

  @Override
  public void close() {
    console.out().flush();
  }
}
