package dev.assay.api.spi;

import java.util.Optional;

/** Something of a capability that runs from before the services start until after they stopped. */
public interface RunPart extends AutoCloseable {

  /**
   * What it lets checks use, asked for with {@link CheckContext#find}.
   *
   * @param type an interface of this package, or a class of the capability that capabilities which
   *     may know it share
   */
  <T> Optional<T> offer(Class<T> type);

  /** Ends it and gives back all it held; at most ten seconds. */
  @Override
  void close();
}
