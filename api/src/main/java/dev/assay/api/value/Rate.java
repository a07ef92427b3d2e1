package dev.assay.api.value;

/**
 * How many events begin in a second.
 *
 * @param perSecond above 0, at most 10 million
 */
public record Rate(double perSecond) {

  /** Checks the range. */
  public Rate {
    if (!(perSecond > 0 && perSecond <= 10_000_000)) {
      throw new IllegalArgumentException("a rate is above 0/s and at most 10000000/s");
    }
  }

  /** Reads {@code 500/s}, {@code 30/min} or {@code 100/h}. */
  public static Rate parse(String text) {
    Quantity quantity = Quantity.parse(text);
    if (quantity.unit() != Unit.PER_SECOND) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a rate; write it like 500/s, 30/min or 100/h");
    }
    return new Rate(quantity.value());
  }

  @Override
  public String toString() {
    return Unit.PER_SECOND.format(perSecond);
  }
}
