package dev.assay.network.proxy;

import dev.assay.network.link.Condition;
import java.net.InetSocketAddress;

/**
 * What can be seen of a link that is open, and changed about it, whatever it carries. Thread-safe.
 */
public interface AdjustableLink {

  /** Where it listens, with the port that was found. */
  InetSocketAddress address();

  /** Where it leads. */
  InetSocketAddress upstream();

  /** The condition it is in; {@link Condition#NONE} where it has no link. */
  Condition condition();

  /**
   * Puts it into another condition; what is on its way keeps its time.
   *
   * @throws IllegalStateException if it was made without a link
   */
  void change(Condition condition);

  /** What is wrong with it. */
  ProxyFaults faults();

  /**
   * Lets other things be wrong with it.
   *
   * @throws dev.assay.api.problem.ProblemException if it is to listen again where that is not
   *     possible any more
   */
  void faults(ProxyFaults faults);

  /** Resets every connection there is; of datagrams, nothing. */
  void resetConnections();

  /** What it has carried so far. */
  ProxyStatistics statistics();
}
