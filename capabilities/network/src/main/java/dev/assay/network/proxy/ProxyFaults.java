package dev.assay.network.proxy;

import java.time.Duration;

/**
 * What a proxy does to connections besides what its link does to their bytes. Immutable; changed
 * while the proxy runs, for new and for existing connections.
 *
 * @param admission what happens to new connections
 * @param upCut whether nothing passes from clients to the server; what is sent waits, as behind a
 *     partition that a network mends: it arrives when the cut ends
 * @param downCut the same from the server to clients
 * @param resetAfter how long after it was accepted a connection is reset, both ways; zero for never
 * @param resetAfterBytes after how many bytes, both directions together, a connection is reset; 0
 *     for never
 * @param forgetIdle how long a connection may be idle in both directions before it is forgotten, as
 *     a NAT does: what is sent later vanishes, and nobody is told; zero for never
 * @param largestPacket the largest IP packet that passes, in bytes: a direction stalls for good
 *     once more is sent at once than fits into one, as behind a router that drops without telling
 *     (RFC 2923 section 2.1); 0 for no such limit. Of UDP, larger datagrams vanish
 */
public record ProxyFaults(
    Admission admission,
    boolean upCut,
    boolean downCut,
    Duration resetAfter,
    long resetAfterBytes,
    Duration forgetIdle,
    int largestPacket) {

  /** Nothing wrong. */
  public static final ProxyFaults NONE =
      new ProxyFaults(Admission.OPEN, false, false, Duration.ZERO, 0, Duration.ZERO, 0);

  /** Checks the ranges. */
  public ProxyFaults {
    if (resetAfter.isNegative() || forgetIdle.isNegative()) {
      throw new IllegalArgumentException("a duration is negative");
    }
    if (resetAfterBytes < 0 || largestPacket < 0) {
      throw new IllegalArgumentException("a size is negative");
    }
  }

  /** What happens to new connections. */
  public enum Admission {
    /** They are accepted. */
    OPEN,
    /** Nobody listens: the client is refused at once. */
    REFUSE,
    /**
     * Nobody answers: the client's attempt lasts until it gives up. Where the machine cannot do
     * that (another system than Linux), it is as {@link #MUTE}.
     */
    IGNORE,
    /** They are accepted and never answered; the server is not asked. */
    MUTE
  }

  /** The same with another admission. */
  public ProxyFaults withAdmission(Admission other) {
    return new ProxyFaults(
        other, upCut, downCut, resetAfter, resetAfterBytes, forgetIdle, largestPacket);
  }

  /** The same with other cuts. */
  public ProxyFaults withCut(boolean up, boolean down) {
    return new ProxyFaults(
        admission, up, down, resetAfter, resetAfterBytes, forgetIdle, largestPacket);
  }

  /** The same with another age at which connections are reset. */
  public ProxyFaults withResetAfter(Duration age) {
    return new ProxyFaults(
        admission, upCut, downCut, age, resetAfterBytes, forgetIdle, largestPacket);
  }

  /** The same with another number of bytes after which connections are reset. */
  public ProxyFaults withResetAfterBytes(long bytes) {
    return new ProxyFaults(admission, upCut, downCut, resetAfter, bytes, forgetIdle, largestPacket);
  }

  /** The same with another time after which idle connections are forgotten. */
  public ProxyFaults withForgetIdle(Duration idle) {
    return new ProxyFaults(
        admission, upCut, downCut, resetAfter, resetAfterBytes, idle, largestPacket);
  }

  /** The same with another largest packet. */
  public ProxyFaults withLargestPacket(int bytes) {
    return new ProxyFaults(
        admission, upCut, downCut, resetAfter, resetAfterBytes, forgetIdle, bytes);
  }
}
