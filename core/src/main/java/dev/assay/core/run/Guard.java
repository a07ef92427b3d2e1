package dev.assay.core.run;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a {@link Watchdog} of this process running from the first time that one is needed: it is
 * started in a session of its own, and again whenever it dies. Thread-safe.
 */
final class Guard {

  /** What the watchdog says on its standard output when it watches. */
  static final String WATCHING = "watching";

  private static final Duration START = Duration.ofSeconds(20);
  private static final int DEATHS = 50;

  private final List<String> words;
  private final Path folder;
  private @Nullable Process process;
  private int deaths;
  private boolean closed;

  /**
   * A guard that has not started anything yet.
   *
   * @param words start a watchdog; {@code PID:START} and the folder are added
   * @param folder the folder .assay
   */
  Guard(List<String> words, Path folder) {
    this.words = List.copyOf(words);
    this.folder = folder.toAbsolutePath();
  }

  /**
   * Returns when a watchdog watches.
   *
   * @throws ProblemException if it cannot be started
   */
  synchronized void ensure() {
    Process running = process;
    if (running != null && running.isAlive()) {
      return;
    }
    if (words.isEmpty()) {
      throw failure("this way of running has none", "use `assay run`");
    }
    try {
      Process started = start();
      process = started;
      awaitWatching(started);
      var _ =
          started
              .onExit()
              .thenAcceptAsync(
                  _ -> died(), task -> Thread.ofVirtual().name("watchdog").start(task));
    } catch (IOException broken) {
      throw failure(String.valueOf(broken.getMessage()), "see `assay doctor`");
    }
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    String setsid = ProcessLauncher.find("setsid", System.getenv());
    if (setsid != null) {
      command.add(setsid);
    }
    command.addAll(words);
    command.add(ProcessIdentity.own().toString());
    command.add(folder.toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    return builder.start();
  }

  private void awaitWatching(Process started) {
    CompletableFuture<Boolean> watching = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("watchdog-start")
        .start(() -> {
          try (var lines = started.inputReader(StandardCharsets.UTF_8)) {
            watching.complete(WATCHING.equals(lines.readLine()));
          } catch (IOException gone) {
            watching.complete(false);
          }
        });
    try {
      if (watching.get(START.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
      throw failure("it ended at once", "run `assay mend` to see why");
    } catch (TimeoutException | ExecutionException late) {
      started.destroyForcibly();
      throw failure("it did not begin within 20 s", "try again when the machine is less busy");
    } catch (InterruptedException interrupted) {
      started.destroyForcibly();
      Thread.currentThread().interrupt();
      throw failure("its start was interrupted", "run again");
    }
  }

  private static ProblemException failure(String why, String mend) {
    return RunProblems.NO_WATCHDOG.failure(
        Where.named("watchdog"), "no watchdog can be started: " + why, mend);
  }

  private void died() {
    synchronized (this) {
      if (closed || ++deaths > DEATHS) {
        return;
      }
    }
    try {
      ensure();
    } catch (ProblemException refused) {
      // the next guarded entry says so; what is open is undone by the run or by the next one
    }
  }

  /**
   * Gives the watchdog up.
   *
   * @param idle whether nothing is left for it to do; otherwise it stays until that is undone
   */
  synchronized void close(boolean idle) {
    closed = true;
    Process running = process;
    if (running == null || !idle) {
      return;
    }
    running.destroyForcibly();
    try {
      running.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
