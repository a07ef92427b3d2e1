package dev.assay.profile.flight;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** Reads a flight recording, one event at a time. For one use, by one thread. */
public final class RecordingReader {

  private static final long MOST_EVENTS = 5_000_000;
  private static final int MOST_KNOWN = 100_000;
  private static final int MOST_PAUSES = 100_000;

  /** Numbers that differ from start to start, and would part two builds that are the same. */
  private static final Pattern RUNTIME_NUMBER =
      Pattern.compile(
          "[/.+]0x[0-9a-f]+(?:\\+0x[0-9a-f]+)?"
              + "|(?<=\\$\\$Lambda)\\$\\d+|(?<=Accessor|\\$Proxy)\\d+");

  private final Instant from;
  private final Instant to;
  private final IdentityHashMap<RecordedMethod, String> names = new IdentityHashMap<>();
  private final IdentityHashMap<RecordedStackTrace, String> stacks = new IdentityHashMap<>();
  private final FoldedStacks cpu = new FoldedStacks();
  private final FoldedStacks allocation = new FoldedStacks();
  private final FoldedStacks locks = new FoldedStacks();
  private final List<Pause> pauses = new ArrayList<>();
  private final List<Live> live = new ArrayList<>();

  /** A stop of the JVM. */
  public record Pause(Instant at, Duration took) {}

  /** The heap in use right after a collection. */
  public record Live(Instant at, long bytes) {}

  /** What a recording says. */
  public record Content(
      FoldedStacks cpu,
      FoldedStacks allocation,
      FoldedStacks locks,
      List<Pause> pauses,
      List<Live> live,
      boolean whole) {
    /** Wraps the lists. */
    public Content {
      pauses = Collections.unmodifiableList(pauses);
      live = Collections.unmodifiableList(live);
    }
  }

  private RecordingReader(Instant from, Instant to) {
    this.from = from;
    this.to = to;
  }

  /**
   * Reads what happened in an interval.
   *
   * @param stop asked now and then whether to give up
   * @throws IOException if it is no recording, or a broken one
   */
  public static Content read(Path file, Instant from, Instant to, BooleanSupplier stop)
      throws IOException {
    return new RecordingReader(from, to).read(file, stop);
  }

  /**
   * Copies those events of a recording that this room asks for. What else is in it, as of another
   * recording of the same JVM, may hold secrets: its command line, its environment.
   *
   * @throws IOException if it is no recording, or the copy cannot be written
   */
  public static void copy(Path file, Path to) throws IOException {
    try (RecordingFile recording = new RecordingFile(file)) {
      recording.write(to, event -> FlightRecording.EVENTS.contains(event.getEventType().getName()));
    } catch (RuntimeException broken) {
      throw new IOException("the recording cannot be read: " + broken, broken);
    }
  }

  private Content read(Path file, BooleanSupplier stop) throws IOException {
    long events = 0;
    boolean whole = true;
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        if (++events > MOST_EVENTS || events % 1000 == 0 && stop.getAsBoolean()) {
          whole = false;
          break;
        }
        Instant at = event.getStartTime();
        if (!at.isBefore(from) && !at.isAfter(to)) {
          add(event);
        }
      }
    } catch (RuntimeException broken) {
      throw new IOException("the recording cannot be read: " + broken, broken);
    }
    return new Content(cpu, allocation, locks, pauses, live, whole);
  }

  private void add(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case "jdk.ExecutionSample" -> add(cpu, event, "", 1);
      case "jdk.ObjectAllocationSample" ->
          add(
              allocation,
              event,
              ";[" + type(event.getClass("objectClass")) + "]",
              event.getLong("weight"));
      case "jdk.JavaMonitorEnter" ->
          add(
              locks,
              event,
              ";[" + type(event.getClass("monitorClass")) + "]",
              event.getDuration().toNanos());
      case "jdk.ThreadPark" -> {
        String parked = type(event.getClass("parkedClass"));
        // A parked thread waits for work more often than for a lock; only these are locks.
        if (parked.contains("ReentrantLock$") || parked.contains("ReentrantReadWriteLock$")) {
          add(locks, event, ";[" + parked + "]", event.getDuration().toNanos());
        }
      }
      case "jdk.GCPhasePause" -> {
        if (pauses.size() < MOST_PAUSES) {
          pauses.add(new Pause(event.getStartTime(), event.getDuration()));
        }
      }
      case "jdk.GCHeapSummary" -> {
        if ("After GC".equals(event.getString("when")) && live.size() < MOST_PAUSES) {
          live.add(new Live(event.getStartTime(), event.getLong("heapUsed")));
        }
      }
      default -> {}
    }
  }

  private void add(FoldedStacks stacks, RecordedEvent event, String leaf, long weight) {
    RecordedStackTrace trace = event.getStackTrace();
    if (trace != null && !trace.getFrames().isEmpty()) {
      stacks.add(folded(trace) + leaf, weight);
    }
  }

  private String folded(RecordedStackTrace trace) {
    if (stacks.size() > MOST_KNOWN) {
      stacks.clear();
    }
    return stacks.computeIfAbsent(trace, this::fold);
  }

  private String fold(RecordedStackTrace trace) {
    StringBuilder folded = new StringBuilder();
    if (trace.isTruncated()) {
      folded.append("[cut]");
    }
    for (RecordedFrame frame : trace.getFrames().reversed()) {
      if (!folded.isEmpty()) {
        folded.append(';');
      }
      folded.append(name(frame.getMethod()));
    }
    return folded.toString();
  }

  private String name(@Nullable RecordedMethod method) {
    if (method == null) {
      return "[unknown]";
    }
    if (names.size() > MOST_KNOWN) {
      names.clear();
    }
    return names.computeIfAbsent(
        method, known -> stable(type(known.getType()) + "." + known.getName()));
  }

  /** A name that is the same in the next start of the same program. */
  static String stable(String name) {
    return RUNTIME_NUMBER
        .matcher(name)
        .replaceAll("")
        .replace(';', ':')
        .replace(' ', '_')
        .replace('\n', '_');
  }

  private static String type(@Nullable RecordedClass type) {
    if (type == null) {
      return "unknown";
    }
    String name = type.getName();
    int depth = 0;
    while (depth < name.length() && name.charAt(depth) == '[') {
      depth++;
    }
    return depth == 0 ? name : element(name.substring(depth)) + "[]".repeat(depth);
  }

  private static String element(String code) {
    return switch (code.charAt(0)) {
      case 'B' -> "byte";
      case 'C' -> "char";
      case 'D' -> "double";
      case 'F' -> "float";
      case 'I' -> "int";
      case 'J' -> "long";
      case 'S' -> "short";
      case 'Z' -> "boolean";
      default -> code.substring(1).replace(";", "");
    };
  }
}
