package dev.assay.profile.flight;

import dev.assay.api.spi.Processes;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Sends diagnostic commands to a JVM of this machine with the {@code jcmd} of its own JDK, or else
 * of the one that Assay runs on: the attach protocol is the same in all of them.
 */
public final class Jcmd {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Processes processes;
  private final Path folder;
  private final Path program;
  private final long pid;
  private int sent;

  private Jcmd(Processes processes, Path folder, Path program, long pid) {
    this.processes = processes;
    this.folder = folder;
    this.program = program;
    this.pid = pid;
  }

  /**
   * That for a process.
   *
   * @param folder where its files may go
   * @throws AttachException if there is no {@code jcmd}, or the process is another user's
   */
  public static Jcmd of(long pid, Processes processes, Path folder) throws AttachException {
    String owner = owner(Path.of("/proc/" + pid));
    String self = owner(Path.of("/proc/self"));
    if (!owner.equals(self) && !self.equals("root")) {
      throw new AttachException(
          "process " + pid + " runs as the user " + owner + " and Assay as " + self,
          "run both as the same user");
    }
    return new Jcmd(processes, folder, program(pid), pid);
  }

  private static String owner(Path process) {
    try {
      return Files.getOwner(process).getName();
    } catch (IOException | UnsupportedOperationException unknown) {
      return "";
    }
  }

  private static Path program(long pid) throws AttachException {
    List<Path> folders = new ArrayList<>();
    folder(executable(pid)).ifPresent(folders::add);
    folders.add(Path.of(System.getProperty("java.home"), "bin"));
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      folders.add(Path.of(folder.isEmpty() ? "." : folder));
    }
    return folders.stream()
        .map(folder -> folder.resolve("jcmd"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new AttachException(
                "there is no program 'jcmd' on this machine", "install a JDK; a JRE has none"));
  }

  private static Optional<Path> folder(Optional<Path> executable) {
    return executable.map(Path::getParent);
  }

  private static Optional<Path> executable(long pid) {
    try {
      return Optional.of(Files.readSymbolicLink(Path.of("/proc/" + pid + "/exe")));
    } catch (IOException | UnsupportedOperationException notLinux) {
      return ProcessHandle.of(pid).flatMap(handle -> handle.info().command()).map(Path::of);
    }
  }

  /**
   * Sends commands, one after the other.
   *
   * @return what the JVM answered
   * @throws AttachException if it cannot be reached
   */
  String send(String... commands) throws AttachException {
    sent++;
    Path script = folder.resolve("jcmd-" + pid + "-" + sent + ".txt");
    Path output = folder.resolve("jcmd-" + pid + "-" + sent + ".log");
    try {
      Files.write(script, List.of(commands));
      Files.createFile(output);
      Processes.Child child =
          processes.start(
              new Processes.Command(
                  List.of(
                      program.toString(),
                      // it lives for a moment beside what is measured
                      "-J-XX:TieredStopAtLevel=1",
                      "-J-XX:+UseSerialGC",
                      "-J-Xmx32m",
                      Long.toString(pid),
                      "-f",
                      script.toString()),
                  folder,
                  Map.of(),
                  output,
                  Duration.ofSeconds(1)));
      OptionalInt exit = child.await(PATIENCE);
      child.stop();
      String answer = Files.readString(output, StandardCharsets.UTF_8).strip();
      if (exit.isEmpty()) {
        throw new AttachException(
            "process " + pid + " did not answer within " + PATIENCE.toSeconds() + " s",
            "look whether it is stopped, overloaded, or no HotSpot JVM");
      }
      if (exit.getAsInt() != 0) {
        throw refused(answer);
      }
      return answer;
    } catch (IOException broken) {
      throw new AttachException(
          "a file could not be written: " + broken.getMessage(), "leave room on the disk");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AttachException("it was interrupted", "run it again");
    }
  }

  private AttachException refused(String answer) {
    String said = lastLine(answer);
    String all = answer.toLowerCase(Locale.ROOT);
    String mend;
    if (all.contains("does not support the attach mechanism")) {
      mend = "start it without -XX:+DisableAttachMechanism";
    } else if (all.contains("unable to open socket file") || all.contains("not responding")) {
      mend =
          "start it without -XX:+DisableAttachMechanism, and outside a container or with the /tmp"
              + " of this machine";
    } else if (all.contains("no such process") || all.contains("non existent jvm")) {
      mend = "look in its log why it ended";
    } else {
      mend = "run it as the same user as Assay, on a JDK 11 or newer";
    }
    return new AttachException("process " + pid + " would not be attached to: " + said, mend);
  }

  /** The line that says what is wrong, for people. */
  static String lastLine(String answer) {
    return answer
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("at "))
        .reduce((first, second) -> first.contains("Exception") ? first : second)
        .map(line -> line.replaceFirst("^[a-z]+(\\.\\w+)+Exception: ", ""))
        .map(line -> line.length() > 300 ? line.substring(0, 300) + "…" : line)
        .orElse("it said nothing");
  }
}
