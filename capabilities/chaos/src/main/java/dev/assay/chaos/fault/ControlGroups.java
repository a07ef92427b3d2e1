package dev.assay.chaos.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the control groups of the machine: version 1, where each controller has a hierarchy, and
 * version 2, where all share one (cgroups(7)). Immutable.
 *
 * @param proc the folder {@code /proc}
 */
record ControlGroups(Path proc) {

  /**
   * The hierarchy of a controller.
   *
   * @param root where it is mounted
   * @param controller {@code cpu} or {@code memory}
   * @param second whether it is version 2
   */
  record Hierarchy(Path root, String controller, boolean second) {}

  static ControlGroups ofMachine() {
    return new ControlGroups(Path.of("/proc"));
  }

  /** The hierarchy of that controller, where there is one. */
  Optional<Hierarchy> find(String controller) {
    List<String> mounts;
    try {
      mounts = Files.readAllLines(proc.resolve("self/mountinfo"), StandardCharsets.UTF_8);
    } catch (IOException notLinux) {
      return Optional.empty();
    }
    for (String line : mounts) {
      // id parent device root MOUNT POINT options … - TYPE source OPTIONS (proc_pid_mountinfo(5))
      String[] halves = line.split(" - ", 2);
      String[] end = halves.length < 2 ? new String[0] : halves[1].split(" ");
      if (end.length < 3) {
        continue;
      }
      Path point = Path.of(MountTable.unescaped(halves[0].split(" ")[4]));
      boolean first =
          end[0].equals("cgroup") && Arrays.asList(end[2].split(",")).contains(controller);
      boolean second = end[0].equals("cgroup2") && controllers(point).contains(controller);
      if (first || second) {
        return Optional.of(new Hierarchy(point, controller, second));
      }
    }
    return Optional.empty();
  }

  private static List<String> controllers(Path root) {
    try {
      return Arrays.asList(Files.readString(root.resolve("cgroup.controllers")).strip().split(" "));
    } catch (IOException none) {
      return List.of();
    }
  }

  /** The group of a process, as a folder; empty where it has ended. */
  Optional<Path> of(Hierarchy hierarchy, long pid) {
    try {
      for (String line :
          Files.readAllLines(proc.resolve(pid + "/cgroup"), StandardCharsets.UTF_8)) {
        String[] parts = line.split(":", 3);
        boolean right =
            hierarchy.second()
                ? parts[0].equals("0")
                : Arrays.asList(parts[1].split(",")).contains(hierarchy.controller());
        if (right) {
          return Optional.of(hierarchy.root().resolve(parts[2].substring(1)));
        }
      }
    } catch (IOException gone) {
      // empty
    }
    return Optional.empty();
  }
}
