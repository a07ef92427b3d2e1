package dev.assay.http;

import dev.assay.api.value.Comparison;
import dev.assay.api.value.Comparison.Operator;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Compares a value of an answer, which a stranger wrote, with what is expected. Stricter than
 * {@link Comparison#holds(String)}: a number is what JSON calls one (not {@code NaN}, {@code
 * Infinity} or {@code 0x1p3}), equal numbers are equal to the last digit, and regular expressions
 * are bounded.
 */
final class ValueComparison {

  private static final Pattern NUMBER =
      Pattern.compile("-?\\d{1,400}(?:\\.\\d{1,400})?(?:[eE][+-]?\\d{1,3})?");

  private ValueComparison() {}

  /** Whether the comparison is the word {@code exists}. */
  static boolean exists(Comparison comparison) {
    return comparison.operator() == Operator.EQUAL && comparison.operand().equals("exists");
  }

  /** Whether the comparison is the word {@code absent}. */
  static boolean absent(Comparison comparison) {
    return comparison.operator() == Operator.EQUAL && comparison.operand().equals("absent");
  }

  /**
   * Whether the value holds.
   *
   * @throws BoundedMatching.GaveUp if the regular expression takes too long
   */
  static boolean holds(Comparison comparison, String value) {
    Pattern pattern = comparison.pattern();
    return switch (comparison.operator()) {
      case MATCHES -> pattern != null && BoundedMatching.finds(pattern, value);
      case NOT_MATCHES -> pattern != null && !BoundedMatching.finds(pattern, value);
      case EQUAL, SAME -> equal(comparison.operand(), value);
      case NOT_EQUAL -> !equal(comparison.operand(), value);
      case AT_MOST, AT_LEAST, LESS, MORE -> ordered(comparison, value);
    };
  }

  private static boolean equal(String operand, String value) {
    if (value.equals(operand)) {
      return true;
    }
    return isNumber(operand)
        && isNumber(value)
        && new BigDecimal(operand).compareTo(new BigDecimal(value)) == 0;
  }

  private static boolean ordered(Comparison comparison, String value) {
    if (!isNumber(value)) {
      return false;
    }
    double number = Double.parseDouble(value);
    return Double.isFinite(number) && comparison.holds(number);
  }

  static boolean isNumber(String text) {
    return text.length() <= 1000 && NUMBER.matcher(text).matches();
  }
}
