package dev.assay.suite;

import java.util.Map;
import java.util.Optional;

/**
 * How a runner ended.
 *
 * @param value as the operating system gives it; 128 and a signal's number where a signal ended it
 */
record ExitCode(int value) {

  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 8, "SIGFPE", 9,
          "SIGKILL", 11, "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM");

  /** The signal that ended it, if one did. */
  Optional<String> signal() {
    return Optional.ofNullable(SIGNALS.get(value - 128));
  }

  /** What it means, for people. */
  String text() {
    return signal()
        .map(name ->
            "exit code "
                + value
                + " (killed by "
                + name
                + (name.equals("SIGKILL") ? ", most likely because memory ran out)" : ")"))
        .orElse(
            switch (value) {
              case 126 -> "exit code 126 (a program is not executable)";
              case 127 -> "exit code 127 (a program was not found)";
              default -> "exit code " + value;
            });
  }
}
