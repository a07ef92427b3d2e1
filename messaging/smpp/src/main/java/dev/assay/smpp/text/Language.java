package dev.assay.smpp.text;

import java.util.Locale;

/**
 * The languages that have 7-bit tables of their own, by the identifiers of 3GPP TS 23.038, section
 * 6.2.1.2.4.
 */
public enum Language {
  /** The tables that every telephone has. */
  DEFAULT,
  /** Turkish. */
  TURKISH,
  /** Spanish; only a table for single characters. */
  SPANISH,
  /** Portuguese. */
  PORTUGUESE,
  /** Bengali. */
  BENGALI,
  /** Gujarati. */
  GUJARATI,
  /** Hindi. */
  HINDI,
  /** Kannada. */
  KANNADA,
  /** Malayalam. */
  MALAYALAM,
  /** Oriya. */
  ORIYA,
  /** Punjabi. */
  PUNJABI,
  /** Tamil. */
  TAMIL,
  /** Telugu. */
  TELUGU,
  /** Urdu. */
  URDU;

  /** The identifier in a user data header. */
  public int id() {
    return ordinal();
  }

  /** Whether a table of its own takes the place of the default one. */
  public boolean locks() {
    return this != DEFAULT && this != SPANISH;
  }

  /** The language of that identifier; the default where there is none. */
  public static Language of(int id) {
    Language[] all = values();
    return id > 0 && id < all.length ? all[id] : DEFAULT;
  }

  /**
   * The language of that name.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Language of(String name) {
    try {
      return valueOf(name.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      StringBuilder names = new StringBuilder();
      for (Language each : values()) {
        names.append(names.isEmpty() ? "" : ", ").append(each.name().toLowerCase(Locale.ROOT));
      }
      throw new IllegalArgumentException(
          "'" + name + "' has no 7-bit tables; the languages are " + names, unknown);
    }
  }
}
