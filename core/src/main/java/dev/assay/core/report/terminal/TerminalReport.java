package dev.assay.core.report.terminal;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.plan.Subject;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.MatrixLines;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The end of a run for the terminal: the verdict of each check, why, and what to do next. The shape
 * is held by golden files. Immutable.
 */
public final class TerminalReport {

  private static final int MOST_REASONS = 8;
  private static final int MOST_FAILURES = 5;

  private final Ink ink;
  private final int width;

  /**
   * Paints with the ink, or not.
   *
   * @param width of the terminal in columns; less than 40 counts as 40
   */
  public TerminalReport(Ink ink, int width) {
    this.ink = ink;
    this.width = Math.max(40, width);
  }

  /**
   * A line that says where to go from here.
   *
   * @param word what it is: {@code report}, {@code reproduce}
   * @param text a path or a command, never cut
   */
  public record Hint(String word, String text) {}

  /** The report, ending in a line end. */
  public String render(RunReport run, List<Hint> hints) {
    StringBuilder out = new StringBuilder();
    head(out, run);
    int ids =
        Math.min(
            width / 3,
            run.checks().stream()
                .mapToInt(check -> Glyphs.width(Glyphs.clean(check.id())))
                .max()
                .orElse(0));
    for (CheckReport check : run.checks()) {
      check(out, check, ids);
    }
    out.append(run.checks().isEmpty() ? "" : "\n");
    MatrixLines.of(run).forEach(line -> wrapped(out, "  ", "    ", line));
    wrapped(out, "  ", "  ", run.because());
    foot(out, ink, hints);
    return out.toString();
  }

  private void head(StringBuilder out, RunReport run) {
    String verdict =
        Words.glyph(run.decision()) + " " + run.headline().toUpperCase(java.util.Locale.ROOT);
    List<String> facts = new ArrayList<>();
    Subject subject = run.subject();
    facts.add(run.summary().workspace());
    facts.add(subject.environment());
    String commit = subject.commit();
    String branch = subject.branch();
    if (commit != null) {
      facts.add(
          Words.brief(commit)
              + (subject.dirty() ? " + changes" : "")
              + (branch == null ? "" : " on " + branch));
    }
    facts.add(run.closed() == null ? "interrupted" : Words.took(run.took()));
    String line = Glyphs.clean(String.join(" · ", facts));
    out.append('\n')
        .append("  ")
        .append(ink.tone(run.decision(), ink.bold(verdict)))
        .append("  ")
        .append(Glyphs.cut(line, width - Glyphs.width(verdict) - 5))
        .append("\n\n");
  }

  private void check(StringBuilder out, CheckReport check, int ids) {
    int words = "inconclusive".length();
    String id = Glyphs.cut(Glyphs.clean(check.id()), ids);
    int used = 2 + 2 + words + 2 + ids + 2;
    String took =
        Glyphs.cut(
            check.took() == null ? check.state() : Words.took(check.took()), width - used - 1);
    String outline = check.opened() == null ? "" : check.evidence().outline();
    int room = width - used - 2 - Glyphs.width(took) - 1;
    String middle = room < 12 ? "" : Glyphs.pad(Glyphs.cut(Glyphs.clean(outline), room), room);
    out.append("  ")
        .append(
            ink.tone(
                check.decision(),
                Words.glyph(check.decision()) + " " + Glyphs.pad(check.decision().word(), words)))
        .append("  ")
        .append(ink.bold(Glyphs.pad(id, ids)))
        .append("  ")
        .append(middle)
        .append(middle.isEmpty() ? "" : "  ")
        .append(ink.dim(took))
        .append('\n');
    if (check.decision() != Decision.PASS) {
      reasons(out, check);
      failures(out, check);
    }
  }

  private void reasons(StringBuilder out, CheckReport check) {
    List<Reason> against = check.against();
    for (Reason reason : against.stream().limit(MOST_REASONS).toList()) {
      String expectation = Glyphs.clean(reason.expectation());
      if (!expectation.isEmpty()) {
        out.append("      ")
            .append(ink.tone(reason.decision(), Words.glyph(reason.decision())))
            .append(' ')
            .append(ink.bold(Glyphs.cut(expectation, width - 9)))
            .append('\n');
      }
      wrapped(out, "        ", "        ", reason.sentence());
    }
    if (against.size() > MOST_REASONS) {
      out.append("        … and ").append(against.size() - MOST_REASONS).append(" more reasons\n");
    }
    String problem = check.problem();
    boolean said =
        problem != null && against.stream().anyMatch(reason -> reason.sentence().contains(problem));
    if (problem != null && !said) {
      wrapped(out, "        ", "        ", problem);
    } else if (against.isEmpty()) {
      wrapped(out, "        ", "        ", check.because());
    }
  }

  private void failures(StringBuilder out, CheckReport check) {
    List<Outcome> failed =
        check.evidence().outcomes().stream().filter(outcome -> outcome.result().failure()).toList();
    for (Outcome outcome : failed.stream().limit(MOST_FAILURES).toList()) {
      Attempt last = outcome.attempts().getLast();
      String name =
          outcome.suite().isEmpty() ? outcome.name() : outcome.suite() + " › " + outcome.name();
      out.append("        ")
          .append(ink.dim("·"))
          .append(' ')
          .append(Glyphs.cut(Glyphs.clean(name), width - 11))
          .append('\n');
      String message = Words.line(Objects.requireNonNullElse(last.message(), ""), 300);
      if (!message.isEmpty()) {
        out.append("          ")
            .append(ink.dim(Glyphs.cut(Glyphs.clean(message), width - 11)))
            .append('\n');
      }
    }
    if (failed.size() > MOST_FAILURES) {
      out.append("        ")
          .append(ink.dim("… and " + (failed.size() - MOST_FAILURES) + " more failures"))
          .append('\n');
    }
  }

  private void wrapped(StringBuilder out, String first, String next, String text) {
    String indent = first;
    for (String line : Glyphs.wrap(text, width - indent.length() - 1)) {
      out.append(indent).append(line).append('\n');
      indent = next;
    }
  }

  /** Where to go from here. */
  static void foot(StringBuilder out, Ink ink, List<Hint> hints) {
    if (hints.isEmpty()) {
      return;
    }
    out.append('\n');
    int words = hints.stream().mapToInt(hint -> Glyphs.width(hint.word())).max().orElse(0);
    for (Hint hint : hints) {
      out.append("  ")
          .append(ink.dim(Glyphs.pad(hint.word(), words)))
          .append("  ")
          .append(Glyphs.clean(hint.text()))
          .append('\n');
    }
  }
}
