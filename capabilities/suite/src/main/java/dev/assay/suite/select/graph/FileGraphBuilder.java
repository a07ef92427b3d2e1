package dev.assay.suite.select.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes a graph whose parts are files: of a language in which a file says which others it uses. Not
 * thread-safe.
 */
public final class FileGraphBuilder {

  private final Map<String, Long> digests = new LinkedHashMap<>();
  private final Map<String, Set<String>> uses = new HashMap<>();
  private final Map<String, Set<String>> tests = new TreeMap<>();

  /** Adds a file by its path below the project. */
  public void addFile(String path, long digest) {
    digests.put(path, digest);
  }

  /** Says that a file uses another; both are added, now or later. */
  public void addUse(String user, String used) {
    uses.computeIfAbsent(user, _ -> new LinkedHashSet<>()).add(used);
  }

  /** Says that a file holds tests. */
  public void addTest(String path) {
    tests.put(path, Set.of(CodeGraph.RESOURCE + path));
  }

  /** The graph of all that was added. */
  public CodeGraph build() {
    List<String> names = new ArrayList<>();
    Map<String, Integer> ids = new HashMap<>();
    digests
        .keySet()
        .forEach(path -> {
          ids.put(CodeGraph.RESOURCE + path, names.size());
          names.add(CodeGraph.RESOURCE + path);
        });
    long[] values = digests.values().stream().mapToLong(Long::longValue).toArray();
    int[][] edges = new int[names.size()][];
    int part = 0;
    for (String path : digests.keySet()) {
      edges[part++] =
          uses.getOrDefault(path, Set.of()).stream()
              .filter(digests::containsKey)
              .mapToInt(used -> ids.getOrDefault(CodeGraph.RESOURCE + used, 0))
              .toArray();
    }
    return new CodeGraph(
        List.copyOf(names), Map.copyOf(ids), values, edges, tests, Map.of(), Map.of());
  }
}
