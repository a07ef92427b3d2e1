package dev.assay.virtual.smsc;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.virtual.VirtualProblems;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** All that a virtual SMSC saw and did, as lines of JSON in a file. Thread-safe. */
public final class SmscLedger implements AutoCloseable {

  private static final int BUFFER = 1 << 18;

  private final Path file;
  private final Clock clock;
  private final OutputStream out;
  private @Nullable IOException broken;

  private SmscLedger(Path file, Clock clock, OutputStream out) {
    this.file = file;
    this.clock = clock;
    this.out = out;
  }

  /** Begins a file, in place of one of the same name. */
  public static SmscLedger create(Path file, Clock clock) {
    try {
      return new SmscLedger(
          file, clock, new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    } catch (IOException impossible) {
      throw unwritable(file, impossible);
    }
  }

  private static RuntimeException unwritable(Path file, IOException why) {
    return VirtualProblems.LEDGER.failure(
        Where.named(file.toString()),
        "the ledger cannot be written: " + why.getMessage(),
        "name a file in a folder that can be written to, on a disk with room");
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /** Adds a line. */
  synchronized void line(String event, Json.Builder more) {
    if (broken != null) {
      return;
    }
    Json line = more.put("at", clock.now().toString()).put("event", event).build();
    try {
      out.write((JsonWriter.canonical(line) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException full) {
      broken = full;
    }
  }

  /**
   * Brings all lines to the file.
   *
   * @throws dev.assay.api.problem.ProblemException if some could not be written
   */
  public synchronized void flush() {
    try {
      if (broken != null) {
        throw broken;
      }
      out.flush();
    } catch (IOException full) {
      throw unwritable(file, full);
    }
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException full) {
      broken = full;
    }
  }
}
