package dev.assay.load.http2;

import java.util.List;
import java.util.Locale;

/** The error codes of RST_STREAM and GOAWAY (RFC 9113 section 7). */
public final class ErrorCode {

  /** No error; in GOAWAY a polite end. */
  public static final int NO_ERROR = 0x0;

  /** A rule was broken that has no code of its own. */
  public static final int PROTOCOL_ERROR = 0x1;

  /** The peer has a defect. */
  public static final int INTERNAL_ERROR = 0x2;

  /** A rule of flow control was broken. */
  public static final int FLOW_CONTROL_ERROR = 0x3;

  /** A frame of a wrong size. */
  public static final int FRAME_SIZE_ERROR = 0x6;

  /** The stream was not processed at all and may be tried again. */
  public static final int REFUSED_STREAM = 0x7;

  /** The stream is no longer wanted. */
  public static final int CANCEL = 0x8;

  /** A header block could not be read. */
  public static final int COMPRESSION_ERROR = 0x9;

  /** The peer does too much of something. */
  public static final int ENHANCE_YOUR_CALM = 0xb;

  private static final List<String> NAMES =
      List.of(
          "NO_ERROR",
          "PROTOCOL_ERROR",
          "INTERNAL_ERROR",
          "FLOW_CONTROL_ERROR",
          "SETTINGS_TIMEOUT",
          "STREAM_CLOSED",
          "FRAME_SIZE_ERROR",
          "REFUSED_STREAM",
          "CANCEL",
          "COMPRESSION_ERROR",
          "CONNECT_ERROR",
          "ENHANCE_YOUR_CALM",
          "INADEQUATE_SECURITY",
          "HTTP_1_1_REQUIRED");

  private ErrorCode() {}

  /** The name as the standard has it, or the number where it has none. */
  public static String name(int code) {
    return code >= 0 && code < NAMES.size()
        ? NAMES.get(code)
        : "0x" + Integer.toHexString(code).toUpperCase(Locale.ROOT);
  }
}
