package dev.assay.network.link;

import java.util.Arrays;

/**
 * When a recorded link could carry a packet, replayed again and again (Netravali et al., "Mahimahi:
 * accurate record-and-replay for HTTP", USENIX ATC 2015): at each of its times 1504 bytes may
 * leave, of one packet or of several; what is not used is lost. It takes the place of a rate.
 * Immutable and thread-safe.
 */
public final class Trace {

  /** What one opportunity carries, in bytes: an MTU of 1500 and the header of a TUN device. */
  public static final int OPPORTUNITY = 1504;

  /** More are not kept: a day of 12 Mbit/s. */
  public static final int MOST = 100_000_000;

  private final int[] millis;

  /**
   * Makes a trace.
   *
   * @param millis when packets may leave, in milliseconds from the start, not falling; the last,
   *     above 0, is also the length of the trace
   * @throws IllegalArgumentException with a sentence for people
   */
  public Trace(int... millis) {
    if (millis.length == 0 || millis.length > MOST) {
      throw new IllegalArgumentException("a trace has at least one line and at most " + MOST);
    }
    for (int i = 0; i < millis.length; i++) {
      if (millis[i] < (i == 0 ? 0 : millis[i - 1])) {
        throw new IllegalArgumentException(
            "the times of a trace do not fall (line " + (i + 1) + ")");
      }
    }
    if (millis[millis.length - 1] == 0) {
      throw new IllegalArgumentException("a trace lasts at least a millisecond");
    }
    this.millis = millis.clone();
  }

  /** How many opportunities there are before it begins again. */
  public int size() {
    return millis.length;
  }

  /** Its length in milliseconds. */
  public int length() {
    return millis[millis.length - 1];
  }

  /** What it can carry on average, in bits per second. */
  public double bitsPerSecond() {
    return 8000.0 * OPPORTUNITY * size() / length();
  }

  /** When the opportunity of that number, from 0, is, in nanoseconds from the start. */
  long at(long number) {
    return (number / millis.length * length() + millis[(int) (number % millis.length)])
        * 1_000_000L;
  }

  /** The number of the first opportunity at or after a time in nanoseconds from the start. */
  long first(long nanos) {
    if (nanos <= 0) {
      return 0;
    }
    long time = Math.ceilDiv(nanos, 1_000_000L);
    // the last line of one round is at the same time as the start of the next
    long round = (time - 1) / length();
    int within = (int) (time - round * length());
    int low = 0;
    int high = millis.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (millis[middle] < within) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return round * millis.length + low;
  }

  /** The times again, in milliseconds. */
  public int[] millis() {
    return millis.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Trace that && Arrays.equals(millis, that.millis);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(millis);
  }

  @Override
  public String toString() {
    return "Trace[" + size() + " opportunities in " + length() + " ms]";
  }
}
