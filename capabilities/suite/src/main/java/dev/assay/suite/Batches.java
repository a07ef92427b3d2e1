package dev.assay.suite;

import dev.assay.api.problem.Where;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.CheckContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs batches, as many at once as there are workers, and hands each over as it ends, to one
 * thread. A batch that crashed is tried once more with the same tests. For one use.
 */
final class Batches {

  /** Gives a worker its next batch. */
  interface Source {
    /** Null where there is none. */
    @Nullable Batch next(int worker) throws IOException;

    /** The same batch again, with an empty place for its reports. */
    Batch again(Batch crashed) throws IOException;
  }

  /** Takes batches that ended. */
  interface Taker {
    void take(Batch.Ended ended) throws IOException, InterruptedException;
  }

  /** Whether a batch that ended so is to be tried again. */
  interface Crash {
    boolean is(Batch.Ended ended);
  }

  private sealed interface Event {}

  private record Done(Batch.Ended ended) implements Event {}

  private record Failed(Throwable thrown) implements Event {}

  private record Idle() implements Event {}

  private final CheckContext context;
  private final Where where;
  private final Source source;
  private final Crash crash;
  private final AtomicBoolean stop = new AtomicBoolean();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  Batches(CheckContext context, Where where, Source source, Crash crash) {
    this.context = context;
    this.where = where;
    this.source = source;
    this.crash = crash;
  }

  /**
   * Runs all; returns when none runs any more.
   *
   * @throws CancelledException if the run is stopped
   */
  void run(int workers, Taker taker) throws IOException, InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      int number = worker;
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .name("suite-" + context.check() + "-" + (number + 1))
              .start(() -> work(number, workers)));
    }
    try {
      int busy = workers;
      while (busy > 0) {
        Event event = events.poll(1, TimeUnit.SECONDS);
        switch (event) {
          case null -> {} // look again
          case Idle _ -> busy--;
          case Done done -> taker.take(done.ended);
          case Failed failed -> rethrow(failed.thrown);
        }
      }
    } finally {
      stop.set(true);
      for (Thread thread : threads) {
        thread.join(TimeUnit.SECONDS.toMillis(30));
      }
    }
  }

  private static void rethrow(Throwable thrown) throws IOException, InterruptedException {
    switch (thrown) {
      case IOException broken -> throw broken;
      case InterruptedException broken -> throw broken;
      case RuntimeException broken -> throw broken;
      case Error broken -> throw broken;
      default -> throw new IllegalStateException(thrown);
    }
  }

  private void work(int worker, int workers) {
    try {
      for (Batch batch = next(worker); batch != null; batch = next(worker)) {
        Batch.Ended ended = run(batch, workers);
        if (crash.is(ended) && !stop.get()) {
          context.progress("part " + batch.number() + " crashed and is tried again");
          ended = run(source.again(batch), workers);
        }
        events.add(new Done(ended));
      }
      events.add(new Idle());
    } catch (Throwable broken) {
      events.add(new Failed(broken));
    }
  }

  private @Nullable Batch next(int worker) throws IOException {
    return stop.get() || context.cancellation().requested() ? null : source.next(worker);
  }

  private Batch.Ended run(Batch batch, int workers) throws IOException, InterruptedException {
    String prefix = workers == 1 && batch.number() == 1 ? "" : "part " + batch.number() + ": ";
    RunnerProcess process = new RunnerProcess(context, where, batch.output(), prefix);
    ExitCode exit = process.run(batch.words(), batch.folder(), batch.environment(), stop::get);
    return new Batch.Ended(batch, exit, process.tail(), batch.files().find());
  }
}
