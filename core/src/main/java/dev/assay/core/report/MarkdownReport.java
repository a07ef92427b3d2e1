package dev.assay.core.report;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A run as a comment on a pull request, in GitHub's Markdown. Bounded: at most 20 failures are
 * unfolded of each check, with at most 40 lines of each, and nothing is begun beyond 48,000
 * characters, so that it fits the 65,536 that a comment may have.
 */
public final class MarkdownReport {

  private static final int MOST_CHECKS = 100;
  private static final int MOST_REASONS = 40;
  private static final int MOST_METRICS = 30;
  private static final int MOST_FAILURES = 20;
  private static final int MOST_LINES = 40;
  private static final int MOST_NUMBERS = 12;
  private static final int MOST_GROUPS = 10;
  private static final int MOST_FACTS = 12;
  private static final int LONGEST_DETAIL = 4_000;
  private static final int LONGEST_NAME = 120;

  /** Nothing is begun beyond this, so that the longest thing begun still fits. */
  private static final int FULL = 48_000;

  private final StringBuilder out = new StringBuilder();

  private MarkdownReport() {}

  /** The comment. */
  public static String write(RunReport run) {
    return write(run, List.of());
  }

  /** The comment with why tests failed. */
  public static String write(RunReport run, List<FailureGroup> groups) {
    MarkdownReport report = new MarkdownReport();
    report.head(run);
    report.checks(run);
    report.against(run);
    report.groups(groups);
    report.latencies(run);
    report.failures(run);
    report.foot(run);
    return Words.encodable(report.out.toString());
  }

  private void head(RunReport run) {
    out.append("## ")
        .append(Words.glyph(run.decision()))
        .append(' ')
        .append(run.headline())
        .append(" · ")
        .append(escape(Words.line(run.summary().workspace(), LONGEST_NAME)))
        .append("\n\n**")
        .append(escape(Words.cut(run.because(), 1_000)))
        .append("**\n\n");
  }

  private void checks(RunReport run) {
    if (run.checks().isEmpty()) {
      return;
    }
    out.append("| | Check | Verdict | What was found | Took |\n|---|---|---|---|---:|\n");
    int shown = 0;
    for (CheckReport check : run.checks()) {
      if (shown == MOST_CHECKS || out.length() > FULL) {
        break;
      }
      row(
          Words.glyph(check.decision()),
          code(check.id()),
          check.decision() == Decision.PASS ? "pass" : "**" + check.decision().word() + "**",
          escape(Words.line(check.because(), 160)),
          escape(Words.took(check.took())));
      shown++;
    }
    more(run.checks().size() - shown, "check");
    out.append('\n');
    List<String> matrices = MatrixLines.of(run);
    matrices.stream()
        .limit(MOST_FACTS)
        .forEach(line -> out.append("- ").append(escape(Words.cut(line, 500))).append('\n'));
    out.append(matrices.isEmpty() ? "" : "\n");
  }

  private void against(RunReport run) {
    List<CheckReport> held =
        run.checks().stream().filter(check -> check.decision() != Decision.PASS).toList();
    if (held.isEmpty()) {
      return;
    }
    out.append("### What did not pass\n\n");
    int left = MOST_REASONS;
    int cut = 0;
    for (CheckReport check : held) {
      List<String> lines = reasons(check);
      if (check.decision() == Decision.FAIL) {
        lines.add("- " + code(check.id()) + " again: " + code(Words.again(run.id(), check)) + "\n");
      }
      for (String line : lines) {
        if (left-- > 0 && out.length() < FULL) {
          out.append(line);
        } else {
          cut++;
        }
      }
    }
    more(cut, "reason");
    out.append('\n');
  }

  private static List<String> reasons(CheckReport check) {
    List<String> lines = new ArrayList<>();
    for (Reason reason : check.against()) {
      StringBuilder line = new StringBuilder("- ");
      line.append(code(check.id())).append(' ');
      if (!reason.expectation().isEmpty()) {
        line.append(code(reason.expectation())).append(" — ");
      }
      line.append(escape(Words.line(reason.sentence(), 400)));
      List<String> numbers = new ArrayList<>();
      reason
          .numbers()
          .forEach(
              (name, value) -> numbers.add(escape(name + " " + Bound.format(reason, name, value))));
      if (!numbers.isEmpty()) {
        line.append("  \n  <sub>")
            .append(String.join(" · ", numbers.subList(0, Math.min(MOST_NUMBERS, numbers.size()))))
            .append("</sub>");
      }
      lines.add(line.append('\n').toString());
    }
    String problem = check.problem();
    if (problem != null || lines.isEmpty()) {
      lines.add(
          "- "
              + code(check.id())
              + " "
              + escape(Words.line(problem == null ? check.because() : problem, 400))
              + "\n");
    }
    return lines;
  }

  private void groups(List<FailureGroup> groups) {
    if (groups.isEmpty()) {
      return;
    }
    out.append("### Why tests failed\n\n");
    int shown = 0;
    for (FailureGroup group : groups) {
      if (shown == MOST_GROUPS || out.length() > FULL / 2) {
        break;
      }
      group(group);
      shown++;
    }
    more(groups.size() - shown, "group");
    out.append('\n');
  }

  private void group(FailureGroup group) {
    String first = group.tests().isEmpty() ? "" : group.tests().getFirst();
    int others = group.tests().size() - 1;
    out.append("**")
        .append(escape(Words.line(group.title(), 200)))
        .append("**  \n")
        .append(escape(Words.line(first, 160)))
        .append(others > 0 ? " and " + Words.many(others, "other test") : "")
        .append("\n\n");
    for (FailureGroup.Fact fact : group.facts().stream().limit(MOST_FACTS).toList()) {
      out.append("- ")
          .append(fact.name().isEmpty() ? "" : escape(fact.name()) + ": ")
          .append(
              fact.command()
                  ? code(Words.line(fact.text(), 400))
                  : escape(Words.line(fact.text(), 400)))
          .append('\n');
    }
    out.append('\n');
  }

  /** Those of whole checks first: the limit shall not hide them behind those of steps. */
  private void latencies(RunReport run) {
    List<String[]> rows = new ArrayList<>();
    List<String[]> ofSteps = new ArrayList<>();
    for (CheckReport check : run.checks()) {
      for (MetricReport metric : check.evidence().metrics()) {
        if (metric.total() instanceof MetricReport.Spread spread && spread.count() > 0) {
          List<String[]> those = metric.step() == null ? rows : ofSteps;
          those.add(
              new String[] {
                code(check.id()),
                code(metric.key()),
                Words.grouped(spread.count()),
                escape(metric.unit().format(spread.p50())),
                escape(metric.unit().format(spread.p95())),
                escape(metric.unit().format(spread.p99())),
                escape(metric.unit().format(spread.max()))
              });
        }
      }
    }
    rows.addAll(ofSteps);
    if (rows.isEmpty()) {
      return;
    }
    out.append("<details><summary>Measured: ")
        .append(Words.many(rows.size(), "metric"))
        .append("</summary>\n\n| Check | Metric | Count | p50 | p95 | p99 | Max |\n");
    out.append("|---|---|---:|---:|---:|---:|---:|\n");
    int shown = 0;
    while (shown < Math.min(rows.size(), MOST_METRICS) && out.length() < FULL) {
      row(rows.get(shown++));
    }
    more(rows.size() - shown, "metric");
    out.append("\n</details>\n\n");
  }

  private void failures(RunReport run) {
    for (CheckReport check : run.checks()) {
      List<Outcome> failed =
          check.evidence().outcomes().stream()
              .filter(outcome -> outcome.result().failure())
              .toList();
      if (failed.isEmpty() || out.length() > FULL) {
        continue;
      }
      out.append("<details><summary>")
          .append(escape(Words.cut(check.id(), LONGEST_NAME)))
          .append(": ")
          .append(Words.many(failed.size(), "failure"))
          .append("</summary>\n\n");
      int shown = 0;
      for (Outcome outcome : failed) {
        if (shown == MOST_FAILURES || out.length() > FULL) {
          break;
        }
        failure(outcome);
        shown++;
      }
      more(failed.size() - shown, "failure");
      out.append("\n</details>\n\n");
    }
  }

  private void failure(Outcome outcome) {
    Attempt last = outcome.attempts().getLast();
    out.append("**")
        .append(escape(Words.line(outcome.suite(), 200)))
        .append(outcome.suite().isEmpty() ? "" : " › ")
        .append(escape(Words.line(outcome.name(), 200)))
        .append("** ")
        .append(escape(Words.line(Objects.requireNonNullElse(last.message(), ""), 300)));
    if (outcome.attempts().size() > 1) {
      out.append(" (").append(outcome.attempts().size()).append(" attempts)");
    }
    out.append('\n');
    String detail = last.detail();
    if (detail != null && !detail.isBlank()) {
      String fence = "`".repeat(Math.max(3, longestTicks(detail) + 1));
      out.append('\n').append(fence).append("text\n");
      Words.cut(detail, LONGEST_DETAIL)
          .lines()
          .limit(MOST_LINES)
          .forEach(line -> out.append(Words.cut(line, 300)).append('\n'));
      out.append(fence).append('\n');
    }
    out.append('\n');
  }

  private void foot(RunReport run) {
    List<String> parts = new ArrayList<>();
    parts.add("environment " + code(run.subject().environment()));
    String commit = run.subject().commit();
    if (commit != null) {
      parts.add(
          "commit "
              + code(Words.brief(commit))
              + (run.subject().dirty() ? " with changes not committed" : ""));
    }
    parts.add("run " + code(run.id()));
    parts.add("seed " + code(Long.toString(run.seed())));
    parts.add("took " + escape(Words.took(run.took())));
    out.append("<sub>").append(String.join(" · ", parts)).append("</sub>\n");
  }

  private void row(String... cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private void more(int left, String noun) {
    if (left > 0) {
      out.append("\n… and ").append(Words.many(left, noun)).append(" more\n");
    }
  }

  /** A code span that holds any text: a longer fence than what is inside, no line end, no pipe. */
  private static String code(String text) {
    String flat = Words.cut(text, LONGEST_NAME).replaceAll("[\\p{Cntrl}]+", " ").replace("|", "¦");
    String fence = "`".repeat(longestTicks(flat) + 1);
    String pad = flat.startsWith("`") || flat.endsWith("`") || flat.isBlank() ? " " : "";
    return fence + pad + flat + pad + fence;
  }

  private static int longestTicks(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  /** The text so that Markdown and HTML show it as it is; also {@code @name} calls nobody. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '@' -> safe.append("@\u200b");
        case '\\', '`', '*', '_', '[', ']', '|', '~', '#', '!', '$' -> safe.append('\\').append(c);
        default -> safe.append(Character.isISOControl(c) ? ' ' : c);
      }
    }
    return safe.toString();
  }
}
