package dev.assay.core.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A process that cannot be taken for another one which was given its id later. Immutable.
 *
 * @param pid its id
 * @param start when it started: in clock ticks since the machine did (proc(5), field 22), or in
 *     milliseconds since 1970 where there is no {@code /proc}
 */
public record ProcessIdentity(long pid, long start) {

  private static final int STATE = 0;
  private static final int START = 19;

  /** This process. */
  public static ProcessIdentity own() {
    long pid = ProcessHandle.current().pid();
    return new ProcessIdentity(pid, start(pid).orElse(0));
  }

  /**
   * Reads {@code PID:START}.
   *
   * @throws IllegalArgumentException with a sentence for people, if the text is none
   */
  public static ProcessIdentity parse(String text) {
    if (!text.matches("\\d{1,18}:\\d{1,18}")) {
      throw new IllegalArgumentException("'" + text + "' is not PID:START, such as 4711:123456");
    }
    int colon = text.indexOf(':');
    return new ProcessIdentity(
        Long.parseLong(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
  }

  /** Whether it lives; a zombie does not. */
  public boolean lives() {
    OptionalLong now = start(pid);
    return now.isPresent() && now.getAsLong() == start;
  }

  private static OptionalLong start(long pid) {
    Path proc = Path.of("/proc");
    if (!Files.isDirectory(proc.resolve("self"))) {
      return ProcessHandle.of(pid)
          .flatMap(handle -> handle.info().startInstant())
          .map(Instant::toEpochMilli)
          .map(OptionalLong::of)
          .orElse(OptionalLong.empty());
    }
    try {
      String line =
          Files.readString(
              proc.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      boolean dead = fields[STATE].equals("Z") || fields[STATE].equals("X");
      return dead ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[START]));
    } catch (IOException | RuntimeException gone) {
      return OptionalLong.empty();
    }
  }

  @Override
  public String toString() {
    return pid + ":" + start;
  }
}
