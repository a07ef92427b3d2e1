package dev.assay.core.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.value.Unit;
import dev.assay.core.report.RunListener;
import dev.assay.core.report.SampleRun;
import dev.assay.stats.HistogramEncoding;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadViewTest {

  private static final LoadShape SHAPE =
      new LoadShape(
          "GET http://127.0.0.1:8080/ · 100/s · 10 s",
          Duration.ZERO,
          Duration.ofSeconds(10),
          0,
          100,
          100);

  private final HandClock clock = new HandClock();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private static void measure(
      RunListener view, int second, String metric, Measured value, Map<String, String> labels) {
    view.recorded(
        new Measurement(
            "load",
            metric,
            Unit.NONE,
            SampleRun.at(second),
            SampleRun.at(second + 1),
            labels,
            value));
  }

  /** A second of a hundred requests that took so many milliseconds, some of them wrong. */
  private void second(RunListener view, int second, int millis, int errors) {
    Histogram latency = new Histogram(3);
    latency.recordValueWithCount(millis * 1_000_000L, 100);
    Map<String, String> step = Map.of("step", "GET /");
    measure(
        view,
        second,
        "latency",
        new Measured.Distribution(100, HistogramEncoding.encode(latency)),
        step);
    measure(view, second, "requests", new Measured.Count(100), step);
    measure(view, second, "errors", new Measured.Proportion(errors, 100), step);
    if (errors > 0) {
      measure(
          view,
          second,
          "errors.by.kind",
          new Measured.Count(errors),
          Map.of("step", "GET /", "kind", "status"));
    }
    clock.move(1);
    view.progress("load", "");
  }

  private void story(RunListener view) {
    view.checkOpened("load");
    second(view, 0, 2, 0);
    second(view, 1, 8, 0);
    second(view, 2, 4, 3);
  }

  private String screen() {
    PlayedScreen screen = new PlayedScreen();
    screen.play(bytes.toString(StandardCharsets.UTF_8));
    return screen.text();
  }

  @Test
  void theScreenShowsRatePercentilesAndErrors() {
    LoadScreen view = new LoadScreen(out, clock, Ink.PLAIN, () -> 80, SHAPE);
    story(view);
    view.draw();

    assertThat(screen())
        .contains("GET http://127.0.0.1:8080/ · 100/s · 10 s", "3.0 s of 10 s", "running")
        .containsPattern("rate +100/s of 100/s +███")
        .containsPattern("p99 +4 ms +▂█▄")
        .containsPattern("p50 +p90 +p99 +max")
        .containsPattern("latency +4 ms +8 ms +8(\\.\\d+)? ms +8(\\.\\d+)? ms")
        .containsPattern("requests +300  errors 3: status 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 80, 120, 200})
  void noLineOfTheScreenIsWiderThanTheTerminal(int width) {
    LoadScreen view = new LoadScreen(out, clock, Ink.PLAIN, () -> width, SHAPE);
    story(view);
    for (int second = 3; second < 300; second++) {
      second(view, second, second, second % 2);
    }
    view.draw();

    assertThat(screen().lines()).allMatch(line -> Glyphs.width(line) < width);
  }

  @Test
  void aDrawingReplacesTheOneBeforeAndTheEndTakesItAwayButNotTheNotes() {
    LoadScreen view = new LoadScreen(out, clock, Ink.COLOUR, () -> 80, SHAPE);
    view.checkOpened("load");
    view.draw();
    int lines = screen().split("\n").length;
    second(view, 0, 2, 0);
    view.draw();
    assertThat(screen().split("\n")).hasSize(lines);

    view.note("stopping");
    view.close();
    view.close();
    view.draw();
    assertThat(screen()).isEqualTo("stopping\n");
  }

  @Test
  void theShareOfRequestsIsTheProgressWhereTheirNumberEndsIt() {
    LoadShape counted = new LoadShape("GET /", Duration.ZERO, null, 600, 0, 0);
    LoadScreen view = new LoadScreen(out, clock, Ink.PLAIN, () -> 80, counted);
    story(view);
    view.draw();

    String bar = screen().lines().skip(1).findFirst().orElseThrow();
    long done = bar.chars().filter(c -> c == '━').count();
    long open = bar.chars().filter(c -> c == '─').count();
    assertThat(Math.abs(done - open)).isLessThanOrEqualTo(1);
    assertThat(screen()).doesNotContain(" of ");
  }

  @Test
  void linesAreOneForEachSecond() {
    LoadLines view = new LoadLines(out, clock, SHAPE);
    story(view);

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .hasSize(4)
        .last()
        .isEqualTo("[   3.0 s] 100/s  p50 4 ms  p99 4 ms  max 4 ms  errors 3");
  }

  @Test
  void aSparklineGoesFromNoughtToTheGreatestAndLeavesGaps() {
    assertThat(Sparkline.of(new double[] {0, 1, 4, 8, Double.NaN, 8}, 10)).isEqualTo("▁▁▄█ █");
    assertThat(Sparkline.of(new double[] {1, 2, 3}, 2)).isEqualTo("▆█");
    assertThat(Sparkline.of(new double[] {0, 0}, 2)).isEqualTo("▁▁");
    assertThat(Sparkline.of(new double[] {1}, 0)).isEmpty();
  }

  @Test
  void aRampAsksForMoreAsItGoesOn() {
    LoadShape ramp = new LoadShape("", Duration.ZERO, Duration.ofSeconds(10), 0, 100, 300);

    assertThat(ramp.askedAt(0)).isEqualTo(100);
    assertThat(ramp.askedAt(5)).isEqualTo(200);
    assertThat(ramp.askedAt(20)).isEqualTo(300);
    assertThat(ramp.askedOnAverage()).isEqualTo(200);
  }
}
