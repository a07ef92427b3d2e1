package dev.assay.core.run;

import dev.assay.api.spi.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that Assay started and everything that came of it. A member is found by any of three
 * signs, so that one that detached itself is found too: it is a descendant, it is in the session
 * that the process leads, or its environment carries the mark. The last two are read from {@code
 * /proc} and exist on Linux only.
 */
final class ProcessTree {

  /**
   * The environment variable that marks every process which Assay starts, and that its children
   * inherit.
   */
  static final String MARK = "ASSAY_PROCESS";

  private static final Path PROC = Path.of("/proc");
  private static final String HELPER = "/jspawnhelper";
  private static final Duration STARTING = Duration.ofSeconds(2);

  private final long root;
  private final String mark;
  private final Clock clock;

  /**
   * The tree of a process.
   *
   * @param root its id, or 0 where it is not known and only the mark counts
   * @param mark what its mark contains
   */
  ProcessTree(long root, String mark, Clock clock) {
    this.root = root;
    this.mark = mark;
    this.clock = clock;
  }

  /** The ids of the members that live. */
  Set<Long> members() {
    Set<Long> members = new LinkedHashSet<>();
    if (root > 0) {
      ProcessHandle.of(root)
          .ifPresent(handle -> {
            handle.descendants().forEach(child -> members.add(child.pid()));
            members.add(root);
          });
    }
    if (Files.isDirectory(PROC)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
        for (Path folder : folders) {
          long pid = Long.parseLong(folder.getFileName().toString());
          if (marked(folder) || root > 0 && session(folder) == root) {
            members.add(pid);
          }
        }
      } catch (IOException unreadable) {
        // without /proc the descendants are all that is known
      }
    }
    members.remove(ProcessHandle.current().pid());
    members.removeIf(pid -> !alive(pid));
    return members;
  }

  /**
   * The same, also those that are just being started: Java has a helper start them, which has their
   * environment only when it has become them, and which outlives its parent for that moment.
   */
  Set<Long> membersSoon() {
    long deadline = clock.nanos() + STARTING.toNanos();
    while (starting() && clock.nanos() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    return members();
  }

  /** Whether any process is being started by Java. */
  private static boolean starting() {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> {
          try {
            return Files.readString(
                    PROC.resolve(Long.toString(process.pid())).resolve("cmdline"),
                    StandardCharsets.ISO_8859_1)
                .contains(HELPER);
          } catch (IOException gone) {
            return false;
          }
        });
  }

  private boolean marked(Path folder) {
    try {
      String environment =
          new String(Files.readAllBytes(folder.resolve("environ")), StandardCharsets.ISO_8859_1);
      int at = environment.indexOf(MARK + "=");
      if (at < 0) {
        return false;
      }
      int end = environment.indexOf('\0', at);
      String value =
          environment.substring(at + MARK.length() + 1, end < 0 ? environment.length() : end);
      return ("/" + value + "/").contains("/" + mark + "/");
    } catch (IOException gone) {
      return false;
    }
  }

  private static long session(Path folder) {
    return stat(folder).map(fields -> Long.parseLong(fields[3])).orElse(-1L);
  }

  private static boolean alive(long pid) {
    boolean zombie =
        stat(PROC.resolve(Long.toString(pid))).map(fields -> fields[0].equals("Z")).orElse(false);
    return !zombie && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** The fields of /proc/PID/stat after the command: state, parent, group, session … (proc(5)). */
  private static Optional<String[]> stat(Path folder) {
    try {
      String line = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
      return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
    } catch (IOException | RuntimeException gone) {
      return Optional.empty();
    }
  }

  /**
   * Asks all members to end (SIGTERM), waits, then kills what is left (SIGKILL).
   *
   * @return the ids of those that survived
   */
  Set<Long> end(Duration grace) {
    Set<Long> members = members();
    members.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
    await(members, grace);
    // What was forked while the others ended is found by looking again.
    for (int round = 0; round < 5; round++) {
      members = members();
      if (members.isEmpty()) {
        return members;
      }
      members.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      await(members, Duration.ofSeconds(2));
    }
    return members();
  }

  private void await(Set<Long> pids, Duration atMost) {
    CompletableFuture<?>[] exits =
        pids.stream()
            .flatMap(pid -> ProcessHandle.of(pid).stream())
            .filter(handle -> alive(handle.pid()))
            .map(ProcessHandle::onExit)
            .toArray(CompletableFuture<?>[]::new);
    long deadline = clock.nanos() + atMost.toNanos();
    try {
      CompletableFuture.allOf(exits)
          .get(Math.max(1, deadline - clock.nanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      // the caller looks again
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
