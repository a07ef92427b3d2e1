package dev.assay.core.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks for circles in "needs". */
final class Graph {

  private final Map<String, List<String>> needs;
  private final Set<String> finished = new HashSet<>();
  private final List<String> path = new ArrayList<>();

  private Graph(Map<String, List<String>> needs) {
    this.needs = needs;
  }

  /** A circle as names in order, the first again at the end; empty where there is none. */
  static Optional<List<String>> circle(Map<String, List<String>> needs) {
    Graph graph = new Graph(needs);
    for (String name : needs.keySet()) {
      Optional<List<String>> circle = graph.visit(name);
      if (circle.isPresent()) {
        return circle;
      }
    }
    return Optional.empty();
  }

  private Optional<List<String>> visit(String name) {
    if (finished.contains(name)) {
      return Optional.empty();
    }
    int seen = path.indexOf(name);
    if (seen >= 0) {
      List<String> circle = new ArrayList<>(path.subList(seen, path.size()));
      circle.add(name);
      return Optional.of(circle);
    }
    path.add(name);
    for (String needed : needs.getOrDefault(name, List.of())) {
      Optional<List<String>> circle = visit(needed);
      if (circle.isPresent()) {
        return circle;
      }
    }
    path.removeLast();
    finished.add(name);
    return Optional.empty();
  }
}
