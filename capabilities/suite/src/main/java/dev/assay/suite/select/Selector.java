package dev.assay.suite.select;

import dev.assay.suite.cache.Generation;
import dev.assay.suite.cache.Memory;
import dev.assay.suite.cache.TestRecord;
import dev.assay.suite.select.graph.CodeGraph;
import dev.assay.suite.select.graph.Digester;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides on each test of a project. Not thread-safe.
 *
 * <p>A test need not run where the digest of everything it may depend on is that of a run in which
 * it passed (the idea of Ekstazi, Gligoric, Eloussi and Marinov, 2015, on the static graph of
 * methods rather than on files).
 */
public final class Selector {

  /** So many passes in a row make a test that failed one like all others. */
  private static final int RECENT = 3;

  private static final int MOST_NAMED = 3;

  private final CodeGraph graph;
  private final Map<String, Long> inputs;
  private final Optional<String> stale;
  private final List<String> notes;
  private final Memory memory;
  private final long inputsDigest;
  private final Map<Integer, BitSet> differing = new HashMap<>();

  /**
   * Looks at a project.
   *
   * @param around what around the project every test depends on, by name
   */
  public Selector(Project project, Map<String, Long> around, Memory memory) {
    this.graph = project.graph();
    Map<String, Long> all = new TreeMap<>(project.inputs());
    all.putAll(around);
    this.inputs = all;
    this.stale = project.stale();
    this.notes = project.notes();
    this.memory = memory;
    Digester digester = new Digester();
    all.forEach((name, digest) -> digester.add(name).add(digest));
    this.inputsDigest = digester.value();
  }

  /** What the inputs of a test come to: code, resources, build files, Java, flags, variables. */
  public long key(String test, Set<String> more) {
    return new Digester().add(inputsDigest).add(graph.digest(graph.closure(test, more))).value();
  }

  /**
   * Selects by what each test last passed with.
   *
   * @param share of the tests that need not run which run anyway, 0 to 1
   * @param seed of the draw of those
   */
  public Selection sinceLastPass(double share, long seed) {
    List<Decision> decisions = new ArrayList<>();
    if (stale.isPresent()) {
      return everything(stale.get() + ", so everything runs until it is compiled");
    }
    TreeSet<String> changed = new TreeSet<>();
    for (String test : graph.tests()) {
      decisions.add(decide(test, changed));
    }
    return selection(sample(decisions, share, seed), List.copyOf(changed));
  }

  /** Selects by what has changed since a commit. */
  Selection since(Change change) {
    if (stale.isPresent()) {
      return everything(stale.get() + ", so everything runs until it is compiled");
    }
    if (change.unknown().isPresent()) {
      return everything(change.unknown().get() + " changed, so everything runs");
    }
    List<Decision> decisions = new ArrayList<>();
    for (String test : graph.tests()) {
      Optional<TestRecord> record = memory.test(test);
      Optional<Decision> history = record.flatMap(known -> history(test, known));
      if (history.isPresent()) {
        decisions.add(history.get());
        continue;
      }
      BitSet hit = graph.closure(test, record.map(TestRecord::more).orElse(Set.of()));
      hit.and(change.parts());
      decisions.add(
          hit.isEmpty()
              ? new Decision(
                  test,
                  Decision.Kind.UNAFFECTED,
                  "nothing it depends on has changed since " + change.since())
              : new Decision(test, Decision.Kind.AFFECTED, named(hit) + " changed"));
    }
    return selection(decisions, change.names());
  }

  private Selection everything(String why) {
    List<Decision> all =
        graph.tests().stream()
            .map(test -> new Decision(test, Decision.Kind.EVERYTHING, why))
            .toList();
    return selection(all, List.of());
  }

  private Selection selection(List<Decision> decisions, List<String> changed) {
    return new Selection(decisions, changed, notes, memory.sampled(), memory.missed());
  }

  // ---- one test

  private Optional<Decision> history(String test, TestRecord record) {
    if (!record.passed()) {
      return Optional.of(
          new Decision(test, Decision.Kind.FAILED, "it failed in run " + record.run()));
    }
    if (record.sinceFailure() >= 0 && record.sinceFailure() < RECENT) {
      return Optional.of(
          new Decision(
              test,
              Decision.Kind.FAILED,
              "it failed not long ago and passed only " + record.sinceFailure() + " times since"));
    }
    return Optional.empty();
  }

  private Decision decide(String test, Set<String> changed) {
    Optional<TestRecord> known = memory.test(test);
    if (known.isEmpty()) {
      return new Decision(test, Decision.Kind.NEW, "it never ran here before");
    }
    TestRecord record = known.get();
    Optional<Decision> history = history(test, record);
    if (history.isPresent()) {
      return history.get();
    }
    if (key(test, record.more()) == record.key()) {
      return new Decision(
          test, Decision.Kind.SAME_INPUTS, "not run, same inputs as run " + record.run());
    }
    return changed(test, record, changed);
  }

  /** Names what is not as it was when the test passed. */
  private Decision changed(String test, TestRecord record, Set<String> changed) {
    Optional<Generation> before = memory.generation(record.generation());
    if (before.isEmpty()) {
      return new Decision(
          test, Decision.Kind.AFFECTED, "its inputs are not those of run " + record.run());
    }
    List<String> around = around(before.get());
    if (!around.isEmpty()) {
      changed.addAll(around);
      return new Decision(
          test, Decision.Kind.EVERYTHING, listed(around) + " changed, so everything runs");
    }
    BitSet hit = graph.closure(test, record.more());
    // many tests last ran in one run
    hit.and(differing.computeIfAbsent(record.generation(), _ -> differing(before.get())));
    hit.stream().forEach(part -> changed.add(CodeGraph.readable(graph.name(part))));
    String what = hit.isEmpty() ? "something it depended on is gone" : named(hit) + " changed";
    return new Decision(test, Decision.Kind.AFFECTED, what);
  }

  /** The parts that are new or not as they were. */
  BitSet differing(Generation before) {
    BitSet differing = new BitSet(graph.size());
    Digester digester = new Digester();
    for (int part = 0; part < graph.size(); part++) {
      long name = digester.add(graph.name(part)).value();
      if (!Objects.equals(before.content(name), graph.digest(part))) {
        differing.set(part);
      }
    }
    return differing;
  }

  /** The inputs of all tests that are not as they were. */
  List<String> around(Generation before) {
    List<String> differing = new ArrayList<>();
    Set<String> names = new TreeSet<>(before.inputs().keySet());
    names.addAll(inputs.keySet());
    for (String name : names) {
      if (!Objects.equals(before.inputs().get(name), inputs.get(name))) {
        differing.add(name);
      }
    }
    return differing;
  }

  List<String> names(BitSet parts) {
    TreeSet<String> names = new TreeSet<>();
    parts.stream().forEach(part -> names.add(CodeGraph.readable(graph.name(part))));
    return List.copyOf(names);
  }

  private String named(BitSet parts) {
    return listed(names(parts));
  }

  private static String listed(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
    int more = names.size() - MOST_NAMED;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  // ---- samples

  /** A share of those that need not run, drawn by the seed, runs all the same. */
  private static List<Decision> sample(List<Decision> decisions, double share, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Decision> sampled = new ArrayList<>();
    for (Decision decision : decisions) {
      // drawn for each test, so that one more test changes nothing for the others before it
      boolean drawn = random.nextDouble() < share;
      sampled.add(
          drawn && !decision.runs()
              ? new Decision(
                  decision.test(),
                  Decision.Kind.SAMPLE,
                  "a sample of those that need not run: " + decision.reason())
              : decision);
    }
    return sampled;
  }

  // ---- what is kept

  /** This state, for later runs to be compared with. */
  Generation generation(int number, Optional<String> commit) {
    Map<Long, Long> parts = new HashMap<>();
    Digester digester = new Digester();
    for (int part = 0; part < graph.size(); part++) {
      parts.put(digester.add(graph.name(part)).value(), graph.digest(part));
    }
    return new Generation(number, commit.orElse(null), inputs, Generation.pack(parts));
  }

  /** Explains how a test depends on what has changed, or why it need not run. */
  List<String> why(String test, Selection selection) {
    List<String> lines = new ArrayList<>();
    Optional<Decision> decision =
        selection.decisions().stream().filter(each -> each.test().equals(test)).findFirst();
    if (decision.isEmpty()) {
      return lines;
    }
    lines.add((decision.get().runs() ? "runs: " : "does not run: ") + decision.get().reason());
    TestRecord record = memory.test(test).orElse(null);
    Set<String> more = record == null ? Set.of() : record.more();
    BitSet closure = graph.closure(test, more);
    lines.add(
        "depends on "
            + closure.cardinality()
            + " parts of "
            + types(closure)
            + " classes"
            + (more.isEmpty() ? "" : ", of which it was only seen to use " + more));
    if (record == null) {
      return lines;
    }
    Optional<Generation> before = memory.generation(record.generation());
    if (before.isPresent()) {
      around(before.get()).forEach(each -> lines.add("changed for all tests: " + each));
      BitSet hit = closure;
      hit.and(differing(before.get()));
      hit.stream()
          .limit(5)
          .forEach(part -> {
            lines.add("changed: " + CodeGraph.readable(graph.name(part)) + ", reached by");
            graph
                .path(test, more, part)
                .forEach(step -> lines.add("  " + CodeGraph.readable(step)));
          });
    }
    return lines;
  }

  private long types(BitSet closure) {
    return closure.stream().mapToObj(graph::classOf).distinct().count();
  }
}
