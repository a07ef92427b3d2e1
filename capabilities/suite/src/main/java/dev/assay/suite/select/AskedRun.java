package dev.assay.suite.select;

import dev.assay.suite.cache.Memory;
import dev.assay.suite.select.graph.ClassFactsCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The selection of a Maven build that compiles and tests in one pass: made when the build asks,
 * module by module, just before its tests start. Thread-safe.
 *
 * <p>A test of one module is left out of another's list too, so that modules that are built at the
 * same time can share a list; a test that is to run in one module is left out of none.
 */
public final class AskedRun implements AutoCloseable {

  private final Path folder;
  private final Path kept;
  private final Map<String, Long> around;
  private final double share;
  private final long seed;
  private final Memory memory;
  private final ClassFactsCache facts = new ClassFactsCache();
  private final Tracing tracing;
  private final boolean ownExcludes;
  private final Path list;
  private final BuildQuestions questions;
  private final Thread ahead;
  private final Map<String, Decision> decisions = new TreeMap<>();
  private final Set<String> changed = new TreeSet<>();
  private @Nullable Project last;

  private AskedRun(
      Path folder, Path kept, Map<String, Long> around, double share, long seed, Path scratch)
      throws IOException {
    this.folder = folder;
    this.kept = kept;
    this.around = around;
    this.share = share;
    this.seed = seed;
    this.memory = Memory.read(kept.resolve(SelectedRun.MEMORY));
    this.ownExcludes = SelectedRun.excludesOfItsOwn(folder);
    this.tracing = Tracing.prepare(scratch, Set.of());
    this.list = scratch.resolve("excluded-tests.txt");
    Path nothing = scratch.resolve("excluded-nothing.txt");
    SelectedRun.writeExcluded(list, List.of(), ownExcludes);
    SelectedRun.writeExcluded(nothing, List.of(), ownExcludes);
    this.questions = BuildQuestions.open(scratch, list, nothing, this::answer);
    this.ahead = Thread.ofPlatform().daemon().name("suite-selection").start(this::readAhead);
  }

  /**
   * Begins to listen to a build that is to be started with {@link #words}.
   *
   * @param folder of the project, compiled or not
   * @param kept the folder of what is remembered, which need not be there yet
   * @param around what {@link Surroundings#read} says
   * @param share of the tests that need not run which run anyway, 0 to 1
   * @param seed of the draw of those
   * @param scratch empty, and there until the build has ended
   */
  public static AskedRun open(
      Path folder, Path kept, Map<String, Long> around, double share, long seed, Path scratch)
      throws IOException {
    return new AskedRun(folder, kept, around, share, seed, scratch);
  }

  /** Words for Maven: that it asks, and where the answer is. */
  public List<String> words() {
    String path = list.toAbsolutePath().toString();
    return List.of(
        questions.word(), "-Dsurefire.excludesFile=" + path, "-Dfailsafe.excludesFile=" + path);
  }

  /** Sees what its tests execute. */
  public Tracing tracing() {
    return tracing;
  }

  /** Most classes will be the same after compiling: they are read while Maven starts. */
  private void readAhead() {
    try {
      JvmProject project = JvmProject.read(folder, List.of(), facts);
      new Selector(project, around, memory).sinceLastPass(0, seed);
      synchronized (this) {
        if (last == null) {
          tracing.watch(project.graph().packages());
        }
      }
    } catch (IOException changing) {
      // it is read again when the build asks
    }
  }

  private synchronized void answer(BuildQuestions.Question question) throws IOException {
    JvmProject project = JvmProject.read(folder.toRealPath(), real(question.apart()), facts);
    Selection selection = new Selector(project, around, memory).sinceLastPass(share, seed);
    changed.addAll(selection.changed());
    for (Decision decision : selection.decisions()) {
      String file = decision.test().replace('.', '/') + ".class";
      if (Files.isRegularFile(question.tests().resolve(file))) {
        decisions.merge(decision.test(), decision, (before, now) -> before.runs() ? before : now);
      }
    }
    last = project;
    tracing.watch(project.graph().packages());
    Path draft = list.resolveSibling("excluded-draft.txt");
    SelectedRun.writeExcluded(
        draft, decisions.values().stream().filter(each -> !each.runs()).toList(), ownExcludes);
    Files.move(draft, list, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<Path> real(List<Path> folders) throws IOException {
    List<Path> real = new ArrayList<>();
    for (Path each : folders) {
      real.add(each.toRealPath());
    }
    return real;
  }

  /** Whether the build asked, up to now. */
  public synchronized boolean asked() {
    return last != null;
  }

  /** Ends the listening, and says what was decided; where nothing was asked, everything ran. */
  public SelectedRun end() throws IOException {
    close();
    synchronized (this) {
      Project project = last;
      if (project != null) {
        Selection selection =
            new Selection(
                List.copyOf(decisions.values()),
                List.copyOf(changed),
                project.notes(),
                memory.sampled(),
                memory.missed());
        return new SelectedRun(folder, kept, around, memory, project, selection);
      }
      Project unasked = JvmProject.read(folder, List.of(), facts);
      List<Decision> all =
          unasked.graph().tests().stream()
              .map(test ->
                  new Decision(
                      test,
                      Decision.Kind.EVERYTHING,
                      "Maven did not ask what it may leave out, so everything ran"))
              .toList();
      return new SelectedRun(
          folder,
          kept,
          around,
          memory,
          unasked,
          new Selection(all, List.of(), unasked.notes(), memory.sampled(), memory.missed()));
    }
  }

  @Override
  public void close() throws IOException {
    questions.close();
    boolean interrupted = false;
    while (ahead.isAlive()) {
      try {
        ahead.join();
      } catch (InterruptedException stop) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
