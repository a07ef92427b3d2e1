package dev.assay.network.proxy;

/** A proxy that is a link. Thread-safe. Whoever opens it closes it. */
public interface LinkProxy extends AdjustableLink, AutoCloseable {

  /** Stops listening and ends what it carries; returns when it has. */
  @Override
  void close();
}
