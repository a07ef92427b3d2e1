package dev.assay.network.proxy;

import dev.assay.network.link.Condition;
import java.net.InetSocketAddress;

/** A link of the workspace, while the run lasts. Thread-safe. */
public interface OpenLink {

  /** Its name in the workspace. */
  String name();

  /** Where it listens. */
  InetSocketAddress address();

  /** Where it leads. */
  InetSocketAddress upstream();

  /** The condition it is in. */
  Condition condition();

  /** Puts it into another condition, soon; what is on its way keeps its time. */
  void change(Condition condition);

  /** What is wrong with it. */
  ProxyFaults faults();

  /**
   * Lets other things be wrong with it, soon.
   *
   * @throws dev.assay.api.problem.ProblemException if it is to listen again where that is not
   *     possible any more
   */
  void faults(ProxyFaults faults);

  /** Resets every connection there is; of UDP, nothing. */
  void resetConnections();

  /** What it has carried so far. */
  ProxyStatistics statistics();
}
