package dev.assay.load.http1;

import java.util.BitSet;
import java.util.List;

/**
 * One step of a flow, ready to be sent any number of times. Immutable.
 *
 * @param name the step's name in evidence
 * @param head whether the method is HEAD
 * @param segments the bytes of the request in order
 * @param accepted the statuses, 100 to 999, that are no error
 */
public record CompiledRequest(String name, boolean head, List<Segment> segments, BitSet accepted) {

  /** Copies what could change. */
  public CompiledRequest {
    segments = List.copyOf(segments);
    accepted = (BitSet) accepted.clone();
  }

  /** Whether a status is no error. */
  public boolean accepts(int status) {
    return accepted.get(status);
  }

  /** A copy of the accepted statuses. */
  @Override
  public BitSet accepted() {
    return (BitSet) accepted.clone();
  }

  /** How many bytes a request has. */
  public int size() {
    int size = 0;
    for (Segment segment : segments) {
      size +=
          switch (segment) {
            case Segment.Fixed(byte[] bytes) -> bytes.length;
          };
    }
    return size;
  }
}
