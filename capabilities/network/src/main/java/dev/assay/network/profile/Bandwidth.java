package dev.assay.network.profile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast a link carries bits. Immutable.
 *
 * @param bitsPerSecond 100 to 10¹²; 0 = no limit
 */
public record Bandwidth(double bitsPerSecond) {

  /** No limit. */
  public static final Bandwidth UNLIMITED = new Bandwidth(0);

  private static final Pattern SHAPE =
      Pattern.compile("(\\d[\\d_]*(?:\\.\\d+)?)\\s*([kKMGT]i?)?(bit/s|bits/s|bps|b/s|B/s|bytes/s)");

  private static final Map<String, Double> FACTORS =
      Map.of(
          "",
          1.0,
          "k",
          1e3,
          "K",
          1e3,
          "M",
          1e6,
          "G",
          1e9,
          "T",
          1e12,
          "ki",
          1024.0,
          "Ki",
          1024.0,
          "Mi",
          1048576.0,
          "Gi",
          1073741824.0);

  /** Checks the range. */
  public Bandwidth {
    if (!(bitsPerSecond == 0 || bitsPerSecond >= 100 && bitsPerSecond <= 1e12)) {
      throw new IllegalArgumentException("a bandwidth is 100 bit/s to 1 Tbit/s, or unlimited");
    }
  }

  /**
   * Reads {@code 1.6 Mbit/s}, {@code 400 kbit/s}, {@code 12 Mbps}, {@code 2 MB/s} or {@code
   * unlimited}.
   *
   * @throws IllegalArgumentException with a sentence for people, if it is none of these
   */
  public static Bandwidth parse(String text) {
    if (text.strip().equals("unlimited")) {
      return UNLIMITED;
    }
    Matcher matcher = SHAPE.matcher(text.length() > 60 ? "" : text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a bandwidth; write it like 1.6 Mbit/s, 400 kbit/s or unlimited");
    }
    String prefix = matcher.group(2) == null ? "" : matcher.group(2);
    Double factor = FACTORS.get(prefix);
    if (factor == null) {
      throw new IllegalArgumentException("'" + prefix + "' is not a prefix of a bandwidth");
    }
    boolean bytes =
        matcher.group(3).toUpperCase(Locale.ROOT).startsWith("B/")
                && matcher.group(3).startsWith("B")
            || matcher.group(3).startsWith("bytes");
    double number = Double.parseDouble(matcher.group(1).replace("_", ""));
    double bits = number * factor * (bytes ? 8 : 1);
    if (bits == 0) {
      throw new IllegalArgumentException("a bandwidth of 0 carries nothing; write offline: true");
    }
    return new Bandwidth(bits);
  }

  /** As it is written: {@code 1.6 Mbit/s}. */
  @Override
  public String toString() {
    if (bitsPerSecond == 0) {
      return "unlimited";
    }
    if (bitsPerSecond >= 1e9) {
      return digits(bitsPerSecond / 1e9) + " Gbit/s";
    }
    if (bitsPerSecond >= 1e6) {
      return digits(bitsPerSecond / 1e6) + " Mbit/s";
    }
    return bitsPerSecond >= 1e3
        ? digits(bitsPerSecond / 1e3) + " kbit/s"
        : digits(bitsPerSecond) + " bit/s";
  }

  private static String digits(double value) {
    return BigDecimal.valueOf(value)
        .setScale(6, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
