package dev.assay.gateway.route;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Countries of numbers, by libphonenumber. Most calling codes are one country's, which a table
 * tells; only numbers of the others (+1, +7, +44 …) are looked at whole, once for those that begin
 * alike. Immutable, but for what it remembers of them; thread-safe.
 */
public final class Countries {

  private static final int CODES = 1000;

  /** No plan of numbers tells its countries by more digits than these, with the calling code. */
  private static final int TELLING = 9;

  private static final int REMEMBERED = 4096;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private record Looked(String beginning, int length, String region) {}

  private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
  private final String[] single = new String[CODES];

  /** A place may be written by two threads at once, as either answer is right. */
  private final @Nullable Looked[] looked = new @Nullable Looked[REMEMBERED];

  /** Makes the table. */
  public Countries() {
    java.util.Arrays.fill(single, "");
    for (int code : numbers.getSupportedCallingCodes()) {
      List<String> regions = numbers.getRegionCodesForCountryCode(code);
      single[code] =
          regions.size() == 1 && !regions.getFirst().equals("001") ? regions.getFirst() : "*";
    }
  }

  /**
   * The country of a number.
   *
   * @param digits in international form, without a plus
   * @return two letters, or empty where it has none
   */
  public String of(String digits) {
    int code = 0;
    for (int i = 0; i < 3 && i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return "";
      }
      code = code * 10 + digit;
      String region = single[code];
      if (region.equals("*")) {
        return remembered(digits);
      }
      if (!region.isEmpty()) {
        return region;
      }
    }
    return "";
  }

  private String remembered(String digits) {
    int length = digits.length();
    if (length < TELLING) {
      return look(digits);
    }
    long hash = length;
    for (int i = 0; i < TELLING; i++) {
      hash = hash * 10 + digits.charAt(i) - '0';
    }
    int place = (int) (hash * SPREAD >>> 52);
    Looked known = looked[place];
    if (known != null && known.length() == length && digits.startsWith(known.beginning())) {
      return known.region();
    }
    String region = look(digits);
    looked[place] = new Looked(digits.substring(0, TELLING), length, region);
    return region;
  }

  private String look(String digits) {
    try {
      PhoneNumber number = numbers.parse("+" + digits, null);
      String region = numbers.getRegionCodeForNumber(number);
      if (region == null) {
        region = numbers.getRegionCodeForCountryCode(number.getCountryCode());
      }
      return region.equals("001") || region.equals("ZZ") ? "" : region.toUpperCase(Locale.ROOT);
    } catch (NumberParseException none) {
      return "";
    }
  }

  /**
   * A number as it is dialled from abroad.
   *
   * @param written with a plus, with 00, or as digits that begin with a country's code
   * @return its digits; empty where it cannot be a number
   */
  public static String digits(String written) {
    int length = written.length();
    int from = 0;
    if (length > 0 && written.charAt(0) == '+') {
      from = 1;
    } else if (written.startsWith("00")) {
      from = 2;
    }
    boolean clean = true;
    for (int i = from; i < length && clean; i++) {
      char c = written.charAt(i);
      clean = c >= '0' && c <= '9';
    }
    String digits = clean ? written.substring(from) : stripped(written.substring(from));
    return digits.length() >= 5 && digits.length() <= 15 && digits.charAt(0) != '0' ? digits : "";
  }

  /** Blanks, dashes, dots and brackets are how people write numbers; anything else is none. */
  private static String stripped(String written) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      } else if (" -./()\u00A0".indexOf(c) < 0) {
        return "";
      }
    }
    return digits.toString();
  }

  /** Whether it may be somebody's, and how it is written for people; for explanations. */
  public String describe(String digits) {
    try {
      PhoneNumber number = numbers.parse("+" + digits, null);
      return numbers.format(number, PhoneNumberFormat.INTERNATIONAL)
          + (numbers.isValidNumber(number) ? "" : " (not a valid number)");
    } catch (NumberParseException none) {
      return "+" + digits + " (no number: " + none.getMessage() + ")";
    }
  }
}
