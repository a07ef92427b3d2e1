package dev.assay.api.value;

/**
 * A number of bytes.
 *
 * @param bytes at least 0
 */
public record Size(long bytes) {

  /** Checks the range. */
  public Size {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is 0 B or more");
    }
  }

  /** Reads {@code 10 MB}, {@code 64 KiB} or {@code 512 B}. */
  public static Size parse(String text) {
    Quantity quantity = Quantity.parse(text);
    if (quantity.unit() != Unit.BYTES) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a size; write it like 10 MB or 64 KiB");
    }
    return new Size((long) quantity.value());
  }

  @Override
  public String toString() {
    return Unit.BYTES.format(bytes);
  }
}
