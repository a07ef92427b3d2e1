package dev.assay.api.value;

import java.util.Locale;

/**
 * The unit of a measured value. One unit for each dimension, so that numbers compare without
 * conversion.
 */
public enum Unit {
  /** A plain number. */
  NONE("none"),
  /** A duration in nanoseconds. */
  NANOSECONDS("ns"),
  /** A size in bytes. */
  BYTES("bytes"),
  /** A share of a whole, 1 is all of it; written in per cent. */
  RATIO("ratio"),
  /** Events in one second. */
  PER_SECOND("1/s");

  private final String code;

  Unit(String code) {
    this.code = code;
  }

  /** The name in evidence: {@code ns}, {@code bytes}, {@code ratio}, {@code 1/s}, {@code none}. */
  public String code() {
    return code;
  }

  /** The unit of that code. */
  public static Unit of(String code) {
    for (Unit unit : values()) {
      if (unit.code.equals(code)) {
        return unit;
      }
    }
    throw new IllegalArgumentException("unknown unit '" + code + "'");
  }

  /**
   * A value for people, three significant digits: {@code 1.25 ms}, {@code 0.1 %}, {@code 512 B},
   * {@code 42}.
   */
  public String format(double value) {
    if (Double.isNaN(value)) {
      return "nothing";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "-∞";
    }
    return switch (this) {
      case NONE -> digits(value);
      case RATIO -> digits(value * 100) + " %";
      case PER_SECOND -> digits(value) + "/s";
      case NANOSECONDS -> duration(value);
      case BYTES -> bytes(value);
    };
  }

  private static String duration(double nanos) {
    double size = Math.abs(nanos);
    if (size < 999.5) {
      return digits(nanos) + " ns";
    }
    if (size < 999.5e3) {
      return digits(nanos / 1e3) + " µs";
    }
    if (size < 999.5e6) {
      return digits(nanos / 1e6) + " ms";
    }
    if (size < 120e9) {
      return digits(nanos / 1e9) + " s";
    }
    long seconds = Math.round(size / 1e9);
    String text =
        seconds < 7200
            ? seconds / 60 + " min " + seconds % 60 + " s"
            : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    return nanos < 0 ? "-" + text : text;
  }

  private static String bytes(double value) {
    double size = Math.abs(value);
    if (size < 999.5) {
      return digits(value) + " B";
    }
    if (size < 999.5e3) {
      return digits(value / 1e3) + " kB";
    }
    return size < 999.5e6 ? digits(value / 1e6) + " MB" : digits(value / 1e9) + " GB";
  }

  /** Three significant digits; whole numbers below a million in full. */
  private static String digits(double value) {
    double size = Math.abs(value);
    if (size < 1e6 && value == Math.rint(value)) {
      return Long.toString((long) value);
    }
    if (size >= 1e6 || size < 1e-6) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.indexOf('.') < 0 ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
