package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a plain scalar means in YAML 1.1 as PyYAML resolves it, which reads the toolkit's files:
 * {@code yes} is true and {@code 1e3} a text. Dates stay texts.
 */
final class YamlScalar {

  private static final Set<String> TRUE = Set.of("true", "yes", "on");
  private static final Set<String> FALSE = Set.of("false", "no", "off");
  private static final Pattern WHOLE =
      Pattern.compile("[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]+|0|[1-9][0-9_]*)");
  private static final Pattern SIXTIES = Pattern.compile("[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+");
  private static final Pattern REAL =
      Pattern.compile(
          "[-+]?[0-9][0-9_]*\\.[0-9_]*([eE][-+][0-9]{1,4})?|\\.[0-9][0-9_]*([eE][-+][0-9]{1,4})?");
  private static final int LONGEST_NUMBER = 100;

  private YamlScalar() {}

  static Json read(String text) {
    if (text.isEmpty() || text.equals("~") || isWord(text, Set.of("null"))) {
      return Json.Null.VALUE;
    }
    if (isWord(text, TRUE)) {
      return Json.of(true);
    }
    if (isWord(text, FALSE)) {
      return Json.of(false);
    }
    if (text.length() > LONGEST_NUMBER) {
      return Json.of(text);
    }
    if (WHOLE.matcher(text).matches()) {
      return whole(text);
    }
    if (SIXTIES.matcher(text).matches()) {
      return sixties(text);
    }
    if (REAL.matcher(text).matches() || text.matches("-?\\d+(\\.\\d+)?[eE][-+]?\\d{1,4}")) {
      // the last form is a number in JSON only; a YAML file that means a text quotes it
      double value = new BigDecimal(text.replace("_", "")).doubleValue();
      return Double.isFinite(value) ? Json.of(value) : Json.of(text);
    }
    return Json.of(text);
  }

  /** In lower case, capitalised or in capitals, as YAML 1.1 lists them. */
  private static boolean isWord(String text, Set<String> words) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean cased =
        text.equals(lower)
            || text.equals(text.toUpperCase(Locale.ROOT))
            || text.substring(1).equals(lower.substring(1));
    return cased && words.contains(lower);
  }

  private static Json whole(String text) {
    String digits = text.replace("_", "");
    boolean negative = digits.startsWith("-");
    String bare = digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
    BigInteger value;
    if (bare.startsWith("0b")) {
      value = number(bare.substring(2), 2);
    } else if (bare.startsWith("0x")) {
      value = number(bare.substring(2), 16);
    } else {
      value = number(bare, bare.length() > 1 && bare.startsWith("0") ? 8 : 10);
    }
    BigInteger signed = negative ? value.negate() : value;
    return signed.bitLength() < 64 ? Json.of(signed.longValue()) : Json.of(signed.doubleValue());
  }

  private static BigInteger number(String digits, int radix) {
    return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits, radix);
  }

  /** {@code 1:30} is 90, as in hours and minutes. */
  private static Json sixties(String text) {
    boolean negative = text.startsWith("-");
    double value = 0;
    for (String part : text.replaceAll("[-+_]", "").split(":", -1)) {
      value = value * 60 + Double.parseDouble(part);
    }
    return Json.of(negative ? -value : value);
  }
}
