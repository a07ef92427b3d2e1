package dev.assay.profile.perfdata;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The performance data of one JVM, mapped: the format 2.0 of HotSpot's {@code perfMemory.hpp}.
 * Reading is a few loads from memory. Not for use by several threads.
 */
public final class PerfData implements AutoCloseable {

  private static final int MAGIC = 0xcafec0c0;
  private static final int HEADER = 32;
  private static final int MOST_ENTRIES = 10_000;
  private static final long LARGEST = 16 << 20;

  private final Arena arena;
  private final MemorySegment data;
  private final ByteOrder order;
  private final List<Long> collections = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private final List<Long> used = new ArrayList<>();
  private final List<Long> settled = new ArrayList<>();
  private long ticksPerSecond = 1_000_000_000;

  private PerfData(Arena arena, MemorySegment data) {
    this.arena = arena;
    this.data = data;
    if (data.byteSize() < HEADER || magic() != MAGIC) {
      throw new IllegalArgumentException("this is no performance data");
    }
    this.order =
        data.get(ValueLayout.JAVA_BYTE, 4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    readEntries();
    if (collections.isEmpty()) {
      throw new IllegalArgumentException("the JVM has not finished to start");
    }
  }

  /** That of a process, if it is a JVM that keeps such data and lets this user read it. */
  public static Optional<PerfData> of(long pid) {
    Path proc = Path.of("/proc/" + pid);
    // A process in a container has a number and a /tmp of its own.
    for (Path temporary : List.of(proc.resolve("root/tmp"), Path.of("/tmp"))) {
      try (DirectoryStream<Path> users = Files.newDirectoryStream(temporary, "hsperfdata_*")) {
        for (Path user : users) {
          Path file = user.resolve(Long.toString(innerPid(proc, pid)));
          if (Files.isReadable(file)) {
            return open(file);
          }
        }
      } catch (IOException notThere) {
        // then it is not a JVM that can be looked at, or it is in the next folder
      }
    }
    return Optional.empty();
  }

  private static long innerPid(Path proc, long pid) {
    try {
      for (String line : Files.readAllLines(proc.resolve("status"))) {
        if (line.startsWith("NSpid:")) {
          String[] words = line.split("\\s+");
          return Long.parseLong(words[words.length - 1]);
        }
      }
    } catch (IOException notLinux) {
      // other systems have no inner numbers
    }
    return pid;
  }

  /** That in a file; empty where it holds none, or not yet. */
  static Optional<PerfData> open(Path file) {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size <= LARGEST) {
        return Optional.of(
            new PerfData(arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena)));
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException notThere) {
      // an unfinished or foreign file; whoever asks may ask again
    }
    arena.close();
    return Optional.empty();
  }

  /** In this order of bytes, whatever the order of the rest. */
  private int magic() {
    return data.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 0);
  }

  private int number(long at) {
    return data.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at);
  }

  private long value(long at) {
    return data.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), at);
  }

  private void readEntries() {
    long entry = number(24);
    int entries = Math.min(number(28), MOST_ENTRIES);
    for (int i = 0; i < entries; i++) {
      int length = number(entry);
      if (length <= 0) {
        return;
      }
      boolean isLong = data.get(ValueLayout.JAVA_BYTE, entry + 12) == 'J' && number(entry + 8) == 0;
      if (isLong) {
        keep(data.getString(entry + number(entry + 4)), entry + number(entry + 16));
      }
      entry += length;
    }
  }

  private void keep(String name, long at) {
    if (at < 0 || at > data.byteSize() - Long.BYTES) {
      throw new IllegalArgumentException("'" + name + "' lies outside of the data");
    }
    if (name.matches("sun\\.gc\\.collector\\.\\d+\\.invocations")) {
      collections.add(at);
    } else if (name.matches("sun\\.gc\\.collector\\.\\d+\\.time")) {
      times.add(at);
    } else if (name.matches("sun\\.gc\\.generation\\.\\d+\\.space\\.\\d+\\.used")) {
      used.add(at);
      if (!name.startsWith("sun.gc.generation.0.space.0.")) {
        settled.add(at);
      }
    } else if (name.equals("sun.os.hrt.frequency")) {
      ticksPerSecond = Math.max(1, value(at));
    }
  }

  /** Reads now. */
  public JvmReading read() {
    return new JvmReading(
        sum(collections),
        (long) (sum(times) * (1e9 / ticksPerSecond)),
        sum(used),
        sum(settled.isEmpty() ? used : settled));
  }

  private long sum(List<Long> places) {
    long sum = 0;
    for (long place : places) {
      sum += value(place);
    }
    return sum;
  }

  @Override
  public void close() {
    arena.close();
  }
}
