package dev.assay.server.api;

/** What was sent is not what the operation takes. */
public final class BadBodyException extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String mend;

  /**
   * What is wrong.
   *
   * @param status of HTTP
   * @param message what is wrong, and where
   * @param mend how to mend it
   */
  BadBodyException(int status, String message, String mend) {
    super(message);
    this.status = status;
    this.mend = mend;
  }

  int status() {
    return status;
  }

  String mend() {
    return mend;
  }
}
