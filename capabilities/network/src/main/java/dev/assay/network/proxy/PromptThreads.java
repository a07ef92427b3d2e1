package dev.assay.network.proxy;

import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Makes the threads of event loops that things are due on: on Linux their timers fire when they are
 * due, and they ask for short turns, so that they get the processor soon after they wake while
 * others compute. Their share of it stays the same. Thread-safe.
 */
public final class PromptThreads extends DefaultThreadFactory {

  /** Daemons with this name and a number. */
  public PromptThreads(String name) {
    super(name, true);
  }

  @Override
  protected Thread newThread(Runnable work, String name) {
    return super.newThread(
        () -> {
          SystemCalls.promptTimers();
          SystemCalls.shortTurns();
          work.run();
        },
        name);
  }
}
