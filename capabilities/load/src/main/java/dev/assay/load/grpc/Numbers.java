package dev.assay.load.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The numbers and bytes of messages as they are written in JSON. */
final class Numbers {

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,400}(\\.\\d{0,400})?|\\.\\d{1,400})([eE][+-]?\\d{1,4})?");

  /** A whole number of a message has at most 20 digits; beyond this none is worth expanding. */
  private static final int MOST_DIGITS = 40;

  private Numbers() {}

  /** The whole numbers that a type can hold. */
  record Range(BigInteger least, BigInteger most) {
    boolean holds(BigInteger value) {
      return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }
  }

  private static final Range INT32 = signed(31);
  private static final Range INT64 = signed(63);
  private static final Range UINT32 = unsigned(32);
  private static final Range UINT64 = unsigned(64);

  private static Range signed(int bits) {
    BigInteger limit = BigInteger.ONE.shiftLeft(bits);
    return new Range(limit.negate(), limit.subtract(BigInteger.ONE));
  }

  private static Range unsigned(int bits) {
    return new Range(BigInteger.ZERO, BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
  }

  static Range range(FieldDescriptor.Type type) {
    return switch (type) {
      case UINT32, FIXED32 -> UINT32;
      case UINT64, FIXED64 -> UINT64;
      case INT64, SINT64, SFIXED64 -> INT64;
      default -> INT32;
    };
  }

  /** The number that a text says, or null where it says none. */
  static @Nullable BigDecimal decimal(String text) {
    return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : null;
  }

  /** The whole number, or null where it has a fraction or is beyond all types. */
  static @Nullable BigInteger whole(BigDecimal number) {
    if (number.signum() == 0) {
      return BigInteger.ZERO;
    }
    BigDecimal plain = number.stripTrailingZeros();
    if (plain.scale() > 0 || plain.precision() - plain.scale() > MOST_DIGITS) {
      return null;
    }
    return plain.toBigInteger();
  }

  /** A double, also not a number and the infinities, or null where the text says none of them. */
  static @Nullable Double real(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> {
        if (!DECIMAL.matcher(text).matches()) {
          yield null;
        }
        double value = Double.parseDouble(text);
        yield Double.isInfinite(value) ? null : value;
      }
    };
  }

  /** The bytes of base64 in its usual or its URL alphabet, or null where it is neither. */
  static byte @Nullable [] base64(String text) {
    try {
      String usual = text.replace('-', '+').replace('_', '/');
      int end = usual.length();
      while (end > 0 && usual.charAt(end - 1) == '=' && usual.length() - end < 2) {
        end--;
      }
      return Base64.getDecoder().decode(usual.substring(0, end));
    } catch (IllegalArgumentException none) {
      return null;
    }
  }
}
