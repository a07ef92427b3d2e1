package dev.assay.suite.select;

import dev.assay.suite.cache.Executed;
import dev.assay.suite.cache.Memory;
import dev.assay.suite.cache.TestRecord;
import dev.assay.suite.select.graph.CodeGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One run of a suite of which only the tests run that a change can break: chooses them, says how
 * the runner leaves the others out, and remembers what became of those that ran. Not thread-safe.
 *
 * <p>The others are left out by exclusion: a test that nothing is known of always runs.
 */
public final class SelectedRun {

  /** The file of what is remembered of tests, in a check's folder. */
  public static final String MEMORY = "memory.json.gz";

  private final Path folder;
  private final Path kept;
  private final Map<String, Long> around;
  private final Memory memory;
  private final Project project;
  private final Selection selection;

  SelectedRun(
      Path folder,
      Path kept,
      Map<String, Long> around,
      Memory memory,
      Project project,
      Selection selection) {
    this.folder = folder;
    this.kept = kept;
    this.around = around;
    this.memory = memory;
    this.project = project;
    this.selection = selection;
  }

  /**
   * Selects.
   *
   * @param folder of the project, compiled
   * @param kept the folder of what is remembered, which need not be there yet
   * @param around what {@link Surroundings#read} says
   * @param share of the tests that need not run which run anyway, 0 to 1
   * @param seed of the draw of those
   * @return empty where the project is of no kind that can be read
   * @throws IOException where its files cannot be read
   */
  public static Optional<SelectedRun> select(
      Path folder, Path kept, Map<String, Long> around, double share, long seed)
      throws IOException {
    Optional<Project> project = Project.read(folder);
    if (project.isEmpty()) {
      return Optional.empty();
    }
    Memory memory = Memory.read(kept.resolve(MEMORY));
    Selection selection = new Selector(project.get(), around, memory).sinceLastPass(share, seed);
    return Optional.of(new SelectedRun(folder, kept, around, memory, project.get(), selection));
  }

  /** Where a check's memory is, below the workspace's folder of its own files. */
  public static Path memoryOf(Path assayFolder, String check) {
    return assayFolder.resolve("selection").resolve(folderName(check));
  }

  static String folderName(String check) {
    return check.replaceAll("[^0-9A-Za-z._-]", "_");
  }

  /** What the project's parts are, and what each depends on. */
  public CodeGraph graph() {
    return project.graph();
  }

  /** Whether what is compiled is not what is written, so that nothing could be left out. */
  public boolean stale() {
    return project.stale().isPresent();
  }

  /** Whether what its tests execute can be seen, by the id of the tool that runs them. */
  public boolean traceable(String tool) {
    return project instanceof JvmProject || FileTracing.sees(tool);
  }

  /** The share of failures among tests that need not have run, over all runs up to now. */
  public String missRateText() {
    return new Selection(List.of(), List.of(), List.of(), memory.sampled(), memory.missed())
        .missRateText();
  }

  /** What was selected. */
  public Selection selection() {
    return selection;
  }

  /** Starts to see what tests execute that a tool runs. */
  public Tracing trace(Path scratch, String tool) throws IOException {
    return project instanceof JvmProject
        ? Tracing.prepare(scratch, project.graph().packages())
        : Tracing.ofFiles(scratch, folder, tool);
  }

  /**
   * Words for Maven that leave out what need not run; none where all runs.
   *
   * @param scratch where the list is written
   */
  public List<String> mavenWords(Path scratch) throws IOException {
    if (selection.skipped().isEmpty()) {
      return List.of();
    }
    Path list = scratch.resolve("excluded-tests.txt").toAbsolutePath();
    writeExcluded(list, selection.skipped(), excludesOfItsOwn(folder));
    return List.of("-Dsurefire.excludesFile=" + list, "-Dfailsafe.excludesFile=" + list);
  }

  /** Writes a list for Surefire of the tests that it leaves out. */
  static void writeExcluded(Path list, List<Decision> left, boolean excludesOfItsOwn)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (Decision decision : left) {
      lines.add(decision.test().replace('.', '/') + ".java");
    }
    if (!excludesOfItsOwn) {
      // Surefire's own default, which a list replaces
      lines.add("**/*$*");
    }
    Files.write(list, lines);
  }

  /** Whether a project says by itself what is left out, so that no default is to be kept. */
  static boolean excludesOfItsOwn(Path folder) throws IOException {
    for (String path : ProjectFiles.of(folder)) {
      if (path.endsWith("pom.xml")
          && ProjectFiles.text(folder.resolve(path)).contains("<excludes")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Remembers what became of the tests that ran.
   *
   * @param results whether all of a test class passed, for those of which at least one test ran
   * @param traces what they executed
   * @param run the run's name, for later reasons
   * @param at when it ended
   * @return how many of the sampled tests ran, and how many of them failed
   */
  public Sampled remember(
      Map<String, Boolean> results, Tracing.Traces traces, String run, Instant at)
      throws IOException {
    Checkout git = new Checkout(folder);
    Optional<String> head = git.head();
    Optional<String> commit = git.clean() ? head : Optional.empty();
    // a runner that compiles may have changed what was read before it
    Project now = project.changedOnDisk() ? Project.read(folder).orElse(project) : project;
    CodeGraph graph = now.graph();
    Selector selector = new Selector(now, around, memory);
    int number = memory.nextGeneration();
    memory.put(selector.generation(number, commit));
    results.forEach((test, passed) -> {
      if (graph.tests().contains(test)) {
        Set<String> more = more(graph, test, traces);
        memory.put(
            test,
            new TestRecord(
                run,
                commit.orElse(null),
                at,
                passed,
                selector.key(test, more),
                number,
                sinceFailure(test, passed),
                more));
      }
    });
    memory.keepOnly(graph.tests());
    Sampled sampled = sampled(results);
    memory.countSample(sampled.ran(), sampled.failed());
    memory.write(kept.resolve(MEMORY));
    if (!traces.executed().isEmpty()) {
      new Executed(kept.resolve("executed")).put(commit.orElse("uncommitted"), traces.executed());
    }
    return sampled;
  }

  /** How many of the sampled tests ran, and how many of them failed. */
  public record Sampled(long ran, long failed) {}

  private Sampled sampled(Map<String, Boolean> results) {
    long ran = 0;
    long failed = 0;
    for (Decision decision : selection.decisions()) {
      Boolean passed = results.get(decision.test());
      if (decision.kind() == Decision.Kind.SAMPLE && passed != null) {
        ran++;
        failed += passed ? 0 : 1;
      }
    }
    return new Sampled(ran, failed);
  }

  private int sinceFailure(String test, boolean passed) {
    if (!passed) {
      return 0;
    }
    int before = memory.test(test).map(TestRecord::sinceFailure).orElse(-1);
    return before < 0 ? -1 : before + 1;
  }

  /** What it executed that its code does not lead to; as before where it was not traced. */
  private Set<String> more(CodeGraph graph, String test, Tracing.Traces traces) {
    Set<String> seen = traces.executed().get(test);
    if (seen == null) {
      return memory.test(test).map(TestRecord::more).orElse(Set.of());
    }
    Set<String> reached =
        graph.closure(test, Set.of()).stream().mapToObj(graph::classOf).collect(Collectors.toSet());
    Set<String> more = new TreeSet<>(seen);
    more.removeAll(reached);
    return more;
  }
}
