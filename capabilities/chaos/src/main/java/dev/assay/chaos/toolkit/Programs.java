package dev.assay.chaos.toolkit;

import dev.assay.api.problem.IoReason;
import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Runs programs to their end and keeps what they print. Thread-safe. */
final class Programs {

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration GRACE = Duration.ofMillis(100);
  private static final int MOST_OUTPUT = 16 << 20;

  /**
   * What became of a program.
   *
   * @param status its exit code; 128 and the signal's number where a signal ended it
   * @param stdout what it printed
   * @param stderr what it printed as errors
   */
  record Result(int status, String stdout, String stderr) {}

  private final Surroundings surroundings;
  private final Map<String, String> environment;

  /**
   * Runs programs.
   *
   * @param environment variables besides those of this process; may grow
   */
  Programs(Surroundings surroundings, Map<String, String> environment) {
    this.surroundings = surroundings;
    this.environment = environment;
  }

  /** The file of a program as {@code shutil.which} finds it, or null. */
  static @Nullable Path which(String program, Path folder, Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    String name =
        program.equals("~") || program.startsWith("~/") ? home + program.substring(1) : program;
    if (name.contains("/")) {
      Path file = folder.resolve(name).normalize();
      return runnable(file) ? file : null;
    }
    for (String part : environment.getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
      Path file = folder.resolve(part.isEmpty() ? "." : part).resolve(name);
      if (!name.isEmpty() && runnable(file)) {
        return file;
      }
    }
    return null;
  }

  private static boolean runnable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  /**
   * Runs it.
   *
   * @param words the program and its arguments
   * @param timeout how long it may run; null for as long as it takes, at most an hour
   * @throws ActivityFailed if it takes longer
   */
  Result run(List<String> words, @Nullable Duration timeout) {
    Path out = fresh(".out");
    Path err = fresh(".err");
    // the shell parts the two outputs and is then replaced by the program
    List<String> wrapped =
        new ArrayList<>(
            List.of("/bin/sh", "-c", "exec \"$@\" 2>\"$0\" </dev/null", err.toString()));
    wrapped.addAll(words);
    Processes.Child child =
        surroundings
            .processes()
            .start(
                new Processes.Command(
                    wrapped, surroundings.folder(), Map.copyOf(environment), out, GRACE));
    try (Cancellation.Registration _ =
        surroundings.cancellation().onRequest(() -> Thread.ofVirtual().start(child::stop))) {
      OptionalInt status = child.await(timeout == null ? LONGEST : timeout);
      if (surroundings.cancellation().requested()) {
        throw Surroundings.stopped();
      }
      if (status.isEmpty()) {
        throw new ActivityFailed("process activity took too long to complete");
      }
      return new Result(status.getAsInt(), read(out), read(err));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw Surroundings.stopped();
    } finally {
      child.stop();
    }
  }

  private Path fresh(String suffix) {
    try {
      return Files.createTempFile(surroundings.scratch(), "program-", suffix);
    } catch (IOException broken) {
      throw new ActivityFailed("no place for what it prints: " + IoReason.of(broken));
    }
  }

  private static String read(Path file) {
    if (!Files.exists(file)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new ActivityFailed("what it printed cannot be read: " + IoReason.of(broken));
    }
  }
}
