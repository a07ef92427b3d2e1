package dev.assay.load.extract;

import dev.assay.api.value.Comparison;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a body, compiled so that one pass over its bytes answers all of it. Immutable,
 * thread-safe.
 */
public final class BodyPlan {

  private static final BodyPlan NOTHING = new BodyPlan(List.of(), Map.of());

  private final List<Probe> probes;
  private final Map<Integer, PathSyntax.Parsed> paths;
  private final @Nullable PathNode root;

  private BodyPlan(List<Probe> probes, Map<Integer, PathSyntax.Parsed> paths) {
    this.probes = probes;
    this.paths = paths;
    this.root = paths.isEmpty() ? null : PathNode.compile(paths);
  }

  /** A plan that asks nothing. */
  public static BodyPlan nothing() {
    return NOTHING;
  }

  /**
   * Compiles probes. JSON paths may have the steps {@code .name}, {@code ['name']}, {@code [n]}
   * with n from 0, {@code [*]} (every element of an array or member of an object), and {@code
   * .length()} at the end (of an array or object).
   *
   * @param probes their numbers are their places in this list
   * @throws IllegalArgumentException with a sentence for people, if a path is no such path, or a
   *     comparison still has open places
   */
  public static BodyPlan of(List<Probe> probes) {
    if (probes.isEmpty()) {
      return NOTHING;
    }
    Map<Integer, PathSyntax.Parsed> paths = new TreeMap<>();
    for (int i = 0; i < probes.size(); i++) {
      switch (probes.get(i)) {
        case Probe.JsonPath(String path) -> paths.put(i, PathSyntax.parse(path));
        case Probe.JsonTest(String path, Comparison comparison) -> {
          closed(comparison);
          paths.put(i, PathSyntax.parse(path));
        }
        case Probe.TextTest(Comparison comparison) -> closed(comparison);
        case Probe.Contains(String text) -> {
          if (text.isEmpty()) {
            throw new IllegalArgumentException("every body contains the empty text");
          }
        }
        case Probe.Regex ignored -> {}
      }
    }
    return new BodyPlan(List.copyOf(probes), paths);
  }

  private static void closed(Comparison comparison) {
    if (comparison.open()) {
      throw new IllegalArgumentException("'" + comparison + "' still has values to fill in");
    }
  }

  /** What is asked, in the order given. */
  public List<Probe> probes() {
    return probes;
  }

  /** Whether nothing is asked, so that no body need be read. */
  public boolean empty() {
    return probes.isEmpty();
  }

  /** A reader for one connection or stream. */
  public BodyReader reader() {
    return new BodyReader(this);
  }

  /** The automaton of the JSON paths, or null where there is none. */
  @Nullable PathNode root() {
    return root;
  }

  /** Whether a probe's path finds at most one value. */
  boolean definite(int probe) {
    PathSyntax.Parsed parsed = paths.get(probe);
    return parsed == null || parsed.definite();
  }
}
