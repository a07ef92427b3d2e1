package dev.assay.core.run;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.Processes;
import dev.assay.api.spi.UndoJournal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Starts children in a session of their own (so that Ctrl-C in a terminal reaches Assay alone,
 * which then ends them in order), each in the undo journal before it starts. Thread-safe.
 */
public final class ProcessLauncher implements Processes, AutoCloseable {

  private final UndoJournal journal;
  private final Clock clock;
  private final Map<String, String> inherited;
  private final @Nullable String setsid;
  private final Set<OwnedChild> children = ConcurrentHashMap.newKeySet();

  /**
   * A launcher without children.
   *
   * @param journal where each is noted before it starts
   * @param inherited the environment variables of this process
   */
  public ProcessLauncher(UndoJournal journal, Clock clock, Map<String, String> inherited) {
    this.journal = journal;
    this.clock = clock;
    this.inherited = inherited;
    this.setsid = find("setsid", inherited);
  }

  /** A launcher of the same kind that owns its children apart from these. */
  ProcessLauncher forOneCheck() {
    return new ProcessLauncher(journal, clock, inherited);
  }

  /** The path of a program on the PATH, or null. */
  static @Nullable String find(String program, Map<String, String> environment) {
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder).resolve(program);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return candidate.toString();
      }
    }
    return null;
  }

  @Override
  public Child start(Command command) {
    if (!Files.isDirectory(command.folder())) {
      throw cannotStart(
          command,
          "its folder '" + command.folder() + "' is missing",
          "create it, or correct `folder`");
    }
    UndoJournal.Entry entry =
        journal.before(
            "process", Map.of("command", String.join(" ", command.words().subList(0, 1))));
    ProcessBuilder builder = new ProcessBuilder(words(command));
    builder.directory(command.folder().toFile());
    builder.redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(command.output().toFile()));
    builder.environment().putAll(command.environment());
    String outer = inherited.get(ProcessTree.MARK);
    builder
        .environment()
        .put(ProcessTree.MARK, outer == null ? entry.id() : outer + "/" + entry.id());
    try {
      OwnedChild child = new OwnedChild(builder.start(), command.grace(), entry);
      children.add(child);
      return child;
    } catch (IOException broken) {
      entry.done();
      throw cannotStart(
          command, String.valueOf(broken.getMessage()), "install it, or correct the command");
    }
  }

  private List<String> words(Command command) {
    String program = command.words().getFirst();
    Path relative = command.folder().resolve(program);
    boolean path = program.indexOf('/') >= 0;
    if (path && !Files.isRegularFile(relative)) {
      throw cannotStart(
          command, "there is no file '" + program + "'", "create it, or correct the path");
    }
    if (path && !Files.isExecutable(relative)) {
      throw cannotStart(
          command, "'" + program + "' is not executable", "make it executable with `chmod +x`");
    }
    if (!path && find(program, inherited) == null) {
      throw cannotStart(
          command,
          "there is no program '" + program + "' on the PATH",
          "install it, or correct the command");
    }
    List<String> words = new ArrayList<>();
    if (setsid != null) {
      words.add(setsid);
    }
    words.add(path ? relative.toAbsolutePath().toString() : program);
    words.addAll(command.words().subList(1, command.words().size()));
    return words;
  }

  private static ProblemException cannotStart(Command command, String why, String mend) {
    String program = command.words().getFirst();
    return RunProblems.CANNOT_START.failure(
        Where.named("command '" + program + "'"),
        "'" + program + "' cannot be started: " + why,
        mend);
  }

  /** Ends every child that still runs, all at once. */
  @Override
  public void close() {
    children.parallelStream().forEach(OwnedChild::stop);
  }

  private final class OwnedChild implements Child {

    private final Process process;
    private final Duration grace;
    private final UndoJournal.Entry entry;
    private final AtomicBoolean stopped = new AtomicBoolean();

    OwnedChild(Process process, Duration grace, UndoJournal.Entry entry) {
      this.process = process;
      this.grace = grace;
      this.entry = entry;
    }

    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public Set<Long> pids() {
      return new ProcessTree(process.pid(), entry.id(), clock).members();
    }

    @Override
    public OptionalInt await(Duration atMost) throws InterruptedException {
      return process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS)
          ? OptionalInt.of(process.exitValue())
          : OptionalInt.empty();
    }

    @Override
    public void stop() {
      if (!stopped.compareAndSet(false, true)) {
        return;
      }
      Set<Long> survivors = new ProcessTree(process.pid(), entry.id(), clock).end(grace);
      children.remove(this);
      if (!survivors.isEmpty()) {
        throw RunProblems.STILL_RUNNING.failure(
            Where.named("process " + process.pid()),
            "processes " + survivors + " could not be ended",
            "end them by hand, or run `assay mend`");
      }
      entry.done();
    }
  }
}
