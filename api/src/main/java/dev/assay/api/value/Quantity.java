package dev.assay.api.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number with its unit. Immutable.
 *
 * @param value finite, in the unit
 * @param unit the dimension
 */
public record Quantity(double value, Unit unit) {

  private static final Pattern SHAPE =
      Pattern.compile("([+-]?(?:\\d[\\d_]*)(?:\\.\\d+)?(?:[eE][+-]?\\d{1,4})?)\\s*([^\\d\\s].*)?");

  /** Longer texts are no quantities: bounds the work on texts that come from a server. */
  private static final int LONGEST = 100;

  /** Up to here every whole number is a double. */
  private static final double EXACT = 0x1p53;

  private static final double[] POWERS_OF_TEN = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16
  };

  private record Suffix(Unit unit, double factor) {}

  private static final Map<String, Suffix> SUFFIXES = suffixes();

  private static Map<String, Suffix> suffixes() {
    Map<String, Suffix> known = new LinkedHashMap<>();
    known.put("ns", new Suffix(Unit.NANOSECONDS, 1));
    known.put("us", new Suffix(Unit.NANOSECONDS, 1e3));
    known.put("µs", new Suffix(Unit.NANOSECONDS, 1e3));
    known.put("ms", new Suffix(Unit.NANOSECONDS, 1e6));
    known.put("s", new Suffix(Unit.NANOSECONDS, 1e9));
    known.put("min", new Suffix(Unit.NANOSECONDS, 60e9));
    known.put("m", new Suffix(Unit.NANOSECONDS, 60e9));
    known.put("h", new Suffix(Unit.NANOSECONDS, 3600e9));
    known.put("d", new Suffix(Unit.NANOSECONDS, 86400e9));
    known.put("%", new Suffix(Unit.RATIO, 0.01));
    known.put("B", new Suffix(Unit.BYTES, 1));
    known.put("kB", new Suffix(Unit.BYTES, 1e3));
    known.put("KB", new Suffix(Unit.BYTES, 1e3));
    known.put("MB", new Suffix(Unit.BYTES, 1e6));
    known.put("GB", new Suffix(Unit.BYTES, 1e9));
    known.put("KiB", new Suffix(Unit.BYTES, 1024));
    known.put("MiB", new Suffix(Unit.BYTES, 1024 * 1024));
    known.put("GiB", new Suffix(Unit.BYTES, 1024.0 * 1024 * 1024));
    known.put("/s", new Suffix(Unit.PER_SECOND, 1));
    known.put("/min", new Suffix(Unit.PER_SECOND, 1 / 60.0));
    known.put("/h", new Suffix(Unit.PER_SECOND, 1 / 3600.0));
    return Collections.unmodifiableMap(known);
  }

  /** Refuses what is not finite. */
  public Quantity {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not a finite number");
    }
  }

  /**
   * Reads {@code 150 ms}, {@code 0.1 %}, {@code 500/s}, {@code 10 MB}, {@code 1_000} or {@code 5}.
   *
   * @throws IllegalArgumentException with a sentence for people, if the text is none of these
   */
  public static Quantity parse(String text) {
    Matcher matcher = SHAPE.matcher(text.length() > LONGEST ? "" : text.strip());
    if (!matcher.matches()) {
      String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
      throw new IllegalArgumentException("'" + shown + "' is not a number with a unit");
    }
    String digits = matcher.group(1).replace("_", "");
    String suffix = matcher.group(2);
    if (suffix == null) {
      return new Quantity(Double.parseDouble(digits), Unit.NONE);
    }
    Suffix known = SUFFIXES.get(suffix.strip());
    if (known == null) {
      throw new IllegalArgumentException(
          "'"
              + suffix.strip()
              + "' is not a unit; the units are "
              + String.join(", ", SUFFIXES.keySet()));
    }
    double factor = known.factor();
    boolean exact = factor >= 1 || factor == 0.01;
    return new Quantity(
        exact ? scaled(digits, factor) : Double.parseDouble(digits) * factor, known.unit());
  }

  /**
   * The double that is nearest to a decimal number times a factor.
   *
   * @param factor whole, or a hundredth
   */
  private static double scaled(String number, double factor) {
    double few = scaledFew(number, factor);
    return Double.isNaN(few)
        ? new BigDecimal(number).multiply(BigDecimal.valueOf(factor)).doubleValue()
        : few;
  }

  /**
   * The same for a number of few digits, without {@link BigDecimal}, whose tables take a start of
   * the command line 30 ms to make: a quotient of two numbers that a double holds exactly is
   * rounded once, to the nearest. NaN for a number of many digits.
   */
  private static double scaledFew(String number, double factor) {
    boolean negative = number.charAt(0) == '-';
    int from = negative || number.charAt(0) == '+' ? 1 : 0;
    int point = number.indexOf('.');
    long digits = 0;
    for (int i = from; i < number.length(); i++) {
      char c = number.charAt(i);
      if (i != point && (c < '0' || c > '9') || digits >= EXACT) {
        return Double.NaN;
      }
      digits = i == point ? digits : digits * 10 + (c - '0');
    }
    double product = digits * Math.max(1, factor);
    int decimals = (point < 0 ? 0 : number.length() - point - 1) + (factor < 1 ? 2 : 0);
    if (product >= EXACT || decimals >= POWERS_OF_TEN.length) {
      return Double.NaN;
    }
    double quotient = product / POWERS_OF_TEN[decimals];
    return negative && digits != 0 ? -quotient : quotient;
  }

  /** This as a duration; only for {@link Unit#NANOSECONDS}. */
  public Duration duration() {
    if (unit != Unit.NANOSECONDS) {
      throw new IllegalArgumentException(
          "'" + this + "' is not a duration; write it like 30s or 150 ms");
    }
    return Duration.ofNanos((long) value);
  }

  @Override
  public String toString() {
    return unit.format(value);
  }
}
