package dev.assay.load.grpc;

import dev.assay.load.http2.HeaderField;
import java.nio.charset.StandardCharsets;

/** Passes the fields of HTTP/2 that matter on to a {@link ResponseHead}. */
public final class HeadFields {

  private static final byte[] CONTENT_TYPE = ascii("content-type");
  private static final byte[] STATUS = ascii("grpc-status");
  private static final byte[] MESSAGE = ascii("grpc-message");
  private static final byte[] GRPC = ascii("application/grpc");

  private HeadFields() {}

  /** Takes a field of the headers or the trailers; allocates only for what servers seldom send. */
  public static void take(HeaderField field, ResponseHead head) {
    if (field.named(STATUS)) {
      head.status(field.number());
    } else if (field.named(CONTENT_TYPE)) {
      if (field.hasValue(GRPC)) {
        head.contentType(GRPC, 0, GRPC.length);
      } else {
        byte[] value = new byte[field.longestValue()];
        head.contentType(value, 0, Math.max(0, field.copyValue(value, 0)));
      }
    } else if (field.named(MESSAGE)) {
      byte[] value = new byte[field.longestValue()];
      head.message(value, 0, Math.max(0, field.copyValue(value, 0)));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
