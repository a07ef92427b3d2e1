package dev.assay.load.extract;

import dev.assay.api.value.Comparison;
import dev.assay.api.value.Quantity;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Comparison} that is made for bytes: nothing is allocated for numbers and texts. What a
 * stranger sent is compared as in {@code http} checks: numbers are what JSON calls so, and are
 * equal where they are equal to the last digit ({@code 2.5} and {@code 2.50}); regular expressions
 * that backtrack without end do not hold.
 *
 * <p>A test with a regular expression has state while it holds, so each thread takes its own {@link
 * #copy()}.
 */
public final class ValueTest {

  private enum Kind {
    EXISTS,
    ABSENT,
    EQUAL,
    NOT_EQUAL,
    LESS,
    AT_MOST,
    MORE,
    AT_LEAST,
    MATCHES,
    NOT_MATCHES,
    NEVER
  }

  private final Comparison comparison;
  private final Kind kind;
  private final byte[] operand;
  private final @Nullable Decimal number;
  private final @Nullable Search search;

  private ValueTest(Comparison comparison, boolean words) {
    this.comparison = comparison;
    this.kind = kind(comparison, words);
    this.operand = comparison.operand().getBytes(StandardCharsets.UTF_8);
    this.number = number(comparison);
    Pattern pattern = comparison.pattern();
    this.search = pattern == null ? null : new Search(pattern);
  }

  private ValueTest(ValueTest other) {
    this.comparison = other.comparison;
    this.kind = other.kind;
    this.operand = other.operand;
    this.number = other.number;
    Pattern pattern = comparison.pattern();
    this.search = pattern == null ? null : new Search(pattern);
  }

  /** A test in which the words {@code exists} and {@code absent} ask whether there is a value. */
  public static ValueTest of(Comparison comparison) {
    return new ValueTest(comparison, true);
  }

  /** A test in which no word is special, for what is always there, such as a whole body. */
  static ValueTest plain(Comparison comparison) {
    return new ValueTest(comparison, false);
  }

  private static Kind kind(Comparison comparison, boolean words) {
    if (comparison.open()) {
      return Kind.NEVER;
    }
    return switch (comparison.operator()) {
      case EQUAL, SAME ->
          words && comparison.operand().equals("exists")
              ? Kind.EXISTS
              : words && comparison.operand().equals("absent") ? Kind.ABSENT : Kind.EQUAL;
      case NOT_EQUAL -> Kind.NOT_EQUAL;
      case LESS -> Kind.LESS;
      case AT_MOST -> Kind.AT_MOST;
      case MORE -> Kind.MORE;
      case AT_LEAST -> Kind.AT_LEAST;
      case MATCHES -> Kind.MATCHES;
      case NOT_MATCHES -> Kind.NOT_MATCHES;
    };
  }

  private static @Nullable Decimal number(Comparison comparison) {
    if (Decimal.isNumber(comparison.operand())) {
      return new Decimal(new BigDecimal(comparison.operand()));
    }
    Quantity quantity = comparison.quantity();
    return quantity != null && comparison.operator().ordered()
        ? new Decimal(BigDecimal.valueOf(quantity.value()))
        : null;
  }

  /** The same test for another thread. */
  public ValueTest copy() {
    return search == null ? this : new ValueTest(this);
  }

  /** What it was made from. */
  public Comparison comparison() {
    return comparison;
  }

  /** Whether it holds where there is no value: only for the word {@code absent}. */
  public boolean holdsForNothing() {
    return kind == Kind.ABSENT;
  }

  /** Whether any value at all answers it: for the words {@code exists} and {@code absent}. */
  boolean asksPresence() {
    return kind == Kind.EXISTS || kind == Kind.ABSENT;
  }

  /** Whether it is a regular expression, alone or negated. */
  boolean searches() {
    return kind == Kind.MATCHES || kind == Kind.NOT_MATCHES;
  }

  /** Whether a value that is there holds. */
  public boolean holds(byte[] bytes, int from, int to) {
    return switch (kind) {
      case EXISTS -> true;
      case ABSENT, NEVER -> false;
      case EQUAL -> equal(bytes, from, to);
      case NOT_EQUAL -> !equal(bytes, from, to);
      case LESS -> compare(bytes, from, to) == -1;
      case AT_MOST -> compare(bytes, from, to) <= 0;
      case MORE -> compare(bytes, from, to) == 1;
      case AT_LEAST -> (compare(bytes, from, to) & ~1) == 0;
      case MATCHES -> search != null && search.find(bytes, from, to);
      case NOT_MATCHES -> search != null && !search.find(bytes, from, to) && !search.gaveUp();
    };
  }

  /** Whether a value that is there holds. */
  public boolean holds(Bytes value) {
    return holds(value.array(), 0, value.length());
  }

  private boolean equal(byte[] bytes, int from, int to) {
    return Arrays.equals(bytes, from, to, operand, 0, operand.length)
        || compare(bytes, from, to) == 0;
  }

  private int compare(byte[] bytes, int from, int to) {
    return number == null ? Decimal.NO_NUMBER : number.compare(bytes, from, to);
  }

  @Override
  public String toString() {
    return comparison.toString();
  }
}
