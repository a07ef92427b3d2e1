package dev.assay.api.value;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a value must be, in one scalar: {@code < 150 ms}, {@code >= 80 %}, {@code 200}, {@code !=
 * 0}, {@code ~ regex}. A scalar without an operator means equality. Immutable.
 *
 * @param operator how to compare
 * @param operand the right side as written
 * @param quantity the right side as a number with a unit, or null where it is none
 * @param pattern the compiled regular expression of {@link Operator#MATCHES} and its negation
 */
public record Comparison(
    Operator operator, String operand, @Nullable Quantity quantity, @Nullable Pattern pattern) {

  /** The operators; the longer symbols first, so that they are read first. */
  public enum Operator {
    /** At most. */
    AT_MOST("<="),
    /** At least. */
    AT_LEAST(">="),
    /** Another value. */
    NOT_EQUAL("!="),
    /** The same value. */
    EQUAL("=="),
    /** Holds no match of a regular expression. */
    NOT_MATCHES("!~"),
    /** Less. */
    LESS("<"),
    /** More. */
    MORE(">"),
    /** Holds a match of a regular expression. */
    MATCHES("~"),
    /** The same value, as people also write it. */
    SAME("=");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** As written in the workspace file. */
    public String symbol() {
      return symbol;
    }

    /** Whether it needs numbers on both sides. */
    public boolean ordered() {
      return this == AT_MOST || this == AT_LEAST || this == LESS || this == MORE;
    }
  }

  /**
   * Reads a comparison.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static Comparison parse(String text) {
    String trimmed = text.strip();
    for (Operator operator : Operator.values()) {
      if (trimmed.startsWith(operator.symbol())) {
        return of(operator, trimmed.substring(operator.symbol().length()).strip());
      }
    }
    return of(Operator.EQUAL, trimmed);
  }

  /**
   * Whether the right side still has places for values, as in {@code == ${id}}. Until {@link
   * #filled} nothing holds.
   */
  public boolean open() {
    return operand.contains("${");
  }

  /**
   * The comparison with the places of its right side filled; itself where there are none.
   *
   * @param values gives the text for a template
   * @throws IllegalArgumentException if what it is filled with does not fit the operator
   */
  public Comparison filled(Function<Template, String> values) {
    return open() ? of(operator, values.apply(Template.parse(operand))) : this;
  }

  /** A comparison of that operator with that right side. */
  public static Comparison of(Operator operator, String operand) {
    if (operator == Operator.SAME) {
      operator = Operator.EQUAL;
    }
    if (operand.contains("${")) {
      Template.parse(operand);
      return new Comparison(operator, operand, null, null);
    }
    Pattern pattern = null;
    if (operator == Operator.MATCHES || operator == Operator.NOT_MATCHES) {
      if (operand.isEmpty()) {
        throw new IllegalArgumentException(
            "'" + operator.symbol() + "' needs a regular expression; without one all would match");
      }
      pattern = compile(operand);
    }
    Quantity quantity = null;
    try {
      quantity = Quantity.parse(operand);
    } catch (IllegalArgumentException notNumeric) {
      if (operator.ordered()) {
        throw new IllegalArgumentException(
            "'" + operator.symbol() + "' needs a number: " + notNumeric.getMessage(), notNumeric);
      }
    }
    return new Comparison(operator, operand, quantity, pattern);
  }

  private static Pattern compile(String operand) {
    try {
      return Pattern.compile(operand);
    } catch (PatternSyntaxException broken) {
      throw new IllegalArgumentException(
          "'" + operand + "' is not a regular expression: " + broken.getDescription(), broken);
    }
  }

  /** Whether a number in the unit of {@link #quantity()} holds; a NaN holds for nothing. */
  public boolean holds(double value) {
    Quantity right = quantity;
    if (right == null || Double.isNaN(value)) {
      return false;
    }
    return switch (operator) {
      case AT_MOST -> value <= right.value();
      case AT_LEAST -> value >= right.value();
      case LESS -> value < right.value();
      case MORE -> value > right.value();
      case EQUAL, SAME -> value == right.value();
      case NOT_EQUAL -> value != right.value();
      case MATCHES, NOT_MATCHES -> false;
    };
  }

  /**
   * Whether a text holds. For ordered operators, and equality with a number, the text is read as a
   * number with a unit, which must be of the dimension of the right side: {@code 0.2 s} is less
   * than {@code 250 ms}. A text without a unit compares with a plain number, and is taken as bytes
   * where the right side is a size; with nothing else, as {@code 5} is neither less nor more than
   * {@code 10 ms}. The text {@code NaN} holds for no comparison with a number.
   */
  public boolean holds(String value) {
    Pattern expression = pattern;
    return switch (operator) {
      case MATCHES -> expression != null && expression.matcher(value).find();
      case NOT_MATCHES -> expression != null && !expression.matcher(value).find();
      case EQUAL, SAME -> value.equals(operand) || number(value).map(this::holds).orElse(false);
      case NOT_EQUAL -> differs(value);
      case AT_MOST, AT_LEAST, LESS, MORE -> number(value).map(this::holds).orElse(false);
    };
  }

  private boolean differs(String value) {
    boolean unknown = quantity != null && value.strip().equalsIgnoreCase("nan");
    return !unknown && !value.equals(operand) && number(value).map(this::holds).orElse(true);
  }

  private Optional<Double> number(String value) {
    Quantity right = quantity;
    if (right == null) {
      return Optional.empty();
    }
    try {
      Quantity left = Quantity.parse(value);
      boolean bareBytes = left.unit() == Unit.NONE && right.unit() == Unit.BYTES;
      return left.unit() == right.unit() || bareBytes
          ? Optional.of(left.value())
          : Optional.empty();
    } catch (IllegalArgumentException notNumeric) {
      return Optional.empty();
    }
  }

  /** As written: {@code < 150 ms}. */
  @Override
  public String toString() {
    return operator == Operator.EQUAL ? "= " + operand : operator.symbol() + " " + operand;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Comparison that
        && operator == that.operator
        && operand.equals(that.operand);
  }

  @Override
  public int hashCode() {
    return operator.hashCode() * 31 + operand.hashCode();
  }
}
