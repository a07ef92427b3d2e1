package dev.assay.load.extract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Random documents, written with all liberties that JSON gives, and random paths into them. */
final class RandomJson {

  private static final String[] NAMES = {
    "a", "b", "id", "name", "items", "ä", "x'y", "long-member-name-of-some-length", "0", ""
  };
  private static final String[] NUMBERS = {
    "0", "-0", "7", "-12", "2.50", "1e3", "-1.5E-2", "123456789012", "0.1", "1e+2"
  };
  private static final String[] TEXTS = {
    "", "plain", "}]{[", "a longer text with no special characters in it at all", "ä€😀", ",:"
  };
  private static final String[] ESCAPES = {
    "\\\"",
    "\\\\",
    "\\/",
    "\\n",
    "\\u0041",
    "\\u00e4",
    "\\ud83d\\ude00",
    "\\ud83d",
    "\\ude00",
    "\\b"
  };

  private final SplittableRandom random;

  RandomJson(long seed) {
    random = new SplittableRandom(seed);
  }

  String document() {
    StringBuilder out = new StringBuilder();
    space(out);
    value(out, 0);
    space(out);
    return out.toString();
  }

  private void value(StringBuilder out, int depth) {
    int kind = random.nextInt(depth == 0 ? 6 : depth > 5 ? 12 : 14);
    switch (kind) {
      case 0, 1, 2, 12 -> object(out, depth);
      case 3, 4, 13 -> array(out, depth);
      case 5, 6, 7 -> text(out, "");
      case 8 -> out.append(random.nextBoolean());
      case 9 -> out.append("null");
      default -> out.append(NUMBERS[random.nextInt(NUMBERS.length)]);
    }
  }

  private void object(StringBuilder out, int depth) {
    out.append('{');
    space(out);
    Set<String> names = new LinkedHashSet<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      names.add(NAMES[random.nextInt(NAMES.length)]);
    }
    boolean first = true;
    for (String name : names) {
      if (!first) {
        out.append(',');
        space(out);
      }
      first = false;
      name(out, name);
      space(out);
      out.append(':');
      space(out);
      value(out, depth + 1);
      space(out);
    }
    out.append('}');
  }

  private void name(StringBuilder out, String name) {
    out.append('"');
    for (char c : name.toCharArray()) {
      if (random.nextInt(10) == 0) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private void array(StringBuilder out, int depth) {
    out.append('[');
    space(out);
    int many = random.nextInt(5);
    for (int i = 0; i < many; i++) {
      if (i > 0) {
        out.append(',');
        space(out);
      }
      value(out, depth + 1);
      space(out);
    }
    out.append(']');
  }

  private void text(StringBuilder out, String prefix) {
    out.append('"').append(prefix);
    for (int i = random.nextInt(4); i > 0; i--) {
      boolean escape = random.nextInt(3) == 0;
      out.append(
          escape ? ESCAPES[random.nextInt(ESCAPES.length)] : TEXTS[random.nextInt(TEXTS.length)]);
    }
    out.append('"');
  }

  private void space(StringBuilder out) {
    switch (random.nextInt(8)) {
      case 0 -> out.append(' ');
      case 1 -> out.append("\r\n\t ");
      default -> {}
    }
  }

  List<PathStep> steps() {
    List<PathStep> steps = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      steps.add(
          switch (random.nextInt(5)) {
            case 0 -> new PathStep.Any();
            case 1 -> new PathStep.Element(random.nextInt(4));
            default -> new PathStep.Member(NAMES[random.nextInt(NAMES.length)]);
          });
    }
    return steps;
  }

  static String written(List<PathStep> steps, boolean length) {
    StringBuilder path = new StringBuilder("$");
    for (PathStep step : steps) {
      path.append(
          switch (step) {
            case PathStep.Any() -> "[*]";
            case PathStep.Element(int index) -> "[" + index + "]";
            case PathStep.Member(String name) -> "['" + name.replace("'", "\\'") + "']";
          });
    }
    return path + (length ? ".length()" : "");
  }

  boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }
}
