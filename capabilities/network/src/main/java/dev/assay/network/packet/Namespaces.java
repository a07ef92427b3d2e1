package dev.assay.network.packet;

import dev.assay.api.problem.Where;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Named network namespaces of iproute2, which outlive the process that makes them. */
final class Namespaces {

  /** Only names that begin so are ever deleted. */
  static final String PREFIX = "assay-";

  private static final Path FOLDER = Path.of("/run/netns");

  private Namespaces() {}

  static boolean exists(String name) {
    return Files.exists(FOLDER.resolve(name));
  }

  /** Runs a command of {@code ip}, {@code tc} and the like that must succeed. */
  static void must(String... words) {
    Tool.Answer answer = Tool.run(words);
    if (!answer.fine()) {
      throw PacketProblems.FAILED.failure(
          Where.named(String.join(" ", words)),
          "the command failed: " + answer.line().strip().replaceFirst("\\.$", ""),
          "see `assay doctor` for what this machine allows");
    }
  }

  /**
   * Ends what runs in a namespace and removes its name.
   *
   * @return what was done, or empty where there was no such namespace
   * @throws IllegalStateException if it cannot be removed
   */
  static Optional<String> remove(String name) {
    if (!name.startsWith(PREFIX) || !name.matches("[A-Za-z0-9-]{1,60}")) {
      throw new IllegalStateException("'" + name + "' is not a namespace of Assay");
    }
    if (!exists(name)) {
      return Optional.empty();
    }
    endAll(name);
    Tool.Answer answer = Tool.run("ip", "netns", "delete", name);
    if (!answer.fine() && exists(name)) {
      throw new IllegalStateException("the namespace " + name + " remains: " + answer.line());
    }
    return Optional.of("removed the network namespace " + name);
  }

  private static void endAll(String name) {
    List<ProcessHandle> processes =
        Tool.run("ip", "netns", "pids", name)
            .output()
            .lines()
            .map(String::strip)
            .filter(line -> line.matches("\\d{1,10}"))
            .map(Long::parseLong)
            .filter(pid -> pid != ProcessHandle.current().pid())
            .flatMap(pid -> ProcessHandle.of(pid).stream())
            .toList();
    processes.forEach(ProcessHandle::destroy);
    for (ProcessHandle process : processes) {
      try {
        process.onExit().get(1, TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException late) {
        process.destroyForcibly();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      }
    }
  }

  /** Whether this can be had at all: Linux, root, ip, the device; otherwise why not. */
  static Optional<String> missing() {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      return Optional.of("this is not Linux");
    }
    if (!Files.isWritable(Path.of("/dev/net/tun"))) {
      return Optional.of("/dev/net/tun is not there, or may not be written");
    }
    if (!Tool.run("ip", "-V").fine()) {
      return Optional.of("the program ip (iproute2) is not there");
    }
    Tool.Answer own = Tool.run("unshare", "--net", "true");
    return own.fine()
        ? Optional.empty()
        : Optional.of("no network namespace can be made: " + own.line());
  }
}
