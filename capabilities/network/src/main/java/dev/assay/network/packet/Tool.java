package dev.assay.network.packet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a short command of the system, such as {@code ip}, to its end. */
final class Tool {

  private static final int LONGEST_ANSWER = 64 * 1024;

  private Tool() {}

  /**
   * What a command did.
   *
   * @param code its exit code; 127 where there is no such program
   * @param output what it printed, errors too
   */
  record Answer(int code, String output) {
    boolean fine() {
      return code == 0;
    }

    /** The first line that says something. */
    String line() {
      return output.lines().filter(line -> !line.isBlank()).findFirst().orElse("exit code " + code);
    }
  }

  /** Runs it, for at most ten seconds. */
  static Answer run(List<String> words) {
    Process process;
    try {
      process = new ProcessBuilder(words).redirectErrorStream(true).start();
    } catch (IOException absent) {
      return new Answer(127, "the program " + words.getFirst() + " cannot be started");
    }
    try {
      process.getOutputStream().close();
      // these commands print a few lines and end; the output cannot fill the pipe and block them
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        return new Answer(124, "it did not end within ten seconds");
      }
      byte[] output = process.getInputStream().readNBytes(LONGEST_ANSWER);
      return new Answer(process.exitValue(), new String(output, StandardCharsets.UTF_8));
    } catch (IOException broken) {
      return new Answer(126, "its output cannot be read: " + broken.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Answer(125, "it was interrupted");
    } finally {
      process.destroyForcibly();
    }
  }

  static Answer run(String... words) {
    return run(List.of(words));
  }
}
