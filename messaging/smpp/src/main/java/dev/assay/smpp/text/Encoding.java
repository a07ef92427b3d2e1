package dev.assay.smpp.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the characters of a message are coded, as data_coding says. */
public enum Encoding {
  /** The 7-bit alphabet of GSM, one septet a byte. */
  GSM7(0x00, null),
  /** US-ASCII. */
  ASCII(0x01, StandardCharsets.US_ASCII),
  /** ISO 8859-1. */
  LATIN1(0x03, StandardCharsets.ISO_8859_1),
  /** Bytes that are no text. */
  BINARY(0x04, null),
  /** UTF-16, the high byte first; what telephones take UCS-2 for. */
  UCS2(0x08, StandardCharsets.UTF_16BE);

  private final int dataCoding;
  private final @Nullable Charset charset;

  Encoding(int dataCoding, @Nullable Charset charset) {
    this.dataCoding = dataCoding;
    this.charset = charset;
  }

  /** The data_coding that says so. */
  public int dataCoding() {
    return dataCoding;
  }

  /** Java's character set for it, or null where it has none. */
  @Nullable Charset charset() {
    return charset;
  }

  /** Its name in files and answers: {@code gsm7}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What a data_coding means (SMPP 5.0, section 4.7.7; 3GPP TS 23.038, section 4, for groups of
   * message classes): with 0, the message centre's own, which nearly everywhere is GSM's.
   */
  public static Encoding of(int dataCoding) {
    if ((dataCoding & 0xF0) == 0xF0) {
      return (dataCoding & 0x04) == 0 ? GSM7 : BINARY;
    }
    return switch (dataCoding) {
      case 0x00 -> GSM7;
      case 0x01 -> ASCII;
      case 0x03 -> LATIN1;
      case 0x08 -> UCS2;
      default -> BINARY;
    };
  }

  /**
   * The encoding of that name.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Encoding of(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT).replace("-", "").replace("_", "")) {
      case "gsm7", "gsm", "gsm0338", "gsm03.38", "7bit" -> GSM7;
      case "ascii", "usascii", "ia5" -> ASCII;
      case "latin1", "iso88591" -> LATIN1;
      case "ucs2", "utf16", "utf16be" -> UCS2;
      case "binary", "8bit" -> BINARY;
      default ->
          throw new IllegalArgumentException(
              "'" + name + "' is no encoding; the encodings are gsm7, ascii, latin1, ucs2, binary");
    };
  }
}
