package dev.assay.profile.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code /proc} of Linux (proc(5)). A process belongs to a service if it is the started one,
 * is in the session that it leads, or descends from a member. What belongs to none is looked at
 * once and then left alone, so that a pass costs one listing of {@code /proc} and three small files
 * for each member.
 */
final class ProcProbe implements ProcessProbe {

  /** USER_HZ, which is 100 on every architecture of Linux that a JDK runs on. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private final Path proc;
  private final List<Long> roots;
  private final Map<Long, Long> rootOf = new HashMap<>();
  private final Set<Long> strangers = new HashSet<>();

  /** Fields of {@code /proc/PID/stat}. */
  private record Stat(long pid, long parent, long session, long ticks) {}

  ProcProbe(Path proc, Collection<Long> roots) {
    this.proc = proc;
    this.roots = List.copyOf(roots);
  }

  @Override
  public boolean whole() {
    return true;
  }

  @Override
  public Map<Long, ServiceReading> read() {
    Set<Long> living = living();
    strangers.retainAll(living);
    rootOf.keySet().retainAll(living);
    Map<Long, Stat> stats = new LinkedHashMap<>();
    for (long pid : living) {
      Stat stat = strangers.contains(pid) ? null : stat(pid);
      if (stat != null) {
        stats.put(pid, stat);
      }
    }
    classify(stats.values());
    Map<Long, List<Stat>> members = new LinkedHashMap<>();
    for (Stat stat : stats.values()) {
      Long root = rootOf.get(stat.pid());
      if (root != null) {
        List<Stat> of = members.computeIfAbsent(root, _ -> new ArrayList<>());
        of.add(root == stat.pid() ? 0 : of.size(), stat);
      }
    }
    Map<Long, ServiceReading> readings = new LinkedHashMap<>();
    members.forEach((root, of) -> readings.put(root, reading(of)));
    return readings;
  }

  private Set<Long> living() {
    Set<Long> living = new HashSet<>();
    String[] names = new File(proc.toString()).list();
    for (String name : names == null ? new String[0] : names) {
      if (name.charAt(0) >= '1' && name.charAt(0) <= '9') {
        living.add(Long.parseLong(name));
      }
    }
    return living;
  }

  /** A child may be listed before its parent, so members are looked for until there is no new. */
  private void classify(Collection<Stat> stats) {
    boolean found = true;
    while (found) {
      found = false;
      for (Stat stat : stats) {
        Long root = rootOf.containsKey(stat.pid()) ? null : root(stat);
        if (root != null) {
          rootOf.put(stat.pid(), root);
          found = true;
        }
      }
    }
    for (Stat stat : stats) {
      if (!rootOf.containsKey(stat.pid())) {
        strangers.add(stat.pid());
      }
    }
  }

  private @Nullable Long root(Stat stat) {
    if (roots.contains(stat.pid())) {
      return stat.pid();
    }
    return roots.contains(stat.session())
        ? Long.valueOf(stat.session())
        : rootOf.get(stat.parent());
  }

  private @Nullable Stat stat(long pid) {
    String text = text(pid, "stat");
    int name = text.lastIndexOf(')');
    if (name < 0) {
      return null;
    }
    // From state, the third field, on; the name before it may hold anything.
    String[] fields = text.substring(name + 2).split(" ");
    if (fields.length < 15 || fields[0].equals("Z")) {
      return null;
    }
    long ticks = 0;
    for (int field = 11; field <= 14; field++) {
      // utime and stime, and the same of children that have ended: whatever a tree used stays in
      // the sum of its members when one of them goes
      ticks += Long.parseLong(fields[field]);
    }
    return new Stat(pid, Long.parseLong(fields[1]), Long.parseLong(fields[3]), ticks);
  }

  private ServiceReading reading(List<Stat> members) {
    long ticks = 0;
    long own = 0;
    long shared = 0;
    long peak = 0;
    long threads = 0;
    long files = 0;
    for (Stat member : members) {
      ticks += member.ticks();
      Map<String, Long> status = status(member.pid());
      own += status.getOrDefault("RssAnon", 0L);
      shared =
          Math.max(
              shared, status.getOrDefault("RssFile", 0L) + status.getOrDefault("RssShmem", 0L));
      peak = Math.max(peak, status.getOrDefault("VmHWM", 0L));
      threads += status.getOrDefault("Threads", 0L);
      files += files(member.pid());
    }
    return new ServiceReading(
        members.stream().map(Stat::pid).toList(),
        ticks * NANOS_PER_TICK,
        (own + shared) * 1024,
        peak * 1024,
        threads,
        files);
  }

  private Map<String, Long> status(long pid) {
    Map<String, Long> numbers = new HashMap<>();
    for (String line : text(pid, "status").split("\n")) {
      int colon = line.indexOf(':');
      if (colon > 0
          && (line.startsWith("Rss") || line.startsWith("VmHWM") || line.startsWith("Threads"))) {
        String[] words = line.substring(colon + 1).strip().split(" ");
        numbers.put(line.substring(0, colon), Long.parseLong(words[0]));
      }
    }
    return numbers;
  }

  private long files(long pid) {
    Path folder = proc.resolve(pid + "/fd");
    try {
      long told = Files.size(folder);
      if (told > 0) {
        return told; // Linux 6.2 and later count them in the folder's size
      }
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        long count = 0;
        for (Path _ : entries) {
          count++;
        }
        return count;
      }
    } catch (IOException gone) {
      return 0;
    }
  }

  private String text(long pid, String file) {
    try {
      return new String(
          Files.readAllBytes(proc.resolve(pid + "/" + file)), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
