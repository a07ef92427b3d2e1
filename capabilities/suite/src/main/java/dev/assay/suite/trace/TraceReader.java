package dev.assay.suite.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a report's text of a failure says. Every reader has a go at it, and the one that
 * finds the most frames is believed, of equals the first. Stateless; takes time in proportion to
 * the text.
 */
public final class TraceReader {

  private static final int MOST_LINES = 4_000;
  private static final int LONGEST_LINE = 2_000;

  private TraceReader() {}

  /**
   * Reads a failure.
   *
   * @param type the kind of failure as the report says it
   * @param message its line as the report says it
   * @param detail its text, which mostly holds the stack trace
   */
  public static Trace read(
      @Nullable String type, @Nullable String message, @Nullable String detail) {
    String kind = Objects.requireNonNullElse(type, "").strip();
    String said = Objects.requireNonNullElse(message, "").strip();
    List<String> lines = lines(Objects.requireNonNullElse(detail, ""));
    if (lines.isEmpty()) {
      lines = lines(said);
    }
    Trace best = plain(kind, said, lines);
    for (Trace trace :
        List.of(
            JavaTraces.read(lines, kind, said),
            DotnetTraces.read(lines, kind, said),
            RustTraces.read(lines, kind, said),
            GoTraces.read(lines, kind, said),
            PythonTraces.read(lines, kind, said),
            ScriptTraces.read(lines, kind, said))) {
      if (trace.frames() > best.frames()) {
        best = trace;
      }
    }
    return best;
  }

  private static Trace plain(String type, String message, List<String> lines) {
    Draft draft = new Draft();
    if (type.isEmpty() && !lines.isEmpty() && draft.header(lines.getFirst())) {
      lines.stream().skip(1).limit(20).forEach(draft::messageLine);
    }
    String text =
        message.isEmpty() ? String.join("\n", lines.stream().limit(20).toList()) : message;
    return new Trace(Language.UNKNOWN, List.of(draft.build(type, text)));
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    text.lines()
        .limit(MOST_LINES)
        .forEach(line ->
            lines.add(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line));
    return lines;
  }

  /** What drafts say, the outermost first; the report's own words are for the outermost. */
  static Trace build(Language language, List<Draft> drafts, String type, String message) {
    List<Thrown> chain = new ArrayList<>();
    for (Draft draft : drafts) {
      boolean outermost = chain.isEmpty();
      chain.add(draft.build(outermost ? type : "", outermost ? message : ""));
    }
    if (chain.isEmpty()) {
      chain.add(new Thrown(type, message, List.of()));
    }
    return new Trace(language, chain);
  }

  /** A line's number as text; 0 where it is none. */
  static int number(@Nullable String digits) {
    if (digits == null || digits.isEmpty() || digits.length() > 9) {
      return 0;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return 0;
      }
    }
    return Integer.parseInt(digits);
  }
}
