package dev.assay.load.http1;

/**
 * A piece of an encoded request. Today every piece is fixed before the start; a slot that each
 * request fills anew (a feeder's column, an extracted value) will be another permitted record, and
 * writes into the loop's request buffer after the fixed piece before it.
 */
public sealed interface Segment {

  /**
   * Bytes that are the same in every request.
   *
   * @param bytes the bytes; whoever holds the segment must not change them
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied for nobody
  record Fixed(byte[] bytes) implements Segment {}
}
