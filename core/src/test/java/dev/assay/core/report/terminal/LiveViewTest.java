package dev.assay.core.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.spi.Clock;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.report.Golden;
import dev.assay.core.report.RunListener;
import dev.assay.core.report.SampleRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveViewTest {

  /** A clock that stands still until it is moved. */
  private static final class Hand implements Clock {
    private volatile long nanos = 1_000_000_000L;

    @Override
    public Instant now() {
      return SampleRun.at(nanos / 1e9);
    }

    @Override
    public long nanos() {
      return nanos;
    }

    void move(double seconds) {
      nanos += (long) (seconds * 1e9);
    }
  }

  /** The few sequences that the live view uses, as a terminal carries them out. */
  private static final class Screen {
    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;

    void play(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\r') {
          column = 0;
        } else if (c == '\n') {
          row++;
          column = 0;
          while (lines.size() <= row) {
            lines.add(new StringBuilder());
          }
        } else if (c == '\u001b') {
          int end = i + 2;
          while (!Character.isLetter(text.charAt(end))) {
            end++;
          }
          sequence(text.substring(i + 2, end), text.charAt(end));
          i = end;
        } else {
          StringBuilder line = lines.get(row);
          if (column < line.length()) {
            line.setCharAt(column, c);
          } else {
            line.append(c);
          }
          column++;
        }
      }
    }

    private void sequence(String number, char command) {
      switch (command) {
        case 'A' -> row -= Integer.parseInt(number);
        case 'K' -> lines.get(row).setLength(column);
        case 'J' -> {
          lines.get(row).setLength(column);
          lines.subList(row + 1, lines.size()).clear();
        }
        case 'm' -> {}
        default -> throw new AssertionError("unknown sequence " + command);
      }
    }

    String text() {
      return String.join("\n", lines);
    }
  }

  private final Hand clock = new Hand();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private String screen() {
    Screen screen = new Screen();
    screen.play(written());
    return screen.text();
  }

  private static Verdict verdict(Decision decision) {
    return new Verdict(
        decision,
        List.of(SampleRun.reason(decision, "failed = 0", "1 of 4 steps failed.", "observed", 1)),
        "p",
        "e");
  }

  private void story(RunListener view) {
    view.runOpened(
        SampleRun.opened(
            "shop", new Planned("unit", "suite", "d", 0), new Planned("smoke", "http", "d", 0)));
    clock.move(0.2);
    view.serviceState("shop", "ready", "after 1.7 s");
    clock.move(0.2);
    view.checkOpened("unit");
    view.checkOpened("smoke");
    clock.move(6);
    view.progress("unit", "120 tests, \u001b[2J0 failed " + "and so on ".repeat(20));
    clock.move(0.2);
    view.progress("smoke", "GET /health");
    clock.move(0.2);
    view.checkClosed(new CheckClosed(clock.now(), "smoke", Ending.COMPLETED, null, Map.of()));
    view.judged("smoke", verdict(Decision.FAIL));
    clock.move(0.2);
  }

  private void end(RunListener view) {
    view.checkClosed(new CheckClosed(clock.now(), "unit", Ending.TIMED_OUT, "after 6 s", Map.of()));
    view.judged("unit", verdict(Decision.NOT_RUN));
    view.runClosed(new RunClosed(clock.now(), Ending.COMPLETED, Decision.FAIL));
  }

  @Test
  void plainProgressIsALineForEachEvent() throws IOException {
    PlainProgress view = new PlainProgress(out, clock, Ink.PLAIN);
    story(view);
    end(view);
    Golden.check("progress.txt", written());
    assertThat(written()).doesNotContain("\u001b");
  }

  @Test
  void plainProgressDoesNotFloodTheLog() {
    PlainProgress view = new PlainProgress(out, clock, Ink.PLAIN);
    view.checkOpened("c");
    for (int i = 0; i < 1_000; i++) {
      clock.move(0.01);
      view.progress("c", "line " + i);
    }
    assertThat(written().lines().count()).isEqualTo(3);
  }

  @Test
  void theLiveViewShowsWhatRunsBelowWhatHasEnded() throws IOException {
    LiveTerminal view = new LiveTerminal(out, clock, Ink.COLOUR, () -> 60);
    story(view);
    view.tick();
    Golden.check("live.txt", screen());
    assertThat(screen().lines()).allMatch(line -> Glyphs.width(line) < 60);
  }

  @Test
  void theLiveViewCleansUpAtTheEnd() throws IOException {
    LiveTerminal view = new LiveTerminal(out, clock, Ink.PLAIN, () -> 60);
    story(view);
    end(view);
    Golden.check("live-end.txt", screen());
    int length = bytes.size();
    view.close();
    clock.move(1);
    view.tick();
    assertThat(bytes.size()).isEqualTo(length);
  }

  @Test
  void theLiveViewDrawsAtMostTenTimesASecond() {
    LiveTerminal view = new LiveTerminal(out, clock, Ink.PLAIN, () -> 60);
    view.checkOpened("c");
    for (int i = 0; i < 10_000; i++) {
      clock.move(0.0002);
      view.progress("c", "line " + i);
    }
    long drawings = written().split("\u001b\\[J", -1).length - 1;
    assertThat(drawings).isBetween(15L, 21L);
  }

  @Test
  void theTickerEndsWithTheView() throws InterruptedException {
    LiveTerminal view = new LiveTerminal(out, clock, Ink.PLAIN, () -> 60).start();
    Thread ticker = view.ticker();
    view.close();
    assertThat(ticker).isNotNull();
    assertThat(ticker.join(java.time.Duration.ofSeconds(10))).isTrue();
  }
}
