package dev.assay.load.request;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A piece of a request: bytes that are always the same, or a slot that each user fills. */
public sealed interface Segment {

  /**
   * Bytes that are the same in every request.
   *
   * @param bytes the bytes; whoever holds the segment must not change them
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied for nobody
  record Fixed(byte[] bytes) implements Segment {}

  /**
   * A value that a step of the same user saved.
   *
   * @param slot which of the user's values
   * @param encoding how it is written
   */
  record Saved(int slot, Encoding encoding) implements Segment {}

  /**
   * A value of the feeder's record that this pass took.
   *
   * @param feeder which feeder of the plan
   * @param column which of its columns
   * @param encoding how it is written
   */
  record Column(int feeder, int column, Encoding encoding) implements Segment {}

  /** How many bytes the body has, in digits. */
  record ContentLength() implements Segment {}

  /** A fixed text in UTF-8. */
  static Fixed text(String text) {
    return new Fixed(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether every request has the same bytes there. */
  static boolean fixed(List<Segment> segments) {
    return segments.stream().allMatch(Fixed.class::isInstance);
  }

  /** The same pieces with neighbouring fixed ones joined. */
  static List<Segment> joined(List<Segment> segments) {
    List<Segment> joined = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment instanceof Fixed(byte[] bytes)
          && !joined.isEmpty()
          && joined.getLast() instanceof Fixed(byte[] before)) {
        byte[] both = Arrays.copyOf(before, before.length + bytes.length);
        System.arraycopy(bytes, 0, both, before.length, bytes.length);
        joined.set(joined.size() - 1, new Fixed(both));
      } else if (!(segment instanceof Fixed(byte[] bytes) && bytes.length == 0)) {
        joined.add(segment);
      }
    }
    return joined;
  }
}
