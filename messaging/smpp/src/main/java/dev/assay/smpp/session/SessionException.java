package dev.assay.smpp.session;

/** A request that got no good answer, or a session that did not come to be. */
public final class SessionException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  /** One without a status. */
  public SessionException(String message) {
    this(message, -1);
  }

  /** One that a status explains. */
  public SessionException(String message, int status) {
    super(message);
    this.status = status;
  }

  /** The status of the answer, or -1 where there was none. */
  public int status() {
    return status;
  }
}
