package dev.assay.api.spi;

/** Thrown by a check that stopped because its cancellation was requested. */
public final class CancelledException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what was stopped. */
  public CancelledException(String what) {
    super(what, null, false, false);
  }
}
