package dev.assay.profile.flight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A recording in a running JVM, from its start to the file it leaves. It records beside any other
 * recording there.
 */
public final class FlightRecording {

  /** The longest stack that is asked for; the JVM's own default is 64. */
  private static final int DEEPEST = 256;

  /** What a JVM keeps at most; of a longer recording the beginning is lost. */
  private static final String LARGEST = "250m";

  /** All that is ever asked for. */
  static final Set<String> EVENTS =
      Set.of(
          "jdk.ExecutionSample",
          "jdk.ObjectAllocationSample",
          "jdk.JavaMonitorEnter",
          "jdk.ThreadPark",
          "jdk.GarbageCollection",
          "jdk.GCPhasePause",
          "jdk.GCHeapSummary");

  private final Jcmd jcmd;
  private final String name;

  private FlightRecording(Jcmd jcmd, String name) {
    this.jcmd = jcmd;
    this.name = name;
  }

  /**
   * What to record.
   *
   * @param period how often stacks of running threads are sampled
   * @param allocation whether stacks of allocations are sampled
   * @param locks whether waiting for locks is recorded
   */
  public record Settings(Duration period, boolean allocation, boolean locks) {

    String configuration() {
      StringBuilder xml = new StringBuilder();
      xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
      xml.append("<configuration version=\"2.0\" label=\"Assay\">\n");
      event(xml, "jdk.ExecutionSample", List.of("period", period.toMillis() + " ms"));
      if (allocation) {
        event(
            xml, "jdk.ObjectAllocationSample", List.of("throttle", "200/s", "stackTrace", "true"));
      }
      if (locks) {
        event(xml, "jdk.JavaMonitorEnter", List.of("threshold", "1 ms", "stackTrace", "true"));
        event(xml, "jdk.ThreadPark", List.of("threshold", "1 ms", "stackTrace", "true"));
      }
      event(xml, "jdk.GarbageCollection", List.of("threshold", "0 ms"));
      event(xml, "jdk.GCPhasePause", List.of("threshold", "0 ms"));
      event(xml, "jdk.GCHeapSummary", List.of());
      return xml.append("</configuration>\n").toString();
    }

    private static void event(StringBuilder xml, String name, List<String> settings) {
      xml.append("  <event name=\"").append(name).append("\">\n");
      xml.append("    <setting name=\"enabled\">true</setting>\n");
      for (int i = 0; i < settings.size(); i += 2) {
        xml.append("    <setting name=\"").append(settings.get(i)).append("\">");
        xml.append(settings.get(i + 1)).append("</setting>\n");
      }
      xml.append("  </event>\n");
    }
  }

  /**
   * Starts one.
   *
   * @param folder where the JVM reads its settings from
   * @throws AttachException if the JVM cannot be reached or would not record
   */
  public static FlightRecording start(Jcmd jcmd, String name, Settings settings, Path folder)
      throws AttachException {
    Path file = folder.resolve(name + ".jfc");
    try {
      Files.writeString(file, settings.configuration());
    } catch (IOException broken) {
      throw new AttachException(
          "the settings could not be written: " + broken.getMessage(), "leave room on the disk");
    }
    String answer =
        jcmd.send(
            "JFR.configure stackdepth=" + DEEPEST,
            "JFR.start name=" + name + " settings=" + quoted(file) + " maxsize=" + LARGEST);
    if (!answer.contains("Started recording")) {
      throw new AttachException(
          "its flight recorder would not start: " + Jcmd.lastLine(answer),
          "run it on a JDK 11 or newer as the same user, where it can read " + folder);
    }
    return new FlightRecording(jcmd, name);
  }

  /**
   * Stops it and has the JVM write what it recorded.
   *
   * @throws AttachException if the JVM has gone or could not write the file
   */
  public void stop(Path file) throws AttachException {
    written(jcmd.send("JFR.stop name=" + name + " filename=" + quoted(file)), file);
  }

  /** Stops it and keeps nothing. */
  public void discard() throws AttachException {
    jcmd.send("JFR.stop name=" + name);
  }

  /**
   * Has a JVM that was started with a recording write what it recorded lately.
   *
   * @throws AttachException if the JVM has gone or could not write the file
   */
  public static void dump(Jcmd jcmd, Duration last, Path file) throws AttachException {
    String answer =
        jcmd.send("JFR.dump filename=" + quoted(file) + " begin=-" + (last.toSeconds() + 1) + "s");
    written(answer, file);
  }

  private static void written(String answer, Path file) throws AttachException {
    if (!Files.isRegularFile(file)) {
      throw new AttachException(
          "its recording was not written: " + Jcmd.lastLine(answer),
          "run it as the same user, where it can write " + file.getParent());
    }
  }

  /** As the JVM's own parser of arguments reads it. */
  private static String quoted(Path path) {
    return '"' + path.toString() + '"';
  }
}
