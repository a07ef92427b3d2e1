package dev.assay.load.grpc;

import dev.assay.load.http2.HeaderField;

/** Passes the fields of HTTP/2 that matter on to a {@link ResponseHead}. */
public final class HeadFields {

  private HeadFields() {}

  /** Takes a field of the headers or the trailers; allocates only for what servers seldom send. */
  public static void take(HeaderField field, ResponseHead head) {
    if (field.named(ResponseHead.STATUS)) {
      head.status(field.number());
    } else if (field.named(ResponseHead.CONTENT_TYPE)) {
      if (field.hasValue(ResponseHead.GRPC)) {
        head.contentType(ResponseHead.GRPC, 0, ResponseHead.GRPC.length);
      } else {
        byte[] value = new byte[field.longestValue()];
        head.contentType(value, 0, Math.max(0, field.copyValue(value, 0)));
      }
    } else if (field.named(ResponseHead.MESSAGE)) {
      byte[] value = new byte[field.longestValue()];
      head.message(value, 0, Math.max(0, field.copyValue(value, 0)));
    }
  }
}
