package dev.assay.api.spi;

/** Tells a check to stop: Ctrl-C, a timeout, a failed sibling. Thread-safe. */
public interface Cancellation {

  /** Whether it was requested. */
  boolean requested();

  /**
   * Registers what to do when it is requested; runs at once if it already was. It must not block.
   *
   * @return closes to forget it
   */
  Registration onRequest(Runnable action);

  /** Throws {@link CancelledException} if it was requested. */
  default void check() {
    if (requested()) {
      throw new CancelledException("stopped on request");
    }
  }

  /** A registered action; closing forgets it. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
