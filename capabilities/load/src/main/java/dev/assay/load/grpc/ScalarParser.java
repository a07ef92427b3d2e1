package dev.assay.load.grpc;

import dev.assay.load.extract.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of numbers, booleans, enums and bytes while requests are made. The usual forms
 * allocate nothing. Not thread-safe.
 */
final class ScalarParser {

  /** Powers of ten that a double holds exactly. */
  private static final double[] EXACT = new double[23];

  /** Whole numbers below this are doubles without rounding. */
  private static final long LARGEST_EXACT = 1L << 53;

  private static final int MOST_DIGITS = 18;

  static {
    double power = 1;
    for (int i = 0; i < EXACT.length; i++) {
      EXACT[i] = power;
      power *= 10;
    }
  }

  private long bits;
  private long digits;
  private int many;
  private int at;

  /** What was read: two's complement, or the bits of a floating-point number. */
  long bits() {
    return bits;
  }

  /** Reads a text; tells whether it fits. */
  boolean parse(MessageProgram.Filled piece, Bytes text) {
    byte[] bytes = text.array();
    int from = 0;
    int to = text.length();
    while (from < to && bytes[from] == ' ') {
      from++;
    }
    while (to > from && bytes[to - 1] == ' ') {
      to--;
    }
    return switch (piece.form()) {
      case INT32, SINT32, SFIXED32 -> whole(bytes, from, to) && bits == (int) bits;
      case UINT32, FIXED32 -> whole(bytes, from, to) && bits >= 0 && bits <= 0xffff_ffffL;
      case INT64, SINT64, SFIXED64 -> whole(bytes, from, to);
      case UINT64, FIXED64 -> unsigned(bytes, from, to);
      case FLOAT -> real(bytes, from, to, true);
      case DOUBLE -> real(bytes, from, to, false);
      case BOOL -> bool(bytes, from, to);
      case ENUM -> enumValue(piece, bytes, from, to);
      case STRING, BYTES -> throw new IllegalStateException("no number: " + piece.form());
    };
  }

  /** Reads digits from {@link #at} on; at most as many as a long surely holds. */
  private void digits(byte[] bytes, int to) {
    while (at < to && many < MOST_DIGITS && bytes[at] >= '0' && bytes[at] <= '9') {
      digits = digits * 10 + bytes[at] - '0';
      many++;
      at++;
    }
  }

  private boolean whole(byte[] bytes, int from, int to) {
    boolean minus = from < to && bytes[from] == '-';
    at = minus ? from + 1 : from;
    digits = 0;
    many = 0;
    digits(bytes, to);
    if (many > 0 && at == to) {
      bits = minus ? -digits : digits;
      return true;
    }
    BigInteger value = rare(bytes, from, to);
    if (value == null || value.bitLength() > 63) {
      return false;
    }
    bits = value.longValue();
    return true;
  }

  private boolean unsigned(byte[] bytes, int from, int to) {
    if (whole(bytes, from, to)) {
      return bits >= 0;
    }
    BigInteger value = rare(bytes, from, to);
    if (value == null || value.signum() < 0 || value.bitLength() > 64) {
      return false;
    }
    bits = value.longValue();
    return true;
  }

  /** Forms that nearly no one writes: 19 digits and more, {@code 5.0}, {@code 1e6}. */
  private static @Nullable BigInteger rare(byte[] bytes, int from, int to) {
    BigDecimal decimal = Numbers.decimal(ascii(bytes, from, to));
    return decimal == null ? null : Numbers.whole(decimal);
  }

  @SuppressWarnings("deprecation") // each byte is one char, as is meant
  private static String ascii(byte[] bytes, int from, int to) {
    return new String(bytes, 0, from, to - from);
  }

  private boolean real(byte[] bytes, int from, int to, boolean single) {
    boolean minus = from < to && bytes[from] == '-';
    at = minus ? from + 1 : from;
    digits = 0;
    many = 0;
    digits(bytes, to);
    int fraction = 0;
    if (many > 0 && at < to && bytes[at] == '.') {
      at++;
      int before = many;
      digits(bytes, to);
      fraction = many - before;
    }
    double value;
    if (many > 0 && at == to && digits < LARGEST_EXACT && fraction < EXACT.length) {
      // Both are exact, so the quotient is the nearest double (Clinger 1990).
      value = digits / EXACT[fraction];
      value = minus ? -value : value;
    } else {
      Double rare = Numbers.real(ascii(bytes, from, to));
      if (rare == null) {
        return false;
      }
      value = rare;
    }
    if (single) {
      float narrow = (float) value;
      bits = Float.floatToRawIntBits(narrow);
      return !Float.isInfinite(narrow) || Double.isInfinite(value);
    }
    bits = Double.doubleToRawLongBits(value);
    return true;
  }

  private boolean bool(byte[] bytes, int from, int to) {
    boolean yes =
        to - from == 4
            && bytes[from] == 't'
            && bytes[from + 1] == 'r'
            && bytes[from + 2] == 'u'
            && bytes[from + 3] == 'e';
    bits = yes ? 1 : 0;
    return yes
        || to - from == 5
            && bytes[from] == 'f'
            && bytes[from + 1] == 'a'
            && bytes[from + 2] == 'l'
            && bytes[from + 3] == 's'
            && bytes[from + 4] == 'e';
  }

  private boolean enumValue(MessageProgram.Filled piece, byte[] bytes, int from, int to) {
    byte[][] names = piece.names();
    for (int i = 0; i < names.length; i++) {
      if (Arrays.equals(names[i], 0, names[i].length, bytes, from, to)) {
        bits = piece.numbers()[i];
        return true;
      }
    }
    return whole(bytes, from, to) && bits == (int) bits;
  }

  /** Appends the bytes that a text says in base64, usual or URL alphabet, padded or not. */
  boolean base64(Bytes text, Bytes into) {
    byte[] bytes = text.array();
    int to = text.length();
    int padding = 0;
    while (to > 0 && bytes[to - 1] == '=' && padding < 2) {
      to--;
      padding++;
    }
    if (padding > 0 && text.length() % 4 != 0 || to % 4 == 1) {
      return false;
    }
    int held = 0;
    int bitsHeld = 0;
    for (int i = 0; i < to; i++) {
      int six = six(bytes[i]);
      if (six < 0) {
        return false;
      }
      held = held << 6 | six;
      bitsHeld += 6;
      if (bitsHeld >= 8) {
        bitsHeld -= 8;
        into.append((byte) (held >>> bitsHeld));
        held &= (1 << bitsHeld) - 1;
      }
    }
    return true;
  }

  private static int six(byte b) {
    if (b >= 'A' && b <= 'Z') {
      return b - 'A';
    }
    if (b >= 'a' && b <= 'z') {
      return b - 'a' + 26;
    }
    if (b >= '0' && b <= '9') {
      return b - '0' + 52;
    }
    return switch (b) {
      case '+', '-' -> 62;
      case '/', '_' -> 63;
      default -> -1;
    };
  }
}
