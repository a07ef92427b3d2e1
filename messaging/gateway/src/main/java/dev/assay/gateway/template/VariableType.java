package dev.assay.gateway.template;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Nearest;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a variable of a template may be. */
public enum VariableType {
  /** Any text without control characters other than line ends. */
  TEXT,
  /** A decimal number. */
  NUMBER,
  /** An amount with its currency: {@code 12.50 EUR}. */
  MONEY,
  /** A day, a local time, or a moment. */
  DATE,
  /** An absolute address of the web. */
  URL,
  /** What somebody is to type as it is: letters, digits and dashes. */
  CODE;

  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,15}(\\.\\d{1,9})?");
  private static final Pattern AMOUNT =
      Pattern.compile("(-?\\d{1,15}(?:\\.\\d{1,9})?)\\s*([A-Za-z]{3})");
  private static final Pattern CODE_SHAPE = Pattern.compile("[A-Za-z0-9-]+");

  /** The type of that name. */
  static VariableType named(String name) {
    for (VariableType type : values()) {
      if (type.word().equals(name)) {
        return type;
      }
    }
    List<String> names = Arrays.stream(values()).map(VariableType::word).toList();
    throw new IllegalArgumentException("'" + name + "' is no type: " + Nearest.mend(name, names));
  }

  /** As templates write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is taken where a template does not say how long a value may be. */
  int usualMost() {
    return switch (this) {
      case TEXT -> 100;
      case NUMBER, MONEY -> 26;
      case DATE -> 40;
      case URL -> 300;
      case CODE -> 16;
    };
  }

  /**
   * The value that JSON says.
   *
   * @param most how long it may be, in characters
   * @throws IllegalArgumentException with a sentence for people, without the value itself where it
   *     may be somebody's secret
   */
  Value read(Json json, int most) {
    String text =
        switch (json) {
          case Json.Text given -> given.value();
          case Json.Whole whole when this == NUMBER || this == TEXT || this == CODE ->
              Long.toString(whole.value());
          case Json.Real real when this == NUMBER ->
              BigDecimal.valueOf(real.value()).toPlainString();
          case Json.Obj amount when this == MONEY ->
              scalar(amount.get("amount")) + " " + amount.text("currency");
          default -> throw new IllegalArgumentException("it is no " + word());
        };
    if (text.length() > most) {
      throw new IllegalArgumentException(
          "it has " + text.length() + " characters, more than " + most);
    }
    return switch (this) {
      case TEXT -> text(text);
      case NUMBER -> new Value.Decimal(decimal(text));
      case MONEY -> money(text);
      case DATE -> date(text);
      case URL -> url(text);
      case CODE -> code(text);
    };
  }

  private static String scalar(Json json) {
    return json instanceof Json.Text text
        ? text.value()
        : BigDecimal.valueOf(json.asNumber()).toPlainString();
  }

  private static Value text(String text) {
    if (text.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c))) {
      throw new IllegalArgumentException("it has control characters");
    }
    return new Value.Text(text);
  }

  private static BigDecimal decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is no number such as 3 or 3.50");
    }
    return new BigDecimal(text);
  }

  private static Value money(String text) {
    Matcher parts = AMOUNT.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no money such as 12.50 EUR");
    }
    Currency currency;
    try {
      currency = Currency.getInstance(parts.group(2).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "'" + parts.group(2) + "' is no currency of ISO 4217, such as EUR", unknown);
    }
    BigDecimal amount = decimal(parts.group(1));
    int digits = Math.max(0, currency.getDefaultFractionDigits());
    if (amount.stripTrailingZeros().scale() > digits) {
      throw new IllegalArgumentException(
          "'" + text + "' has more than the " + digits + " decimals of " + currency);
    }
    return new Value.Money(amount, currency);
  }

  private static Value date(String text) {
    try {
      if (text.length() == 10) {
        return new Value.Date(LocalDate.parse(text));
      }
      return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$")
          ? new Value.Date(OffsetDateTime.parse(text))
          : new Value.Date(LocalDateTime.parse(text));
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(
          "'" + text + "' is no date such as 2026-12-24, 2026-12-24T18:00 or 2026-12-24T17:00:00Z",
          wrong);
    }
  }

  private static Value url(String text) {
    try {
      URI address = new URI(text);
      String scheme = address.getScheme();
      boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
      if (!web || address.getHost() == null || address.getUserInfo() != null) {
        throw new IllegalArgumentException(
            "it is no address of the web such as https://example.org/a");
      }
      return new Value.Url(text);
    } catch (URISyntaxException wrong) {
      throw new IllegalArgumentException(
          "it is no address of the web: " + wrong.getReason() + " at " + wrong.getIndex(), wrong);
    }
  }

  private static Value code(String text) {
    if (!CODE_SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("a code has letters, digits and dashes only");
    }
    return new Value.Code(text);
  }
}
