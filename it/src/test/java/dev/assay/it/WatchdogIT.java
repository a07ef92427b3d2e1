package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.spi.UndoAction;
import dev.assay.core.run.Mender;
import dev.assay.it.service.FaultyRun;
import dev.assay.store.WorkspaceLock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of a run that breaks things, of its watchdog, of both, and a full disk in the
 * middle, at moments drawn from a seed: whatever happens, everything is whole soon afterwards. The
 * faults are five that need no program but this machine's: a pause, a quota, a read-only file, a
 * full file system, and a service that is killed and starts again.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // each test starts up to sixty JVMs
class WatchdogIT {

  private static final int POINTS = 30;
  private static final long SEED = Long.getLong("assay.seed", 4711);
  private static final int LATEST_MILLIS = 250;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path temporary;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<Process> started = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // see wholeWorld
  private Path journal;

  @SuppressWarnings("NullAway.Init") // see wholeWorld
  private Path file;

  @SuppressWarnings("NullAway.Init") // see wholeWorld
  private Path disk;

  @SuppressWarnings("NullAway.Init") // see wholeWorld
  private Process target;

  @SuppressWarnings("NullAway.Init") // see wholeWorld
  private String home;

  @BeforeEach
  void wholeWorld() throws Exception {
    System.out.println("WatchdogIT: seed " + SEED + "; another one with -Dassay.seed=…");
    journal = mounted("journal", "size=256k");
    disk = mounted("disk", "size=512k");
    file = Files.writeString(temporary.resolve("file"), "whole").toRealPath();
    target = start(new ProcessBuilder("sh", "-c", "sleep 1000 & wait"));
    Wait.until(() -> target.descendants().count() == 1, () -> "no child of the target");
    home = text(Path.of("/proc/" + target.pid() + "/cgroup"));
  }

  private Path mounted(String name, String options) throws Exception {
    Path folder = Files.createDirectories(temporary.resolve(name)).toRealPath();
    assumeTrue(
        ran("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()),
        "this user may not mount a file system");
    return folder;
  }

  private Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    started.add(process);
    return process;
  }

  @AfterEach
  void nothingIsLeftRunning() throws Exception {
    started.forEach(process -> {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    });
    Wait.until(() -> watchdogs().isEmpty(), () -> "watchdogs are left: " + watchdogs());
    // what a failed test left must not fail the next one
    processesOfRuns()
        .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    Wait.until(() -> groups().stream().allMatch(WatchdogIT::removed), () -> "left: " + groups());
    for (Path folder : Stream.of(journal, disk).filter(one -> one != null).toList()) {
      assertThat(ran("umount", folder.toString())).as("%s unmounted", folder).isTrue();
    }
  }

  /** A run that breaks and mends, and what it has said. */
  private final class Breaking {
    private final Process process;
    private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();

    Breaking(long seed) throws IOException {
      process =
          start(
              new ProcessBuilder(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Xmx64m",
                      "-XX:+UseSerialGC",
                      "-XX:TieredStopAtLevel=1",
                      "--enable-native-access=ALL-UNNAMED",
                      "-cp",
                      System.getProperty("java.class.path"),
                      FaultyRun.class.getName(),
                      journal.toString(),
                      Long.toString(target.pid()),
                      file.toString(),
                      disk.toString(),
                      temporary.toString(),
                      Long.toString(seed))
                  .redirectError(temporary.resolve("err").toFile()));
      Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        lines.lines().forEach(said::add);
      } catch (IOException | UncheckedIOException ended) {
        // it was killed
      }
    }

    /** Waits until it says a line that begins so, from now on. */
    Breaking untilItSays(String beginning) throws InterruptedException {
      said.clear();
      for (int lines = 0; lines < 10_000; lines++) {
        String line = said.poll(30, TimeUnit.SECONDS);
        if (line == null) {
          throw new AssertionError(
              "it never said '" + beginning + "': " + text(temporary.resolve("err")));
        }
        if (line.startsWith(beginning)) {
          return this;
        }
      }
      throw new AssertionError("it says all but '" + beginning + "'");
    }

    void kill() throws InterruptedException {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  private void anyMoment() {
    LockSupport.parkNanos(random.nextInt(LATEST_MILLIS * 1000) * 1000L);
  }

  @Test
  void theRunIsKilled() throws Exception {
    for (int point = 0; point < POINTS; point++) {
      Breaking run = new Breaking(random.nextLong()).untilItSays("broken");
      boolean full = point % 3 == 2;
      anyMoment();
      if (full) {
        fill();
        anyMoment();
      }

      run.kill();

      untilWhole("the run was killed at point " + point + (full ? ", with a full disk" : ""));
      Wait.until(() -> watchdogs().isEmpty(), () -> "a watchdog stays: " + watchdogs());
      empty();
    }
  }

  @Test
  void theWatchdogIsKilled() throws Exception {
    Breaking run = new Breaking(random.nextLong()).untilItSays("broken");
    for (int point = 0; point < POINTS; point++) {
      anyMoment();

      List<ProcessHandle> killed = watchdogs();
      killed.forEach(ProcessHandle::destroyForcibly);

      // one that is killed can be seen for another moment, and is not the one that comes again
      Wait.until(() -> !killed.containsAll(watchdogs()), () -> "no watchdog came again");
      run.untilItSays("broken");
    }
    run.kill();
    untilWhole("the watchdog was killed " + POINTS + " times, and then the run");
  }

  @Test
  void theRunAndItsWatchdogAreKilled() throws Exception {
    for (int point = 0; point < POINTS; point++) {
      Breaking run = new Breaking(random.nextLong()).untilItSays("broken");
      anyMoment();

      // In either order, as nobody can kill two at once.
      if (random.nextBoolean()) {
        run.kill();
        watchdogs().forEach(ProcessHandle::destroyForcibly);
      } else {
        watchdogs().forEach(ProcessHandle::destroyForcibly);
        run.kill();
        watchdogs().forEach(ProcessHandle::destroyForcibly);
      }

      // one that was just being started mends as well, and is gone then
      Wait.until(
          () -> {
            watchdogs().forEach(ProcessHandle::destroyForcibly);
            return watchdogs().isEmpty();
          },
          () -> "a watchdog lives: " + watchdogs());
      mendAsTheNextRun();
      assertThat(broken()).as("after both were killed at point %d", point).isEmpty();
    }
  }

  @Test
  void theDiskOfTheJournalFillsUp() throws Exception {
    Breaking run = new Breaking(random.nextLong()).untilItSays("broken");
    for (int point = 0; point < POINTS; point++) {
      anyMoment();

      fill();
      run.untilItSays("refused ASSAY-RUN-009");

      List<String> broken = broken();
      assertThat(broken).as("with a full disk at point %d", point).isEmpty();
      empty();
      run.untilItSays("broken");
    }
    fill();
    run.kill();
    untilWhole("the run was killed with a full disk");
  }

  /** The lease is a quarter of a minute, so this is done once; at which fault, the seed says. */
  @Test
  void theRunHangs() throws Exception {
    Breaking run = new Breaking(random.nextLong()).untilItSays("broken");
    do {
      signal("CONT", run.process);
      anyMoment();
      signal("STOP", run.process);
    } while (broken().isEmpty());

    untilWhole("the run hangs");

    signal("CONT", run.process);
    run.untilItSays("broken");
    run.kill();
    untilWhole("a run that hung went on and was killed");
  }

  private static void signal(String name, Process process) throws Exception {
    assertThat(ran("sh", "-c", "kill -s " + name + " " + process.pid())).isTrue();
  }

  /** What the next run does first. */
  private void mendAsTheNextRun() {
    List<UndoAction> actions =
        ServiceLoader.load(Capability.class).stream()
            .flatMap(room -> room.get().undoActions().stream())
            .toList();
    try (WorkspaceLock _ = lock()) {
      assertThat(new Mender(journal, new SystemClock(), actions).mend().problems()).isEmpty();
    }
  }

  /** A watchdog that was killed holds its lock until the kernel has cleared it away. */
  private WorkspaceLock lock() {
    List<WorkspaceLock> taken = new ArrayList<>();
    Wait.until(
        () -> {
          try {
            taken.add(WorkspaceLock.acquire(journal, "the next run"));
            return true;
          } catch (ProblemException held) {
            return false;
          }
        },
        () -> "somebody keeps the lock");
    return taken.getFirst();
  }

  private void untilWhole(String after) {
    Wait.until(() -> broken().isEmpty(), () -> after + ": " + broken());
  }

  /** All that is broken now. */
  private List<String> broken() {
    List<String> broken = new ArrayList<>();
    Stream.concat(Stream.of(target.toHandle()), target.descendants())
        .filter(process -> text(Path.of("/proc/" + process.pid() + "/stat")).contains(") T "))
        .forEach(process -> broken.add("process " + process.pid() + " stands still"));
    if (!target.isAlive()) {
      broken.add("the target is gone");
    } else if (!text(Path.of("/proc/" + target.pid() + "/cgroup")).equals(home)) {
      broken.add("the target is in another control group");
    }
    groups().forEach(group -> broken.add("the control group " + group + " is there"));
    try {
      Files.writeString(file, "whole");
    } catch (IOException readOnly) {
      broken.add("the file cannot be written");
    }
    try (Stream<Path> files = Files.list(disk)) {
      files.forEach(one -> broken.add(one + " is on the disk"));
    } catch (IOException unreadable) {
      broken.add("the disk cannot be read");
    }
    if (started.stream().skip(1).noneMatch(Process::isAlive)) {
      processesOfRuns().forEach(pid -> broken.add("process " + pid + " of a dead run lives"));
    }
    return broken;
  }

  /** The control groups that runs of this test have made; tests beside this one make others. */
  private List<Path> groups() {
    List<Path> groups = new ArrayList<>();
    for (String root : List.of("/sys/fs/cgroup/cpu", "/sys/fs/cgroup")) {
      for (Process run : started) {
        String made = "assay-" + run.pid() + "-*";
        if (Files.isDirectory(Path.of(root))) {
          try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of(root), made)) {
            found.forEach(groups::add);
          } catch (IOException unreadable) {
            groups.add(Path.of(root));
          }
        }
      }
    }
    return groups;
  }

  private static boolean removed(Path group) {
    try {
      return Files.deleteIfExists(group);
    } catch (IOException busy) {
      return false; // a process in it is not gone yet
    }
  }

  private static List<Long> processesOfRuns() {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> text(Path.of("/proc/" + pid + "/environ")).contains("ASSAY_PROCESS=faulty-"))
        .toList();
  }

  private List<ProcessHandle> watchdogs() {
    return ProcessHandle.allProcesses()
        .filter(process -> {
          String line = text(Path.of("/proc/" + process.pid() + "/cmdline"));
          return line.contains("--when-gone") && line.contains(journal.toString());
        })
        .toList();
  }

  /** Leaves no room on the file system of the journal. */
  private void fill() throws IOException {
    Path filler = journal.resolve("filler");
    int size = 4096;
    while (size > 0) {
      try {
        Files.write(filler, new byte[size], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException full) {
        size /= 2;
      }
    }
  }

  private void empty() throws IOException {
    Files.deleteIfExists(journal.resolve("filler"));
  }

  private static String text(Path path) {
    try {
      return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  private static boolean ran(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
