package dev.assay.chaos.fault;

import dev.assay.chaos.fault.ControlGroups.Hierarchy;
import dev.assay.chaos.fault.Injected.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Limits processes by moving them into a control group of their own, and mends by moving each back
 * to where it was, children that were born there to where the first of them was, and removing the
 * group.
 */
final class Quota implements Breakage {

  private static final String GROUP = "group";
  private static final String HOME = "home";
  private static final String CONTROLLER = "controller";
  private static final String SECOND = "version 2";
  private static final String PROCESSES = "processes";
  private static final String LIMIT = "limit ";
  private static final String MEMBERS = "cgroup.procs";
  private static final String SWITCH = "cgroup.subtree_control";
  private static final int ROUNDS = 10;

  private final ControlGroups groups;

  Quota(ControlGroups groups) {
    this.groups = groups;
  }

  @Override
  public String kind() {
    return "chaos-cgroup";
  }

  /**
   * What the journal must know.
   *
   * @param name of the new group, unique
   * @param limits the files of the group and what is written into them, in their order
   */
  Optional<Map<String, String>> details(
      Hierarchy hierarchy, String name, List<ProcessRef> processes, Map<String, String> limits) {
    Map<String, String> details = new TreeMap<>();
    List<ProcessRef> living = new ArrayList<>();
    for (ProcessRef process : processes) {
      Path home = groups.of(hierarchy, process.pid()).orElse(null);
      if (home != null) {
        living.add(process);
        details.putIfAbsent(HOME, home.toString());
        details.put(HOME + " " + process, home.toString());
      }
    }
    if (living.isEmpty()) {
      return Optional.empty();
    }
    // Version 2 allows processes only in groups without groups in them, or in the root.
    details.put(GROUP, hierarchy.root().resolve(name).toString());
    details.put(CONTROLLER, hierarchy.controller());
    details.put(SECOND, Boolean.toString(hierarchy.second()));
    details.put(PROCESSES, ProcessRef.text(living));
    int number = 0;
    for (Map.Entry<String, String> limit : limits.entrySet()) {
      details.put(LIMIT + number++, limit.getKey() + "=" + limit.getValue());
    }
    return Optional.of(details);
  }

  @Override
  public void make(Map<String, String> details) throws IOException {
    Path group = Path.of(details.getOrDefault(GROUP, ""));
    if (Boolean.parseBoolean(details.get(SECOND))) {
      Path above = group.resolveSibling(SWITCH);
      if (!List.of(Files.readString(above).strip().split(" "))
          .contains(details.getOrDefault(CONTROLLER, ""))) {
        Files.writeString(above, "+" + details.get(CONTROLLER));
      }
    }
    Files.createDirectory(group);
    for (Map.Entry<String, String> limit : limits(details).entrySet()) {
      Files.writeString(group.resolve(limit.getKey()), limit.getValue());
    }
    // A process may fork while it is moved; its children are found by looking again.
    for (int round = 0; round < ROUNDS && !strangers(details).isEmpty(); round++) {
      for (ProcessRef process : strangers(details)) {
        move(process.pid(), group);
      }
    }
  }

  private List<ProcessRef> strangers(Map<String, String> details) {
    Path group = Path.of(details.getOrDefault(GROUP, ""));
    Hierarchy hierarchy = hierarchy(details);
    return ProcessRef.withDescendants(ProcessRef.parse(details.getOrDefault(PROCESSES, "")))
        .stream()
        .filter(process ->
            groups.of(hierarchy, process.pid()).map(now -> !now.equals(group)).orElse(false))
        .toList();
  }

  private static Hierarchy hierarchy(Map<String, String> details) {
    Path group = Path.of(details.getOrDefault(GROUP, ""));
    return new Hierarchy(
        MountTable.parent(group),
        details.getOrDefault(CONTROLLER, ""),
        Boolean.parseBoolean(details.get(SECOND)));
  }

  private static Map<String, String> limits(Map<String, String> details) {
    Map<String, String> limits = new LinkedHashMap<>();
    details.forEach((key, value) -> {
      if (key.startsWith(LIMIT)) {
        limits.put(value.substring(0, value.indexOf('=')), value.substring(value.indexOf('=') + 1));
      }
    });
    return limits;
  }

  /** Moves a process; one that has ended meanwhile needs no moving. */
  private static void move(long pid, Path group) throws IOException {
    try {
      Files.writeString(group.resolve(MEMBERS), Long.toString(pid));
    } catch (IOException refused) {
      if (ProcessRef.of(pid).isPresent()) {
        throw refused;
      }
    }
  }

  @Override
  public Effect look(Map<String, String> details) {
    Path group = Path.of(details.getOrDefault(GROUP, ""));
    StringBuilder how = new StringBuilder();
    boolean seen = strangers(details).isEmpty();
    how.append(seen ? "all processes are in " : "not all processes are in ").append(group);
    for (Map.Entry<String, String> limit : limits(details).entrySet()) {
      String now = text(group.resolve(limit.getKey()));
      how.append(", ").append(limit.getKey()).append(" is ").append(now);
      seen &= now.split(" ")[0].equals(limit.getValue().split(" ")[0]);
    }
    return new Effect(seen, how.toString());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException missing) {
      return "missing";
    }
  }

  @Override
  public Optional<String> undo(String id, Map<String, String> details) throws IOException {
    Path group = Path.of(details.getOrDefault(GROUP, ""));
    if (!Files.isDirectory(group)) {
      return Optional.empty();
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (String line : Files.readAllLines(group.resolve(MEMBERS))) {
        long pid = Long.parseLong(line.strip());
        String home =
            ProcessRef.of(pid)
                .map(process -> details.get(HOME + " " + process))
                .orElse(details.getOrDefault(HOME, ""));
        move(pid, home == null ? Path.of(details.getOrDefault(HOME, "")) : Path.of(home));
      }
      if (Waiting.until(() -> removed(group))) {
        return Optional.of("removed the control group " + group);
      }
    }
    throw new IOException("the control group " + group + " cannot be removed");
  }

  private static boolean removed(Path group) {
    try {
      Files.deleteIfExists(group);
      return true;
    } catch (IOException busy) {
      return false;
    }
  }
}
