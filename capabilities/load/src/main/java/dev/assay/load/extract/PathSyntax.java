package dev.assay.load.extract;

import java.util.ArrayList;
import java.util.List;

/** Reads the JSON paths that can be answered in one pass. */
final class PathSyntax {

  /** Paths that people write are far shorter. */
  private static final int LONGEST = 500;

  private static final int LARGEST_INDEX = 100_000_000;

  private static final String POSSIBLE =
      "; a load check reads bodies as they stream by, and can follow $, .name, ['name'], [n], [*]"
          + " and .length() at the end";

  private final String path;
  private final List<PathStep> steps = new ArrayList<>();
  private boolean length;
  private int at = 1;

  /**
   * A path that was read.
   *
   * @param steps its steps after the {@code $}
   * @param length whether {@code .length()} follows them
   */
  record Parsed(List<PathStep> steps, boolean length) {

    /** Whether it finds at most one value. */
    boolean definite() {
      return steps.stream().noneMatch(PathStep.Any.class::isInstance);
    }
  }

  private PathSyntax(String path) {
    this.path = path;
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  static Parsed parse(String path) {
    if (!path.startsWith("$")) {
      throw new IllegalArgumentException("'" + path + "' is no JSON path; one begins with $");
    }
    if (path.length() > LONGEST) {
      throw new IllegalArgumentException("a JSON path has at most " + LONGEST + " characters");
    }
    PathSyntax syntax = new PathSyntax(path);
    while (syntax.at < path.length()) {
      syntax.step();
    }
    return new Parsed(List.copyOf(syntax.steps), syntax.length);
  }

  private void step() {
    char c = path.charAt(at);
    if (length) {
      throw error("nothing can follow .length()");
    }
    if (c == '.') {
      dotted();
    } else if (c == '[') {
      bracketed();
    } else {
      throw error("expected . or [ before '" + path.substring(at) + "'");
    }
  }

  private void dotted() {
    int start = ++at;
    if (path.startsWith(".", start)) {
      throw error("'..' would look everywhere");
    }
    while (at < path.length() && ".[".indexOf(path.charAt(at)) < 0) {
      at++;
    }
    String name = path.substring(start, at);
    if (name.equals("length()")) {
      length = true;
    } else if (name.equals("*")) {
      steps.add(new PathStep.Any());
    } else if (name.endsWith(")")) {
      throw error("'" + name + "' is no function that is known here");
    } else if (name.isBlank()) {
      throw error("a name is missing after the dot");
    } else {
      steps.add(new PathStep.Member(name));
    }
  }

  private void bracketed() {
    at++;
    skipSpace();
    char c = at < path.length() ? path.charAt(at) : ']';
    if (c == '\'' || c == '"') {
      steps.add(new PathStep.Member(quoted(c)));
    } else if (c == '*') {
      at++;
      steps.add(new PathStep.Any());
    } else if (c >= '0' && c <= '9') {
      steps.add(new PathStep.Element(index()));
    } else if (c == '-') {
      throw error("an index counts from the beginning");
    } else {
      throw error("what begins in this bracket is neither a name, an index nor *");
    }
    skipSpace();
    if (at >= path.length() || path.charAt(at) != ']') {
      throw error("a bracket holds one name, one index or *");
    }
    at++;
  }

  private String quoted(char quote) {
    StringBuilder name = new StringBuilder();
    at++;
    while (at < path.length() && path.charAt(at) != quote) {
      if (path.charAt(at) == '\\' && at + 1 < path.length()) {
        at++;
      }
      name.append(path.charAt(at++));
    }
    if (at >= path.length()) {
      throw error("a quote is not closed");
    }
    at++;
    return name.toString();
  }

  private int index() {
    long index = 0;
    while (at < path.length() && path.charAt(at) >= '0' && path.charAt(at) <= '9') {
      index = Math.min(index * 10 + path.charAt(at++) - '0', LARGEST_INDEX + 1L);
    }
    if (index > LARGEST_INDEX) {
      throw error("an index is at most " + LARGEST_INDEX);
    }
    return (int) index;
  }

  private void skipSpace() {
    while (at < path.length() && path.charAt(at) == ' ') {
      at++;
    }
  }

  private IllegalArgumentException error(String why) {
    return new IllegalArgumentException("'" + path + "' cannot be read: " + why + POSSIBLE);
  }
}
