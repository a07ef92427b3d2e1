package dev.assay.core.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.report.Golden;
import dev.assay.core.report.RunListener;
import dev.assay.core.report.SampleRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveViewTest {

  private final HandClock clock = new HandClock();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private String screen() {
    PlayedScreen screen = new PlayedScreen();
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
