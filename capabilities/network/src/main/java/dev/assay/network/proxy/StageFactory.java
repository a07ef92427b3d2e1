package dev.assay.network.proxy;

import java.util.List;

/**
 * Decides which stages the bytes of a connection go through. Called on the event loop of the proxy,
 * which is one for all its connections: when a connection is made, and for every connection and
 * direction after {@link TcpProxy#stages(StageFactory)}.
 */
@FunctionalInterface
public interface StageFactory {

  /** No stages. */
  StageFactory NONE = (connection, direction, current) -> List.of();

  /**
   * The stages of one direction, in the order in which bytes go through them.
   *
   * @param current the stages it has now, at first none; those of them that are returned, in
   *     whatever order, go on as they are, the others are {@linkplain Stage#removed() removed}
   */
  List<Stage> stages(ProxyConnection connection, Direction direction, List<Stage> current);
}
