package dev.assay.server.api;

/** What was sent can be read, and cannot be done. */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1;

  private final String mend;

  /**
   * What is wrong.
   *
   * @param message why not, with the value
   * @param mend how to mend it
   */
  RefusedException(String message, String mend) {
    super(message);
    this.mend = mend;
  }

  String mend() {
    return mend;
  }
}
