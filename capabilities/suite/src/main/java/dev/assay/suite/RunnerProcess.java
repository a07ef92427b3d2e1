package dev.assay.suite;

import dev.assay.api.problem.Where;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** One program, started and waited for. For one use, by one thread. */
final class RunnerProcess {

  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final long LONGEST_OUTPUT = 1L << 30;

  private final CheckContext context;
  private final Where where;
  private final Path output;
  private final OutputTail tail;
  private final String progressPrefix;

  /**
   * A program that is not started yet.
   *
   * @param output takes what it prints
   * @param progressPrefix stands before its lines in the live view; may be empty
   */
  RunnerProcess(CheckContext context, Where where, Path output, String progressPrefix) {
    this.context = context;
    this.where = where;
    this.output = output;
    this.tail = new OutputTail(output);
    this.progressPrefix = progressPrefix;
  }

  OutputTail tail() {
    return tail;
  }

  /**
   * Runs it to its end.
   *
   * @param stop whether it is to be stopped, besides by the run's cancellation
   * @throws CancelledException if it was stopped
   */
  ExitCode run(
      List<String> words, Path folder, Map<String, String> environment, BooleanSupplier stop)
      throws IOException, InterruptedException {
    context.progress(progressPrefix + String.join(" ", words));
    Files.deleteIfExists(output);
    context.prints(output);
    Processes.Child child =
        context.processes().start(new Processes.Command(words, folder, environment, output, GRACE));
    boolean ended = false;
    try {
      OptionalInt exit = child.await(LOOK);
      while (exit.isEmpty()) {
        look(stop);
        exit = child.await(LOOK);
      }
      ended = true;
      tail.follow();
      return new ExitCode(exit.getAsInt());
    } finally {
      if (!ended) {
        child.stop();
      }
    }
  }

  private void look(BooleanSupplier stop) throws IOException {
    if (context.cancellation().requested() || stop.getAsBoolean()) {
      throw new CancelledException("the suite was stopped on request");
    }
    long before = tail.length();
    tail.follow();
    if (tail.length() > LONGEST_OUTPUT) {
      throw SuiteProblems.OUTPUT.failure(
          where,
          "the runner wrote more than 1 GiB to its output and was stopped",
          "find what logs in a loop; the end of the output is the artifact output.log");
    }
    if (tail.length() > before) {
      context.progress(context.redact(progressPrefix + tail.progress()));
    }
  }
}
