package dev.assay.gateway.template;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.Temporal;
import java.util.Currency;
import java.util.Locale;

/** What stands in the place of a variable. Immutable. */
sealed interface Value {

  /** A text. */
  record Text(String text) implements Value {}

  /** A number. */
  record Decimal(BigDecimal number) implements Value {}

  /** An amount. */
  record Money(BigDecimal amount, Currency currency) implements Value {}

  /** A LocalDate, LocalDateTime or OffsetDateTime. */
  record Date(Temporal when) implements Value {}

  /** An address. */
  record Url(String address) implements Value {}

  /** A code. */
  record Code(String code) implements Value {}

  /**
   * How it is shown.
   *
   * @param style of dates: short, medium, long, full, time; empty for medium
   * @param zone in which moments are shown
   */
  default String shown(Locale locale, String style, ZoneId zone) {
    return switch (this) {
      case Text text -> text.text();
      case Url url -> url.address();
      case Code code -> code.code();
      case Decimal decimal -> number(decimal.number(), locale);
      case Money money -> money(money, locale);
      case Date date -> date(date.when(), locale, style, zone);
    };
  }

  private static String number(BigDecimal number, Locale locale) {
    NumberFormat format = NumberFormat.getInstance(locale);
    format.setMinimumFractionDigits(Math.max(0, number.scale()));
    format.setMaximumFractionDigits(Math.max(0, number.scale()));
    return plainSpaces(format.format(number));
  }

  private static String money(Money money, Locale locale) {
    NumberFormat format = NumberFormat.getCurrencyInstance(locale);
    format.setCurrency(money.currency());
    int digits = Math.max(0, money.currency().getDefaultFractionDigits());
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return plainSpaces(format.format(money.amount()));
  }

  private static String date(Temporal when, Locale locale, String style, ZoneId zone) {
    Temporal local =
        when instanceof OffsetDateTime moment
            ? moment.atZoneSameInstant(zone).toLocalDateTime()
            : when;
    boolean day = local instanceof LocalDate;
    DateTimeFormatter format;
    if (style.equals("time")) {
      format = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT);
    } else {
      FormatStyle of =
          style.isEmpty()
              ? FormatStyle.MEDIUM
              : FormatStyle.valueOf(style.toUpperCase(Locale.ROOT));
      format =
          day
              ? DateTimeFormatter.ofLocalizedDate(of)
              : DateTimeFormatter.ofLocalizedDateTime(of, FormatStyle.SHORT);
    }
    Temporal shown = style.equals("time") && day ? ((LocalDate) local).atStartOfDay() : local;
    return plainSpaces(format.withLocale(locale).format(shown));
  }

  /**
   * CLDR separates by spaces that do not break, which the GSM alphabet lacks: one of them would
   * make a message twice as dear.
   */
  private static String plainSpaces(String text) {
    return text.replace('\u00A0', ' ').replace('\u202F', ' ');
  }
}
