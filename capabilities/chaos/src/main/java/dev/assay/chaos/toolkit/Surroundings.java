package dev.assay.chaos.toolkit;

import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.Processes;
import dev.assay.api.spi.UndoJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What an experiment needs of the world around it. Thread-safe.
 *
 * @param clock the time
 * @param cancellation tells when to stop
 * @param folder where programs start and relative paths begin
 * @param scratch an empty folder for what programs print
 * @param processes starts programs
 * @param undo remembers what a crash would leave
 * @param environment the environment variables that the experiment can read
 * @param log takes one line for each thing that is done
 * @param redact masks secrets of the run
 */
public record Surroundings(
    Clock clock,
    Cancellation cancellation,
    Path folder,
    Path scratch,
    Processes processes,
    UndoJournal undo,
    Map<String, String> environment,
    Consumer<String> log,
    UnaryOperator<String> redact) {

  /** Copies the map. */
  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Those of a check. */
  public static Surroundings of(CheckContext context, Map<String, String> environment) {
    return new Surroundings(
        context.clock(),
        context.cancellation(),
        context.folder(),
        context.scratch(),
        context.processes(),
        context.undo(),
        environment,
        context::progress,
        context::redact);
  }

  /** The same without ever being asked to stop. */
  Surroundings unstoppable() {
    return new Surroundings(
        clock, RequestUndo.never(), folder, scratch, processes, undo, environment, log, redact);
  }

  /**
   * Waits.
   *
   * @throws Interrupted if it is asked to stop meanwhile
   */
  void sleep(Duration time) {
    CountDownLatch stop = new CountDownLatch(1);
    try (Cancellation.Registration _ = cancellation.onRequest(stop::countDown)) {
      if (stop.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw stopped();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw stopped();
    }
  }

  static Interrupted stopped() {
    return new Interrupted("stopped on request", true);
  }
}
