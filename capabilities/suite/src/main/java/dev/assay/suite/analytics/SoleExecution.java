package dev.assay.suite.analytics;

import dev.assay.api.json.Json;
import dev.assay.suite.cache.Executed;
import dev.assay.suite.cache.Memory;
import dev.assay.suite.select.SelectedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which classes only one test class executes, by what a check with {@code select: affected} saw its
 * tests execute. Immutable.
 *
 * @param check the check
 * @param traced how many test classes were seen
 * @param all how many test classes there are; the others may execute the same
 * @param tests those that execute a class alone, the most first
 */
public record SoleExecution(String check, int traced, int all, List<Sole> tests) {

  /** Copies the list. */
  public SoleExecution {
    tests = List.copyOf(tests);
  }

  /**
   * A test class.
   *
   * @param test its name
   * @param alone the classes that no other one executes, with dots
   * @param executes how many classes it executes
   */
  public record Sole(String test, List<String> alone, int executes) {
    /** Copies the list. */
    public Sole {
      alone = List.copyOf(alone);
    }

    Json json() {
      return Json.object()
          .put("test", test)
          .put("executes", executes)
          .put("alone", Json.array(alone.stream().map(Json::of).toList()))
          .build();
    }
  }

  /**
   * Reads what a check remembers; empty where it never saw what its tests execute.
   *
   * @param assayFolder the workspace's folder of Assay's own files
   */
  public static Optional<SoleExecution> of(Path assayFolder, String check) {
    try {
      Path kept = SelectedRun.memoryOf(assayFolder, check);
      Set<String> known = Memory.read(kept.resolve(SelectedRun.MEMORY)).tests();
      Map<String, Set<String>> seen = new TreeMap<>(new Executed(kept.resolve("executed")).all());
      seen.keySet().retainAll(known);
      return seen.isEmpty() ? Optional.empty() : Optional.of(of(check, seen, known.size()));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  static SoleExecution of(String check, Map<String, Set<String>> seen, int all) {
    Map<String, Integer> counts = new TreeMap<>();
    seen.values().forEach(some -> some.forEach(name -> counts.merge(name, 1, Integer::sum)));
    List<Sole> tests = new ArrayList<>();
    seen.forEach((test, some) -> {
      List<String> alone =
          new TreeSet<>(some)
              .stream()
                  .filter(name -> counts.getOrDefault(name, 0) == 1)
                  .map(name -> name.replace('/', '.'))
                  .filter(name -> !name.equals(test) && !name.startsWith(test + "$"))
                  .toList();
      if (!alone.isEmpty()) {
        tests.add(new Sole(test, alone, some.size()));
      }
    });
    tests.sort(
        Comparator.comparingInt((Sole one) -> -one.alone().size()).thenComparing(Sole::test));
    return new SoleExecution(check, seen.size(), all, tests);
  }

  /** A table for people. */
  public AnalyticsForms.Table table(int most) {
    return new AnalyticsForms.Table(
        "What only one test class executes, of " + check,
        traced
            + " of "
            + all
            + " test classes were seen when they last ran"
            + (traced < all ? "; the others may execute the same." : "."),
        List.of("test class", "classes alone", "such as", "executes"),
        tests.stream()
            .limit(most)
            .map(one ->
                List.of(
                    one.test(),
                    Integer.toString(one.alone().size()),
                    one.alone().getFirst(),
                    Integer.toString(one.executes())))
            .toList());
  }

  /** Everything, for programs. */
  public Json.Obj json() {
    return Json.object()
        .put("check", check)
        .put("traced", traced)
        .put("test_classes", all)
        .put("tests", Json.array(tests.stream().map(Sole::json).toList()))
        .build();
  }
}
