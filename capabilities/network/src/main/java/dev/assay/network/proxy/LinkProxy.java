package dev.assay.network.proxy;

import dev.assay.network.link.Condition;
import java.net.InetSocketAddress;

/** A proxy that is a link, whatever it carries. Thread-safe. Whoever opens it closes it. */
public interface LinkProxy extends AutoCloseable {

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

  /** Stops listening and ends what it carries; returns when it has. */
  @Override
  void close();
}
