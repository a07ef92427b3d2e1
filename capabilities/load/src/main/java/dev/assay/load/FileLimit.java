package dev.assay.load;

import dev.assay.api.problem.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Refuses more connections than this process may open, before the first one is opened. */
final class FileLimit {

  /** Files that may still be needed beside connections: class files, the ledger, event loops. */
  private static final long RESERVE = 64;

  private static final Pattern SOFT = Pattern.compile("(?m)^Max open files\\s+(\\d+)\\s");

  private final Path process;

  /**
   * Looks below that folder, {@code /proc/self} on Linux; where there is none, nothing is known.
   */
  FileLimit(Path process) {
    this.process = process;
  }

  /**
   * Checks that so many connections can be opened.
   *
   * @throws dev.assay.api.problem.ProblemException if they cannot, naming the limit to raise
   */
  void allows(int connections) {
    OptionalLong soft = soft();
    if (soft.isEmpty()) {
      return;
    }
    long needed = connections + open() + RESERVE;
    if (needed > soft.getAsLong()) {
      throw LoadProblems.FILES.failure(
          Where.named("this process"),
          connections
              + " connections need "
              + needed
              + " open files with those in use, and the soft limit is "
              + soft.getAsLong(),
          "raise it before the start with 'ulimit -n "
              + needed
              + "', or lower 'connections' to "
              + Math.max(1, soft.getAsLong() - open() - RESERVE));
    }
  }

  private OptionalLong soft() {
    try {
      Matcher line = SOFT.matcher(Files.readString(process.resolve("limits")));
      return line.find() ? OptionalLong.of(Long.parseLong(line.group(1))) : OptionalLong.empty();
    } catch (IOException notLinux) {
      return OptionalLong.empty();
    }
  }

  private long open() {
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return files.count();
    } catch (IOException notReadable) {
      return 0;
    }
  }
}
