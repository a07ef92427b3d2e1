package dev.assay.cli;

import dev.assay.core.report.terminal.Ink;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where the command line prints: results to {@code out}, progress and problems to {@code err}.
 *
 * @param out standard output
 * @param err standard error
 * @param terminal whether standard error is a terminal that lines can be drawn again on
 * @param width its width in columns
 * @param ink the colours for standard error
 * @param environment the environment variables of this process
 */
record Console(
    PrintStream out,
    PrintStream err,
    boolean terminal,
    int width,
    Ink ink,
    Map<String, String> environment) {

  private static final int WIDTH_OF_LOGS = 100;

  /**
   * The real one. The launcher says by ASSAY_TERMINAL how wide the terminal of standard error is,
   * if it is one.
   */
  static Console ofProcess(Map<String, String> environment) {
    int columns = number(environment.getOrDefault("ASSAY_TERMINAL", "0"));
    boolean terminal = columns > 0 && !"dumb".equals(environment.get("TERM"));
    boolean colour =
        environment.containsKey("CLICOLOR_FORCE")
            || terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Console(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        terminal && !environment.containsKey("CI"),
        columns > 0 ? columns : WIDTH_OF_LOGS,
        colour ? Ink.COLOUR : Ink.PLAIN,
        environment);
  }

  /** Standard input, not buffered; for the one command that reads it. */
  static InputStream input() {
    return new FileInputStream(FileDescriptor.in);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException wrong) {
      return 0;
    }
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
