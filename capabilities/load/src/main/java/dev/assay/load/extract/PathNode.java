package dev.assay.load.extract;

import dev.assay.load.extract.PathStep.Any;
import dev.assay.load.extract.PathStep.Element;
import dev.assay.load.extract.PathStep.Member;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A place in a document at which at least one path has something to look for: a state of the
 * deterministic automaton of all the paths (subset construction, since {@code [*]} and {@code [0]}
 * may both lead on from one array). Where no node leads, nothing is asked for. Immutable once it is
 * compiled.
 */
final class PathNode {

  /** More nodes than this are no paths that a person wrote. */
  private static final int MOST_NODES = 20_000;

  /** The most names of one node that a set of seen ones fits a long for. */
  private static final int MOST_COUNTED = 63;

  private byte[][] names = {};
  private @Nullable PathNode[] named = {};
  private @Nullable PathNode otherMember;
  private int[] indexes = {};
  private @Nullable PathNode[] indexed = {};
  private int highestIndex = -1;
  private @Nullable PathNode otherElement;
  private int[] values = {};
  private int[] lengths = {};

  private PathNode() {}

  /**
   * Where a path is.
   *
   * @param path the number of the path
   * @param step how many of its steps were taken
   */
  private record Position(int path, int step) {}

  /**
   * Compiles paths.
   *
   * @param paths by the number of their probe
   * @return the node of the whole document
   */
  static PathNode compile(Map<Integer, PathSyntax.Parsed> paths) {
    List<Position> start = new ArrayList<>();
    new TreeMap<>(paths).forEach((path, parsed) -> start.add(new Position(path, 0)));
    return compile(start, paths, new HashMap<>());
  }

  private static PathNode compile(
      List<Position> positions,
      Map<Integer, PathSyntax.Parsed> paths,
      Map<List<Position>, PathNode> known) {
    PathNode there = known.get(positions);
    if (there != null) {
      return there;
    }
    PathNode node = new PathNode();
    known.put(positions, node);
    if (known.size() > MOST_NODES) {
      throw new IllegalArgumentException(
          "these JSON paths together have more than "
              + MOST_NODES
              + " places to look at; use fewer paths with [*]");
    }
    Map<String, List<Position>> members = new LinkedHashMap<>();
    Map<Integer, List<Position>> elements = new TreeMap<>();
    List<Position> any = new ArrayList<>();
    List<Integer> values = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    for (Position position : positions) {
      PathSyntax.Parsed parsed = paths.get(position.path());
      if (parsed == null) {
        continue;
      }
      if (position.step() == parsed.steps().size()) {
        (parsed.length() ? lengths : values).add(position.path());
        continue;
      }
      switch (parsed.steps().get(position.step())) {
        case Member(String name) -> members.computeIfAbsent(name, n -> new ArrayList<>());
        case Element(int index) -> elements.computeIfAbsent(index, n -> new ArrayList<>());
        case Any() -> any.add(new Position(position.path(), position.step() + 1));
      }
    }
    members.forEach((name, next) -> next.addAll(after(positions, paths, new Member(name))));
    elements.forEach((index, next) -> next.addAll(after(positions, paths, new Element(index))));
    node.values = ints(values);
    node.lengths = ints(lengths);
    PathNode otherwise = any.isEmpty() ? null : compile(any, paths, known);
    node.otherMember = otherwise;
    node.otherElement = otherwise;
    node.names = new byte[members.size()][];
    node.named = new PathNode[members.size()];
    int i = 0;
    for (Map.Entry<String, List<Position>> member : members.entrySet()) {
      node.names[i] = member.getKey().getBytes(StandardCharsets.UTF_8);
      node.named[i++] = compile(member.getValue(), paths, known);
    }
    node.indexes = ints(new ArrayList<>(elements.keySet()));
    node.indexed = new PathNode[elements.size()];
    i = 0;
    for (Map.Entry<Integer, List<Position>> element : elements.entrySet()) {
      node.highestIndex = Math.max(node.highestIndex, element.getKey());
      node.indexed[i++] = compile(element.getValue(), paths, known);
    }
    return node;
  }

  private static List<Position> after(
      List<Position> positions, Map<Integer, PathSyntax.Parsed> paths, PathStep taken) {
    List<Position> next = new ArrayList<>();
    for (Position position : positions) {
      PathSyntax.Parsed parsed = paths.get(position.path());
      if (parsed != null && position.step() < parsed.steps().size()) {
        PathStep step = parsed.steps().get(position.step());
        if (step.equals(taken) || step instanceof Any) {
          next.add(new Position(position.path(), position.step() + 1));
        }
      }
    }
    return next;
  }

  private static int[] ints(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The probes whose value this is. */
  int[] values() {
    return values;
  }

  /** The probes that ask how many members or elements this has. */
  int[] lengths() {
    return lengths;
  }

  /** Whether anything is asked for inside an object here. */
  boolean intoObjects() {
    return names.length > 0 || otherMember != null || lengths.length > 0;
  }

  /** Whether anything is asked for inside an array here. */
  boolean intoArrays() {
    return indexes.length > 0 || otherElement != null || lengths.length > 0;
  }

  /** The number of a member's name among those asked for, or -1. */
  int name(byte[] bytes, int from, int to) {
    int many = to - from;
    for (int i = 0; i < names.length; i++) {
      if (names[i].length == many && same(names[i], bytes, from)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean same(byte[] name, byte[] bytes, int from) {
    for (int i = 0; i < name.length; i++) {
      if (name[i] != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** What is asked of a member, by the answer of {@link #name}. */
  @Nullable PathNode member(int name) {
    return name < 0 ? otherMember : named[name];
  }

  /** What is asked of an element. */
  @Nullable PathNode element(int index) {
    if (index <= highestIndex) {
      for (int i = 0; i < indexes.length; i++) {
        if (indexes[i] == index) {
          return indexed[i];
        }
      }
    }
    return otherElement;
  }

  /** Whether members after those in a set of numbers of names are of no interest. */
  boolean enoughMembers(long seen) {
    return otherMember == null
        && lengths.length == 0
        && names.length <= MOST_COUNTED
        && seen == (1L << names.length) - 1;
  }

  /** Whether elements after that of an index are of no interest. */
  boolean enoughElements(int index) {
    return otherElement == null && lengths.length == 0 && index >= highestIndex;
  }

  /** The bit of a name in the set for {@link #enoughMembers}. */
  static long bit(int name) {
    return name < 0 || name >= MOST_COUNTED ? 0 : 1L << name;
  }
}
