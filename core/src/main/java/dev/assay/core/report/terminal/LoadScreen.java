package dev.assay.core.report.terminal;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.spi.Clock;
import dev.assay.api.value.Unit;
import dev.assay.core.report.RunListener;
import dev.assay.core.report.Words;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One load check while it runs, on a terminal: a block of lines drawn again in place. Who reports
 * to it never waits for the terminal: a thread of its own draws. Thread-safe; closing it takes the
 * lines away.
 */
public final class LoadScreen implements RunListener, AutoCloseable {

  private static final long EVERY = 100_000_000L;
  private static final int NUMBER = 10;
  private static final int WORD = 9;
  private static final int WIDEST = 120;

  private final Object drawing = new Object();
  private final RedrawnLines block;
  private final Clock clock;
  private final Ink ink;
  private final IntSupplier width;
  private final LoadShape shape;
  private final LoadTally tally = new LoadTally();
  private final List<String> notes = new ArrayList<>();
  private String state = "starting";
  private long since;
  private boolean closed;
  private @Nullable Thread ticker;

  /**
   * Draws to the stream, in practice standard error on a terminal.
   *
   * @param width of the terminal in columns, asked at each drawing
   */
  public LoadScreen(PrintStream out, Clock clock, Ink ink, IntSupplier width, LoadShape shape) {
    this.block = new RedrawnLines(out);
    this.clock = clock;
    this.ink = ink;
    this.width = width;
    this.shape = shape;
    this.since = clock.nanos();
  }

  /** Draws ten times a second from now on, until it is closed. */
  public synchronized LoadScreen start() {
    if (ticker == null && !closed) {
      ticker = Thread.ofPlatform().daemon().name("assay-screen").start(this::turn);
    }
    return this;
  }

  private void turn() {
    while (!Thread.currentThread().isInterrupted()) {
      draw();
      LockSupport.parkNanos(EVERY);
    }
  }

  @Override
  public synchronized void checkOpened(String check) {
    since = clock.nanos();
    state = shape.warmUp().isZero() ? "running" : "warming up";
  }

  @Override
  public synchronized void recorded(Evidence evidence) {
    if (evidence instanceof Measurement measurement) {
      state = "running";
      tally.add(measurement);
    }
  }

  @Override
  public synchronized void progress(String check, String line) {
    tally.complete();
  }

  @Override
  public synchronized void note(String line) {
    notes.add(Glyphs.clean(line));
  }

  @Override
  public synchronized void checkClosed(CheckClosed check) {
    state = "judging";
  }

  @Override
  public void runClosed(RunClosed run) {
    close();
  }

  /** Takes the lines away; notes stay. Does nothing when called again. */
  @Override
  public void close() {
    synchronized (drawing) {
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
        if (ticker != null) {
          ticker.interrupt();
        }
        keepNotes();
      }
      block.draw(List.of());
    }
  }

  /** Draws once. */
  void draw() {
    synchronized (drawing) {
      List<String> lines;
      synchronized (this) {
        if (closed) {
          return;
        }
        keepNotes();
        lines = lines();
      }
      block.draw(lines);
    }
  }

  private void keepNotes() {
    notes.forEach(note -> block.keep(Glyphs.cut(note, columns())));
    notes.clear();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    double seconds = (clock.nanos() - since) / 1e9;
    lines.add(ink.bold(Glyphs.cut(Glyphs.clean(shape.title()), columns())));
    lines.add(bar(seconds));
    LoadTally.Interval now = tally.newest();
    double rate = now == null ? Double.NaN : now.rate();
    double p99 = now == null ? Double.NaN : now.p99();
    String asked =
        shape.paced()
            ? " of "
                + perSecond(shape.askedAt(Math.max(0, seconds - shape.warmUp().toNanos() / 1e9)))
            : "";
    String none = " ".repeat(asked.length());
    lines.add(spark("rate", perSecond(rate), asked, LoadTally.Interval::rate));
    lines.add(spark("p99", time(p99), none, LoadTally.Interval::p99));
    lines.add(ink.dim(row("", "p50", "p90", "p99", "max")));
    lines.add(
        row(
            "latency",
            time(tally.latency(50)),
            time(tally.latency(90)),
            time(tally.latency(99)),
            time(tally.latency(100))));
    lines.add(errors());
    return lines;
  }

  /** How far it is: of the time, or of the requests where a number of them ends it. */
  private String bar(double seconds) {
    Duration length = shape.length();
    double all = length == null ? 0 : (shape.warmUp().toNanos() + length.toNanos()) / 1e9;
    double byTime = length == null ? 0 : seconds / all;
    double byCount = shape.requests() == 0 ? 0 : (double) tally.requests() / shape.requests();
    double share = Math.max(byTime, byCount);
    String time =
        String.format(Locale.ROOT, "%.1f s", seconds)
            + (length == null ? "" : " of " + Unit.NANOSECONDS.format(all * 1e9));
    String text = "  " + time + "  " + state;
    int room = Math.min(columns(), WIDEST) - Glyphs.width(text);
    int done = (int) Math.round(Math.clamp(share, 0, 1) * Math.max(0, room));
    return room < 1
        ? Glyphs.cut(text.strip(), columns())
        : ink.cyan("━".repeat(done)) + ink.dim("─".repeat(room - done) + text);
  }

  private String spark(
      String word, String number, String detail, ToDoubleFunction<LoadTally.Interval> value) {
    double[] values =
        tally.intervals().stream()
            .filter(interval -> !afterTheEnd(interval))
            .mapToDouble(value)
            .toArray();
    String head = Glyphs.pad(word, WORD) + right(number) + detail + "  ";
    int room = Math.min(columns(), WIDEST) - Glyphs.width(head);
    return Glyphs.cut(head, columns()) + ink.cyan(Sparkline.of(values, room));
  }

  /** Answers that still came in; their number in a second says nothing. */
  private boolean afterTheEnd(LoadTally.Interval interval) {
    Duration length = shape.length();
    return length != null && interval.begin() >= length.toNanos() / 1e9;
  }

  private String row(String word, String... cells) {
    StringBuilder row = new StringBuilder(Glyphs.pad(word, WORD));
    for (String cell : cells) {
      row.append(right(cell)).append("  ");
    }
    return Glyphs.cut(row.toString().stripTrailing(), columns());
  }

  private String errors() {
    long errors = tally.errors();
    StringBuilder text = new StringBuilder();
    text.append(Glyphs.pad("requests", WORD)).append(right(Words.grouped(tally.requests())));
    text.append("  errors ").append(Words.grouped(errors));
    if (errors > 0) {
      text.append(':');
      String separator = " ";
      for (Map.Entry<String, Long> kind : tally.kinds().entrySet()) {
        text.append(separator).append(kind.getKey()).append(' ');
        text.append(Words.grouped(kind.getValue()));
        separator = ", ";
      }
    }
    String line = Glyphs.cut(Glyphs.clean(text.toString()), columns());
    return errors > 0 ? ink.red(line) : line;
  }

  private static String right(String text) {
    return " ".repeat(Math.max(0, NUMBER - Glyphs.width(text))) + text;
  }

  private static String perSecond(double rate) {
    return Double.isNaN(rate) ? "–" : Words.grouped(Math.round(rate)) + "/s";
  }

  private static String time(double nanos) {
    return Double.isNaN(nanos) ? "–" : Unit.NANOSECONDS.format(nanos);
  }

  /** One column is left free, as terminals differ in when they wrap. */
  private int columns() {
    return Math.max(20, width.getAsInt()) - 1;
  }
}
