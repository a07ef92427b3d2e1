package dev.assay.core.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.report.Golden;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.SampleRun;
import dev.assay.core.report.terminal.TerminalReport.Hint;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalReportTest {

  private static final List<Hint> HINTS =
      List.of(
          new Hint("report", ".assay/runs/20260304-093000-7k2m/report.html"),
          new Hint("reproduce", "assay run --seed 4711"));

  @Test
  void theEndOfARunHasItsShape() throws IOException {
    Golden.check(
        "terminal-100.txt", new TerminalReport(Ink.PLAIN, 100).render(SampleRun.full(), HINTS));
    Golden.check(
        "terminal-60.txt", new TerminalReport(Ink.PLAIN, 60).render(SampleRun.small(), HINTS));
    Golden.check(
        "terminal-green.txt", new TerminalReport(Ink.PLAIN, 80).render(SampleRun.green(), HINTS));
    Golden.check(
        "terminal-colour.txt",
        new TerminalReport(Ink.COLOUR, 80).render(SampleRun.small(), HINTS).replace('\u001b', '^'));
  }

  @Test
  void noLineIsWiderThanTheTerminalAndNoTextReachesItRaw() {
    for (RunReport run : List.of(SampleRun.full(), SampleRun.small(), SampleRun.hostile())) {
      for (int width : List.of(40, 60, 80, 120)) {
        String text = new TerminalReport(Ink.PLAIN, width).render(run, List.of());
        assertThat(text).doesNotContain("\u001b").doesNotContain("\u0000").doesNotContain("\t");
        assertThat(text.lines()).allMatch(line -> Glyphs.width(line) <= width);
      }
    }
  }
}
