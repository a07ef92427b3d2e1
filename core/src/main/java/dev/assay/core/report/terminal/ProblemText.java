package dev.assay.core.report.terminal;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * Problems for people, with the line of the file and a caret below the place. The shape is held by
 * golden files. Immutable.
 */
public final class ProblemText {

  private static final int TAB = 4;
  private static final int LONGEST_EXCERPT = 100;
  private static final int BEFORE_CARET = 60;
  private static final int MOST_TRACE = 60;

  private final Ink ink;

  /** Paints with the ink, or not. */
  public ProblemText(Ink ink) {
    this.ink = ink;
  }

  /** All of them, a blank line between two, and at the end how many there are. */
  public String render(List<Problem> problems) {
    StringBuilder out = new StringBuilder();
    for (Problem problem : problems) {
      out.append(out.isEmpty() ? "" : "\n").append(render(problem));
    }
    if (problems.size() > 1) {
      out.append('\n').append(ink.bold(problems.size() + " problems")).append('\n');
    }
    return out.toString();
  }

  /** One problem, on lines of its own. */
  public String render(Problem problem) {
    StringBuilder out = new StringBuilder();
    out.append(ink.red("error"))
        .append(' ')
        .append(ink.bold(problem.code()))
        .append(" at ")
        .append(ink.cyan(Glyphs.clean(problem.where().text())))
        .append('\n');
    problem
        .what()
        .lines()
        .forEach(line -> out.append("  ").append(Glyphs.clean(line)).append('\n'));
    if (problem.where() instanceof Place place && !place.source().isBlank()) {
      excerpt(out, place);
    }
    String prefix = "  mend: ";
    for (String line : problem.mend().lines().toList()) {
      out.append(prefix.isBlank() ? prefix : "  " + ink.bold("mend:") + " ")
          .append(Glyphs.clean(line))
          .append('\n');
      prefix = " ".repeat(prefix.length());
    }
    Throwable cause = problem.cause();
    if (problem.kind() == ProblemKind.INTERNAL && cause != null) {
      trace(out, cause);
    }
    return out.toString();
  }

  private void excerpt(StringBuilder out, Place place) {
    StringBuilder shown = new StringBuilder();
    int caret = -1;
    int column = 0;
    int[] source = place.source().codePoints().toArray();
    int first = Math.max(0, Math.min(source.length, place.column() - 1) - BEFORE_CARET);
    if (first > 0) {
      shown.append('…');
      column = 1;
    }
    for (int i = first; i < source.length && column < LONGEST_EXCERPT; i++) {
      if (i == place.column() - 1) {
        caret = column;
      }
      if (source[i] == '\t') {
        int next = TAB - column % TAB;
        shown.append(" ".repeat(next));
        column += next;
      } else {
        String clean = Glyphs.clean(Character.toString(source[i]));
        shown.append(clean);
        column += Glyphs.width(clean);
      }
    }
    String number = String.valueOf(place.line());
    String margin = " ".repeat(Math.max(5, number.length() + 3) - number.length()) + number;
    out.append(ink.dim(margin + " |"))
        .append(' ')
        .append(shown.toString().stripTrailing())
        .append('\n')
        .append(ink.dim(" ".repeat(margin.length()) + " |"))
        .append(' ')
        .append(" ".repeat(caret < 0 ? column : caret))
        .append(ink.red("^"))
        .append('\n');
  }

  private void trace(StringBuilder out, Throwable cause) {
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace, true));
    List<String> lines = trace.toString().lines().toList();
    out.append("  this is a defect of Assay; please report it with what follows\n");
    lines.stream()
        .limit(MOST_TRACE)
        .forEach(line ->
            out.append("    ")
                .append(ink.dim(Glyphs.clean(line.replace("\t", "  "))))
                .append('\n'));
    if (lines.size() > MOST_TRACE) {
      out.append("    … ").append(lines.size() - MOST_TRACE).append(" more lines\n");
    }
  }
}
