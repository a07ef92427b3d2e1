package dev.assay.load.imports;

import java.util.Locale;

/** What can be imported. */
public enum ImportSource {
  /** A recording of a browser or proxy, HAR 1.2. */
  HAR(64),
  /** A description: OpenAPI 3.0 or 3.1, or Swagger 2. */
  OPENAPI(16),
  /** A Postman collection of version 2.1 (or 2.0). */
  POSTMAN(64),
  /** curl command lines. */
  CURL(4);

  private final int mebibytes;

  ImportSource(int mebibytes) {
    this.mebibytes = mebibytes;
  }

  /** As the command line names it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The most bytes that a file of it may have. */
  public int largest() {
    return mebibytes << 20;
  }
}
