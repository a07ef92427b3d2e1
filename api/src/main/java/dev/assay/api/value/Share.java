package dev.assay.api.value;

/**
 * A share of something, written in per cent.
 *
 * @param ratio finite and at least 0; 1 is 100 %
 */
public record Share(double ratio) {

  /** Checks the range. */
  public Share {
    if (!(ratio >= 0 && Double.isFinite(ratio))) {
      throw new IllegalArgumentException("a share cannot be less than nothing");
    }
  }

  /** Reads {@code 5 %}. */
  public static Share parse(String text) {
    Quantity quantity = Quantity.parse(text);
    if (quantity.unit() != Unit.RATIO) {
      throw new IllegalArgumentException("'" + text + "' is not a share; write it like 5 %");
    }
    return new Share(quantity.value());
  }

  @Override
  public String toString() {
    return Unit.RATIO.format(ratio);
  }
}
