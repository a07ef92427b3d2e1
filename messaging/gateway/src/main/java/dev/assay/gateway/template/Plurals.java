package dev.assay.gateway.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/**
 * Which form of a noun goes with a number: the cardinal rules of CLDR 46 for the languages that
 * messages are written in most. Languages that are not listed have {@code one} for 1 and {@code
 * other}. ICU would bring all of them, and 14 MB; its rules are the peer in the tests.
 */
public enum Plurals {
  /** No forms at all. */
  NONE("ja zh ko vi th id ms lo my km yue jv", "other"),
  /** One for whole 1. */
  WHOLE_ONE("en de nl sv fi et ast fy gl ia io lij sc yi ur sw", "one other"),
  /** One for 1, also 1.0. */
  ONE(
      "tr hu el bg ka kk az uz sq mn eu no nb nn af ml mr ta te ne ky lb rm so tk or os ps",
      "one other"),
  /** Whole 1, and millions. */
  ROMANCE("it ca scn", "one many other"),
  /** 1, also 1.0, and millions. */
  SPANISH("es", "one many other"),
  /** 0 to 1.9, and millions. */
  FRENCH("fr", "one many other"),
  /** 0 and 1, and millions. */
  PORTUGUESE("pt", "one many other"),
  /** Up to 1. */
  UP_TO_ONE("hi bn fa gu kn am as zu", "one other"),
  /** By the last digits. */
  EAST_SLAVIC("ru uk", "one few many other"),
  /** By the last digits, fractions too. */
  BELARUSIAN("be", "one few many other"),
  /** By the last digits. */
  POLISH("pl", "one few many other"),
  /** 1, 2 to 4, fractions. */
  CZECH("cs sk", "one few many other"),
  /** By the last two digits. */
  SLOVENIAN("sl", "one two few other"),
  /** By the last digits of the whole or the fraction. */
  SOUTH_SLAVIC("hr sr bs", "one few other"),
  /** By the last digits of the whole or the fraction. */
  MACEDONIAN("mk", "one other"),
  /** Six forms. */
  ARABIC("ar", "zero one two few many other"),
  /** 1, 2. */
  HEBREW("he", "one two other"),
  /** By the last digits. */
  LITHUANIAN("lt", "one few many other"),
  /** By the last digits. */
  LATVIAN("lv", "zero one other"),
  /** 1, up to 19. */
  ROMANIAN("ro", "one few other"),
  /** 1, and small fractions. */
  DANISH("da", "one other"),
  /** By the last digits. */
  ICELANDIC("is", "one other"),
  /** 1, 2, 3 to 6, 7 to 10. */
  IRISH("ga", "one two few many other"),
  /** 0, 1, 2, 3, 6. */
  WELSH("cy", "zero one two few many other");

  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  private final String languages;
  private final String forms;

  Plurals(String languages, String forms) {
    this.languages = languages;
    this.forms = forms;
  }

  /** The rules of a language. */
  public static Plurals of(Locale locale) {
    if (locale.getLanguage().equals("pt") && locale.getCountry().equals("PT")) {
      return ROMANCE;
    }
    for (Plurals rules : values()) {
      if (rules.languages().contains(locale.getLanguage())) {
        return rules;
      }
    }
    return ONE;
  }

  /** The languages that have these rules, by their codes. */
  public List<String> languages() {
    return List.of(languages.split(" "));
  }

  /** The forms that occur: some of zero, one, two, few, many; other is last. */
  public List<String> forms() {
    return List.of(forms.split(" "));
  }

  /** The form that goes with a number as it is shown, with as many decimals. */
  public String form(BigDecimal number) {
    Operands n = Operands.of(number.abs());
    return switch (this) {
      case NONE -> "other";
      case WHOLE_ONE -> n.whole(1) ? "one" : "other";
      case ONE -> n.is(1) ? "one" : "other";
      case ROMANCE -> n.whole(1) ? "one" : n.millions() ? "many" : "other";
      case SPANISH -> n.is(1) ? "one" : n.millions() ? "many" : "other";
      case FRENCH, PORTUGUESE -> n.i < 2 && n.small() ? "one" : n.millions() ? "many" : "other";
      case UP_TO_ONE -> n.i == 0 && n.small() || n.is(1) ? "one" : "other";
      case EAST_SLAVIC -> eastSlavic(n);
      case BELARUSIAN -> n.t != 0 ? "other" : slavic(n.i);
      case POLISH -> n.whole(1) ? "one" : n.v != 0 ? "other" : few(n.i) ? "few" : "many";
      case CZECH -> n.whole(1) ? "one" : n.v != 0 ? "many" : n.from(2, 4) ? "few" : "other";
      case SLOVENIAN -> slovenian(n);
      case SOUTH_SLAVIC ->
          n.v == 0 && lastOne(n.i) || lastOne(n.f)
              ? "one"
              : n.v == 0 && few(n.i) || few(n.f) ? "few" : "other";
      case MACEDONIAN -> n.v == 0 && lastOne(n.i) || lastOne(n.f) ? "one" : "other";
      case ARABIC -> arabic(n);
      case HEBREW ->
          n.whole(1) || n.i == 0 && n.small() && n.v != 0 ? "one" : n.whole(2) ? "two" : "other";
      case LITHUANIAN -> lithuanian(n);
      case LATVIAN -> latvian(n);
      case ROMANIAN ->
          n.whole(1) ? "one" : n.v != 0 || n.is(0) || between(n.i % 100, 1, 19) ? "few" : "other";
      case DANISH -> n.is(1) || n.t != 0 && n.i < 2 && n.small() ? "one" : "other";
      case ICELANDIC -> n.t == 0 && lastOne(n.i) || n.t != 0 && lastOne(n.t) ? "one" : "other";
      case IRISH ->
          n.is(1)
              ? "one"
              : n.is(2)
                  ? "two"
                  : n.t == 0 && n.from(3, 6) ? "few" : n.t == 0 && n.from(7, 10) ? "many" : "other";
      case WELSH ->
          n.is(0)
              ? "zero"
              : n.is(1) ? "one" : n.is(2) ? "two" : n.is(3) ? "few" : n.is(6) ? "many" : "other";
    };
  }

  private static String eastSlavic(Operands n) {
    return n.v != 0 ? "other" : slavic(n.i);
  }

  private static String slavic(long whole) {
    return lastOne(whole) ? "one" : few(whole) ? "few" : "many";
  }

  private static String slovenian(Operands n) {
    if (n.v != 0) {
      return "few";
    }
    return switch ((int) (n.i % 100)) {
      case 1 -> "one";
      case 2 -> "two";
      case 3, 4 -> "few";
      default -> "other";
    };
  }

  private static String arabic(Operands n) {
    if (n.t != 0) {
      return "other";
    }
    if (n.small() && n.i < 3) {
      return n.i == 0 ? "zero" : n.i == 1 ? "one" : "two";
    }
    return between(n.i % 100, 3, 10) ? "few" : between(n.i % 100, 11, 99) ? "many" : "other";
  }

  private static String lithuanian(Operands n) {
    if (n.t != 0) {
      return "many";
    }
    boolean teen = between(n.i % 100, 11, 19);
    return n.i % 10 == 1 && !teen ? "one" : between(n.i % 10, 2, 9) && !teen ? "few" : "other";
  }

  private static String latvian(Operands n) {
    if (n.t == 0 && (n.i % 10 == 0 || between(n.i % 100, 11, 19))
        || n.v == 2 && between(n.f % 100, 11, 19)) {
      return "zero";
    }
    boolean one = n.t == 0 && lastOne(n.i) || n.v == 2 && lastOne(n.f) || n.v != 2 && n.f % 10 == 1;
    return one ? "one" : "other";
  }

  private static boolean lastOne(long number) {
    return number % 10 == 1 && number % 100 != 11;
  }

  private static boolean few(long number) {
    return between(number % 10, 2, 4) && !between(number % 100, 12, 14);
  }

  private static boolean between(long number, int least, int most) {
    return number >= least && number <= most;
  }

  /**
   * The operands of UTS 35, part 3, section 5.1.1.
   *
   * @param whole the digits before the point
   * @param i the last nine of them, which is all that rules look at
   * @param v how many digits are after the point
   * @param f those digits as a number, the last nine
   * @param t the same without zeros at the end
   */
  private record Operands(BigInteger whole, long i, int v, long f, long t) {

    static Operands of(BigDecimal number) {
      int scale = Math.max(0, number.scale());
      BigInteger whole = number.toBigInteger();
      BigDecimal fraction = number.subtract(new BigDecimal(whole));
      return new Operands(
          whole,
          last(whole),
          scale,
          last(fraction.movePointRight(scale).toBigInteger()),
          fraction.signum() == 0 ? 0 : last(fraction.stripTrailingZeros().unscaledValue()));
    }

    private static long last(BigInteger number) {
      return number.mod(BigInteger.valueOf(1_000_000_000)).longValue();
    }

    /** Whether there are no more digits than {@link #i} has. */
    boolean small() {
      return whole.bitLength() < 30 && whole.longValue() == i;
    }

    boolean is(int number) {
      return small() && i == number && t == 0;
    }

    boolean whole(int number) {
      return small() && i == number && v == 0;
    }

    boolean from(int least, int most) {
      return small() && between(i, least, most);
    }

    boolean millions() {
      return v == 0 && whole.signum() != 0 && whole.mod(MILLION).signum() == 0;
    }
  }
}
