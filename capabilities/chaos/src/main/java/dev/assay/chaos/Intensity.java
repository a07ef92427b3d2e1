package dev.assay.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How strong a fault is while it lasts: {@code 0..100 % in 5 steps} is 20 %, 40 % … 100 %, each for
 * a fifth of its time. Immutable.
 *
 * @param steps each more than 0 and at most 1; at least one
 */
record Intensity(List<Double> steps) {

  static final Intensity FULL = new Intensity(List.of(1.0));

  private static final Pattern SHAPE =
      Pattern.compile(
          "(\\d{1,3}(?:\\.\\d+)?)\\s*%?\\s*\\.\\.\\s*(\\d{1,3}(?:\\.\\d+)?)\\s*%\\s+in\\s+(\\d{1,3})\\s+steps?");
  private static final int MOST_STEPS = 100;

  Intensity {
    steps = List.copyOf(steps);
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  static Intensity parse(String text) {
    Matcher matcher = SHAPE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no rise of intensity");
    }
    double from = Double.parseDouble(matcher.group(1)) / 100;
    double to = Double.parseDouble(matcher.group(2)) / 100;
    int count = Integer.parseInt(matcher.group(3));
    if (from > 1 || to > 1 || to <= 0 || count < 1 || count > MOST_STEPS) {
      throw new IllegalArgumentException(
          "'" + text + "' is not from 0 % or more to 100 % or less in 1 to 100 steps");
    }
    List<Double> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // a fault of no intensity is none, so a rise from nothing begins one step above it
      double share = from == 0 ? (i + 1.0) / count : count == 1 ? 1 : i / (count - 1.0);
      steps.add(from + (to - from) * share);
    }
    return new Intensity(steps);
  }
}
