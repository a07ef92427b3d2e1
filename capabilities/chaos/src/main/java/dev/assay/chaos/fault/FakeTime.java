package dev.assay.chaos.fault;

import dev.assay.api.spi.Clock;
import dev.assay.chaos.fault.Injected.Effect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sets the clock of a service that was started under libfaketime, by the file that the library
 * reads it from. With the monotonic clock faked, or with the library's fix for it, waits return at
 * once or never: so both must be off, and before it is used, a wait is tried under the service's
 * own environment.
 */
final class FakeTime implements Breakage {

  private static final String FILE = "file";
  private static final String SHIFT = "shift";
  private static final String BEFORE = "before";
  private static final String TIMESTAMP_FILE = "FAKETIME_TIMESTAMP_FILE";

  /** What the environment of the service must say, and why it cannot be otherwise. */
  private static final Map<String, String> WANTED =
      Map.of(
          "FAKETIME_DONT_FAKE_MONOTONIC", "1",
          "FAKETIME_FORCE_MONOTONIC_FIX", "0",
          "FAKETIME_NO_CACHE", "1");

  private static final int TRIED_HOURS = 1;

  @Override
  public String kind() {
    return "chaos-faketime";
  }

  /** How the environment has to be, for people. */
  static String wanted() {
    return "LD_PRELOAD with libfaketime's path, "
        + TIMESTAMP_FILE
        + " with that of a file that holds +0, FAKETIME_DONT_FAKE_MONOTONIC=1,"
        + " FAKETIME_FORCE_MONOTONIC_FIX=0, FAKETIME_NO_CACHE=1";
  }

  /** What the journal must know, where one of the processes runs under libfaketime as it must. */
  static Optional<Map<String, String>> details(List<ProcessRef> processes, Duration by) {
    for (ProcessRef process : processes) {
      Map<String, String> environment = environment(process);
      boolean right =
          environment.getOrDefault("LD_PRELOAD", "").contains("libfaketime")
              && environment.entrySet().containsAll(WANTED.entrySet())
              && environment.containsKey(TIMESTAMP_FILE);
      if (right) {
        String file = environment.getOrDefault(TIMESTAMP_FILE, "");
        return Optional.of(
            Map.of(FILE, file, SHIFT, shift(by), BEFORE, text(Path.of(file)).orElse("+0")));
      }
    }
    return Optional.empty();
  }

  private static String shift(Duration by) {
    return String.format(Locale.ROOT, "%+.3f", by.toMillis() / 1000.0);
  }

  private static Map<String, String> environment(ProcessRef process) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String entry :
        text(Path.of("/proc/" + process.pid() + "/environ")).orElse("").split("\0")) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        environment.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return environment;
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException missing) {
      return Optional.empty();
    }
  }

  /**
   * Tries the library under the environment of a process: a clock must move, and a wait must take
   * its time.
   *
   * @return what is wrong; empty where all is well
   */
  static Optional<String> tried(List<ProcessRef> processes, Path scratch, Clock clock)
      throws IOException {
    Path file = Files.createTempFile(scratch, "faketime", "");
    try {
      Files.writeString(file, "+" + TRIED_HOURS + "h");
      ProcessBuilder builder =
          new ProcessBuilder("sh", "-c", "date +%s; sleep 0.2").redirectErrorStream(true);
      processes.forEach(process -> {
        environment(process)
            .forEach((name, value) -> {
              if (name.equals("LD_PRELOAD") || name.startsWith("FAKETIME")) {
                builder.environment().put(name, value);
              }
            });
      });
      builder.environment().put(TIMESTAMP_FILE, file.toString());
      return verdict(builder, clock);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static Optional<String> verdict(ProcessBuilder builder, Clock clock) throws IOException {
    long began = clock.nanos();
    Process process = builder.start();
    try (var in = process.getInputStream()) {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        return Optional.of("a wait of 200 ms does not end");
      }
      long waited = TimeUnit.NANOSECONDS.toMillis(clock.nanos() - began);
      String said = new String(in.readNBytes(1000), StandardCharsets.UTF_8).strip();
      long ahead =
          said.matches("\\d{1,18}") ? Long.parseLong(said) - clock.now().getEpochSecond() : 0;
      if (Math.abs(ahead - TRIED_HOURS * 3600L) > 60) {
        return Optional.of("a clock does not move: " + said);
      }
      return waited < 190
          ? Optional.of("a wait of 200 ms returned after " + waited + " ms")
          : Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.of("the trial was interrupted");
    } finally {
      process.destroyForcibly();
    }
  }

  @Override
  public void make(Map<String, String> details) throws IOException {
    Files.writeString(file(details), details.getOrDefault(SHIFT, ""));
  }

  @Override
  public Effect look(Map<String, String> details) {
    String now = text(file(details)).orElse("").strip();
    return new Effect(
        now.equals(details.get(SHIFT)),
        "a clock moved and a wait took its time under libfaketime, whose file says " + now);
  }

  @Override
  public Optional<String> undo(String id, Map<String, String> details) throws IOException {
    if (!look(details).seen()) {
      return Optional.empty();
    }
    Files.writeString(file(details), details.getOrDefault(BEFORE, "+0"));
    return Optional.of("set the clock in " + file(details) + " right");
  }

  private static Path file(Map<String, String> details) {
    return Path.of(details.getOrDefault(FILE, ""));
  }
}
