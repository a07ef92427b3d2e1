package dev.assay.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A started process whose output goes to two files. */
final class Running {

  private static final Duration LONGEST = Duration.ofSeconds(90);

  private final Process process;
  private final Path out;
  private final Path err;

  Running(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  long pid() {
    return process.pid();
  }

  boolean lives() {
    return process.isAlive();
  }

  /** What it has said on standard error until now. */
  String out() {
    return text(out);
  }

  String err() {
    return text(err);
  }

  /** Waits until it has said that on standard error. */
  Running untilItSays(String text) {
    Wait.until(
        () -> err().contains(text) || !process.isAlive(),
        () -> "it never said '" + text + "' but\n" + err());
    if (!err().contains(text)) {
      throw new AssertionError("it ended without saying '" + text + "':\n" + err() + text(out));
    }
    return this;
  }

  /** Sends a signal by its name, such as {@code INT}. */
  Running signal(String name) {
    try {
      new ProcessBuilder("sh", "-c", "kill -s " + name + " " + process.pid())
          .inheritIO()
          .start()
          .waitFor();
      return this;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Waits until it has ended, or that time has passed; returns whether it has ended. */
  boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  Ended ended() {
    if (!endsWithin(LONGEST)) {
      process.destroyForcibly();
      throw new AssertionError("it still runs after " + LONGEST + ":\n" + err() + text(out));
    }
    return new Ended(process.exitValue(), text(out), text(err));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
