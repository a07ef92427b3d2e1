package dev.assay.gateway;

/** Hears what comes back through channels. Thread-safe; its methods do not block for long. */
public interface ChannelListener {

  /**
   * What became of a message. Completes nothing: who calls this tells its provider that the status
   * was taken only when {@code taken} runs, which is when it is durable. It may run on any thread,
   * also at once; where it never runs, the provider shall send the status again.
   */
  void status(Status status, Runnable taken);

  /** Somebody wrote to us; {@code taken} as above. */
  void incoming(Incoming incoming, Runnable taken);

  /** The channel would take messages again, or can take more than before. */
  default void room() {}
}
