package dev.assay.api.json;

/** A text that is not JSON, or JSON of another shape than was asked for. */
public final class JsonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int offset;

  JsonException(String message, int offset) {
    super(offset < 0 ? message : message + " at character " + offset);
    this.offset = offset;
  }

  /** A JSON value whose content has the wrong shape. */
  public static JsonException of(String message) {
    return new JsonException(message, -1);
  }

  static <T> T raise(String wanted, Json found) {
    throw new JsonException(
        "expected " + wanted + ", found " + found.getClass().getSimpleName(), -1);
  }

  /** The character the reader stopped at, or -1 where the shape was wrong. */
  public int offset() {
    return offset;
  }
}
