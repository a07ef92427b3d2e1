package dev.assay.smpp.codec;

/**
 * Bytes that are no PDU, with how the specification says they are answered. Has no stack trace, as
 * a hostile peer makes many.
 */
public final class MalformedPduException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final boolean header;

  private MalformedPduException(int status, boolean header, String message) {
    super(message, null, false, false);
    this.status = status;
    this.header = header;
  }

  /** A header that cannot be right, or a length that does not fit its command. */
  static MalformedPduException inHeader(int status, String message) {
    return new MalformedPduException(status, true, message);
  }

  /** A parameter out of its bounds. */
  static MalformedPduException inBody(int status, String message) {
    return new MalformedPduException(status, false, message);
  }

  /** The status to answer with. */
  public int status() {
    return status;
  }

  /** Whether a generic_nack answers it; else the response of the command does. */
  public boolean header() {
    return header;
  }
}
