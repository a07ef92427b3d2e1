package dev.assay.suite.scan;

import java.io.IOException;

/** A text cannot be read any further. */
public final class BrokenTextException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient Flaw flaw;

  BrokenTextException(Flaw flaw) {
    super(flaw.message());
    this.flaw = flaw;
  }

  /** What is wrong and where. */
  public Flaw flaw() {
    return flaw;
  }
}
