package dev.assay.core.report.terminal;

import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.spi.Clock;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.report.RunListener;
import dev.assay.core.report.Words;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lines that are drawn again in place, at most ten times a second: what runs now and how far it is.
 * What has ended stands above them and stays. Each drawing is one write that overwrites line by
 * line, so nothing flickers. Thread-safe; closing it takes the lines away, and must be done also
 * where the run is interrupted.
 */
public final class LiveTerminal implements RunListener, AutoCloseable {

  /** The least time between two drawings. */
  private static final long EVERY = 100_000_000L;

  private static final int MOST_LINES = 12;
  private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};

  private final RedrawnLines block;
  private final Clock clock;
  private final Ink ink;
  private final IntSupplier width;
  private final Map<String, Running> running = new LinkedHashMap<>();
  private final Map<String, String> services = new LinkedHashMap<>();
  private String title = "";
  private int planned;
  private int judged;
  private long start;
  private long drawn;
  private int frame;
  private boolean closed;
  private @Nullable Thread ticker;

  /** A check that goes on. */
  private static final class Running {
    private final long since;
    private String line = "";
    private boolean ended;

    Running(long since) {
      this.since = since;
    }
  }

  /**
   * Draws to the stream, in practice standard error on a terminal.
   *
   * @param width of the terminal in columns, asked at each drawing
   */
  public LiveTerminal(PrintStream out, Clock clock, Ink ink, IntSupplier width) {
    this.block = new RedrawnLines(out);
    this.clock = clock;
    this.ink = ink;
    this.width = width;
    this.start = clock.nanos();
    this.drawn = start - EVERY;
  }

  /** Lets the spinner turn and the time run while nothing else happens, until it is closed. */
  public synchronized LiveTerminal start() {
    if (ticker == null && !closed) {
      ticker = Thread.ofVirtual().name("assay-live").start(this::turn);
    }
    return this;
  }

  /** What lets it turn; null before it is started. */
  synchronized @Nullable Thread ticker() {
    return ticker;
  }

  private void turn() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(EVERY);
      tick();
    }
  }

  /** Draws if it is time to. */
  synchronized void tick() {
    if (!closed && clock.nanos() - drawn >= EVERY) {
      draw();
    }
  }

  @Override
  public synchronized void runOpened(RunOpened run) {
    start = clock.nanos();
    planned = run.checks().size();
    title = Glyphs.clean(run.workspace() + " · " + run.subject().environment());
    tick();
  }

  @Override
  public synchronized void serviceState(String name, String state, String detail) {
    services.put(Glyphs.clean(name), Glyphs.clean(state + (detail.isEmpty() ? "" : ": " + detail)));
    tick();
  }

  @Override
  public synchronized void checkOpened(String check) {
    running.put(check, new Running(clock.nanos()));
    tick();
  }

  @Override
  public synchronized void progress(String check, String line) {
    Running current = running.get(check);
    if (current != null) {
      current.line = Glyphs.clean(line);
    }
    tick();
  }

  @Override
  public synchronized void note(String line) {
    if (closed) {
      return;
    }
    block.keep(Glyphs.cut(Glyphs.clean(line), columns()));
    draw();
  }

  @Override
  public synchronized void checkClosed(CheckClosed check) {
    Running current = running.get(check.check());
    if (current != null) {
      current.ended = true;
      current.line = "judging";
    }
    tick();
  }

  @Override
  public synchronized void judged(String check, Verdict verdict) {
    judged++;
    Running ended = running.remove(check);
    String took = ended == null ? "" : "  " + elapsed(clock.nanos() - ended.since);
    Decision decision = verdict.decision();
    String why =
        verdict.reasons().stream()
            .filter(reason -> reason.decision() != Decision.PASS)
            .findFirst()
            .map(Reason::sentence)
            .map(sentence -> "  " + sentence)
            .orElse("");
    String word = Words.glyph(decision) + " " + Glyphs.pad(decision.word(), 12);
    int room = columns() - Glyphs.width(word) - 2;
    block.keep(
        ink.tone(decision, word) + "  " + Glyphs.cut(Glyphs.clean(check + took + why), room));
    tick();
  }

  @Override
  public synchronized void runClosed(RunClosed run) {
    close();
  }

  /** Takes the lines away; what has ended stays. Does nothing when called again. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    running.clear();
    block.draw(List.of());
    Thread turning = ticker;
    if (turning != null) {
      turning.interrupt();
    }
  }

  private void draw() {
    drawn = clock.nanos();
    frame++;
    List<String> lines = new ArrayList<>();
    String count = judged + " of " + Words.many(planned, "check");
    lines.add(
        ink.bold(Glyphs.cut(title + " · " + count + " · " + elapsed(drawn - start), columns())));
    services.forEach((name, state) -> lines.add(service(name, state)));
    running.forEach((check, current) -> lines.add(line(check, current)));
    int left = lines.size() - MOST_LINES;
    if (left > 0) {
      lines.subList(MOST_LINES, lines.size()).clear();
      lines.add(ink.dim("… and " + left + " more"));
    }
    block.draw(lines);
  }

  private String service(String name, String state) {
    return ink.dim(Glyphs.cut("◆ " + name + "  " + state, columns()));
  }

  private String line(String check, Running current) {
    String spinner = current.ended ? "·" : SPINNER[frame % SPINNER.length];
    String time = elapsed(clock.nanos() - current.since);
    String text = Glyphs.clean(check) + "  " + time + "  " + current.line;
    return ink.cyan(spinner) + " " + Glyphs.cut(text, columns() - 2);
  }

  /** One column is left free, as terminals differ in when they wrap. */
  private int columns() {
    return Math.max(20, width.getAsInt()) - 1;
  }

  private static String elapsed(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }
}
