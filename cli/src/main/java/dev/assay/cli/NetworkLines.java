package dev.assay.cli;

import dev.assay.api.spi.Clock;
import dev.assay.network.proxy.ProxyStatistics;
import java.util.Locale;
import java.util.function.Supplier;

/** Says what a link carries, while it does and in the end. */
final class NetworkLines {

  private static final long SECOND = 1_000;
  private static final int PLAIN_EVERY = 10;

  private final Console console;
  private final Clock clock;
  private final Supplier<ProxyStatistics> statistics;
  private final boolean quiet;
  private final long begun;

  /**
   * Shows nothing yet.
   *
   * @param statistics what the link has carried so far
   * @param quiet whether nothing is shown
   */
  NetworkLines(Console console, Clock clock, Supplier<ProxyStatistics> statistics, boolean quiet) {
    this.console = console;
    this.clock = clock;
    this.statistics = statistics;
    this.quiet = quiet;
    this.begun = clock.nanos();
  }

  /** Shows a line each second on a terminal, else one in ten seconds in which something came. */
  void showUntilInterrupted() throws InterruptedException {
    ProxyStatistics before = statistics.get();
    long every = console.terminal() ? 1 : PLAIN_EVERY;
    while (true) {
      Thread.sleep(every * SECOND);
      ProxyStatistics now = statistics.get();
      if (!quiet && console.terminal()) {
        console.err().print("\r" + fitted(line(before, now, every)) + "\u001b[K");
        console.err().flush();
      } else if (!quiet && !now.equals(before)) {
        console.err().println(line(before, now, every));
      }
      before = now;
    }
  }

  /** Shows what was carried in all. */
  void end() {
    if (quiet) {
      return;
    }
    ProxyStatistics all = statistics.get();
    double seconds = (clock.nanos() - begun) / 1e9;
    console
        .err()
        .printf(
            Locale.ROOT,
            "%s%d clients in %.1f s: %s up, %s down%s%n",
            console.terminal() ? "\n" : "",
            all.connections(),
            seconds,
            bytes(all.bytesUp()),
            bytes(all.bytesDown()),
            troubles(all));
    console.err().flush();
  }

  private String line(ProxyStatistics before, ProxyStatistics now, long seconds) {
    return String.format(
        Locale.ROOT,
        "%6.0f s  %d open of %d  up %s (%s)  down %s (%s)%s",
        (clock.nanos() - begun) / 1e9,
        now.open(),
        now.connections(),
        bytes(now.bytesUp()),
        rate(now.bytesUp() - before.bytesUp(), seconds),
        bytes(now.bytesDown()),
        rate(now.bytesDown() - before.bytesDown(), seconds),
        troubles(now));
  }

  private String fitted(String line) {
    return line.length() < console.width() ? line : line.substring(0, console.width() - 1);
  }

  private static String troubles(ProxyStatistics all) {
    StringBuilder text = new StringBuilder();
    add(text, all.failed(), "not taken by the server");
    add(text, all.resets(), "reset");
    add(text, all.dropped(), "datagrams lost");
    add(text, all.duplicated(), "datagrams doubled");
    return text.toString();
  }

  private static void add(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", ").append(count).append(' ').append(what);
    }
  }

  private static String rate(long bytes, long seconds) {
    return scaled(bytes * 8.0 / seconds, "bit/s");
  }

  private static String bytes(long count) {
    return scaled(count, "B");
  }

  private static String scaled(double value, String unit) {
    if (value >= 1e9) {
      return String.format(Locale.ROOT, "%.2f G%s", value / 1e9, unit);
    }
    if (value >= 1e6) {
      return String.format(Locale.ROOT, "%.2f M%s", value / 1e6, unit);
    }
    return value >= 1e3
        ? String.format(Locale.ROOT, "%.1f k%s", value / 1e3, unit)
        : String.format(Locale.ROOT, "%.0f %s", value, unit);
  }
}
