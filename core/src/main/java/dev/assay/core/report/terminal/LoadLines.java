package dev.assay.core.report.terminal;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.spi.Clock;
import dev.assay.api.value.Unit;
import dev.assay.core.report.RunListener;
import dev.assay.core.report.Words;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** One load check while it runs, for logs and pipes: a line for each second. Thread-safe. */
public final class LoadLines implements RunListener {

  private final PrintStream out;
  private final Clock clock;
  private final LoadShape shape;
  private final LoadTally tally = new LoadTally();
  private final long since;

  /** Prints to the stream, in practice standard error. */
  public LoadLines(PrintStream out, Clock clock, LoadShape shape) {
    this.out = out;
    this.clock = clock;
    this.shape = shape;
    this.since = clock.nanos();
  }

  @Override
  public synchronized void checkOpened(String check) {
    print(Glyphs.clean(shape.title()));
  }

  @Override
  public synchronized void recorded(Evidence evidence) {
    if (evidence instanceof Measurement measurement) {
      tally.add(measurement);
    }
  }

  @Override
  public synchronized void progress(String check, String line) {
    tally.complete();
    LoadTally.Interval newest = tally.newest();
    if (newest != null) {
      Duration length = shape.length();
      boolean over = length != null && newest.begin() >= length.toNanos() / 1e9;
      print(
          (over ? "after the end" : Unit.PER_SECOND.format(Math.round(newest.rate())))
              + "  p50 "
              + time(newest.p50())
              + "  p99 "
              + time(newest.p99())
              + "  max "
              + time(newest.max())
              + "  errors "
              + Words.grouped(newest.errors()));
    }
  }

  @Override
  public synchronized void note(String line) {
    print(Glyphs.clean(line));
  }

  private static String time(double nanos) {
    return Double.isNaN(nanos) ? "–" : Unit.NANOSECONDS.format(nanos);
  }

  private void print(String text) {
    double seconds = (clock.nanos() - since) / 1e9;
    out.print(String.format(Locale.ROOT, "[%6.1f s] %s%n", seconds, text));
    out.flush();
  }
}
