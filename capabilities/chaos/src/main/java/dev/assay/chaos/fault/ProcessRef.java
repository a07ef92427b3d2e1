package dev.assay.chaos.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process that cannot be taken for another one which was given its id later. Immutable.
 *
 * @param pid its id
 * @param start when it started, in clock ticks since the machine did (proc(5), field 22)
 */
record ProcessRef(long pid, long start) {

  private static final Path PROC = Path.of("/proc");

  /**
   * What {@code /proc/PID/stat} says.
   *
   * @param state a letter: R, S, D, Z, T
   * @param parent the id of the parent
   * @param ticks processor time used, in clock ticks
   * @param start when it started
   */
  record Stat(char state, long parent, long ticks, long start) {
    boolean stopped() {
      return state == 'T' || state == 't';
    }

    boolean dead() {
      return state == 'Z' || state == 'X';
    }
  }

  /** The process that has that id now; empty where there is none, or it is a zombie. */
  static Optional<ProcessRef> of(long pid) {
    return stat(pid).filter(stat -> !stat.dead()).map(stat -> new ProcessRef(pid, stat.start()));
  }

  /** Those that live, of those ids. */
  static List<ProcessRef> living(Collection<Long> pids) {
    return pids.stream().flatMap(pid -> of(pid).stream()).toList();
  }

  /** What it does now; empty where it has ended. */
  Optional<Stat> stat() {
    return stat(pid).filter(stat -> stat.start() == start && !stat.dead());
  }

  boolean lives() {
    return stat().isPresent();
  }

  private static Optional<Stat> stat(long pid) {
    try {
      String line =
          Files.readString(
              PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      return Optional.of(
          new Stat(
              fields[0].charAt(0),
              Long.parseLong(fields[1]),
              Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
              Long.parseLong(fields[19])));
    } catch (IOException | RuntimeException gone) {
      return Optional.empty();
    }
  }

  /** Those processes, and all that descend from them, as far as they live. */
  static Set<ProcessRef> withDescendants(Collection<ProcessRef> roots) {
    Set<ProcessRef> found = new LinkedHashSet<>();
    roots.stream().filter(ProcessRef::lives).forEach(found::add);
    Set<Long> pids = found.stream().map(ProcessRef::pid).collect(Collectors.toSet());
    if (pids.isEmpty()) {
      return found;
    }
    List<Long> all = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      folders.forEach(folder -> all.add(Long.parseLong(folder.getFileName().toString())));
    } catch (IOException noProc) {
      return found;
    }
    boolean grew = true;
    while (grew) {
      grew = false;
      for (long pid : all) {
        Optional<Stat> stat = pids.contains(pid) ? Optional.empty() : stat(pid);
        if (stat.isPresent() && !stat.get().dead() && pids.contains(stat.get().parent())) {
          pids.add(pid);
          found.add(new ProcessRef(pid, stat.get().start()));
          grew = true;
        }
      }
    }
    return found;
  }

  /** Writes processes for the journal. */
  static String text(Collection<ProcessRef> processes) {
    return processes.stream().map(ProcessRef::toString).collect(Collectors.joining(" "));
  }

  /** Reads what {@link #text(Collection)} wrote. */
  static List<ProcessRef> parse(String text) {
    return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).map(ProcessRef::one).toList();
  }

  private static ProcessRef one(String word) {
    int colon = word.indexOf(':');
    return new ProcessRef(
        Long.parseLong(word.substring(0, colon)), Long.parseLong(word.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return pid + ":" + start;
  }
}
