package dev.assay.testkit;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.Processes;
import dev.assay.api.spi.UndoJournal;
import dev.assay.api.value.Template;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A context to run one check in, without a run around it. Thread-safe. */
public final class TestContext implements CheckContext {

  private static final ProblemType NO_VALUE =
      new ProblemType("ASSAY-TEST-001", ProblemKind.USER, "No value", "Only tests see this.");

  private final Map<String, String> variables = new ConcurrentHashMap<>();
  private final Map<String, String> saved = new ConcurrentHashMap<>();
  private final Map<Class<?>, Object> offers = new ConcurrentHashMap<>();
  private final List<URI> environments = new CopyOnWriteArrayList<>();
  private final List<String> progress = new CopyOnWriteArrayList<>();
  private final Path folder;
  private final Path scratch;
  private final @Nullable URI target;
  private final long seed;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final List<Runnable> onCancel = new CopyOnWriteArrayList<>();

  /** A context in those folders, with seed 42. */
  public TestContext(Path folder, Path scratch, @Nullable URI target) {
    this(folder, scratch, target, 42);
  }

  /** A context with that seed. */
  public TestContext(Path folder, Path scratch, @Nullable URI target, long seed) {
    this.folder = folder;
    this.scratch = scratch;
    this.target = target;
    this.seed = seed;
  }

  /** Gives a variable a value. */
  public TestContext with(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /** Names an environment of the workspace. */
  public TestContext environment(URI address) {
    environments.add(address);
    return this;
  }

  /** Lets the check use something. */
  public <T> TestContext offering(Class<T> type, T offered) {
    offers.put(type, offered);
    return this;
  }

  @Override
  public <T> Optional<T> find(Class<T> type) {
    return Optional.ofNullable(offers.get(type)).map(type::cast);
  }

  @Override
  public List<URI> environments() {
    return List.copyOf(environments);
  }

  /** Requests the cancellation. */
  public void cancel() {
    if (cancelled.compareAndSet(false, true)) {
      onCancel.forEach(Runnable::run);
    }
  }

  /** What was saved. */
  public Map<String, String> saved() {
    return Map.copyOf(saved);
  }

  /** What was said about the progress. */
  public List<String> progress() {
    return List.copyOf(progress);
  }

  @Override
  public String check() {
    return "check";
  }

  @Override
  public Clock clock() {
    return new Clock() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }
    };
  }

  @Override
  public Cancellation cancellation() {
    return new Cancellation() {
      @Override
      public boolean requested() {
        return cancelled.get();
      }

      @Override
      public Registration onRequest(Runnable action) {
        onCancel.add(action);
        if (cancelled.get()) {
          action.run();
        }
        return () -> onCancel.remove(action);
      }
    };
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public Path scratch() {
    return scratch;
  }

  @Override
  public Optional<URI> target() {
    return Optional.ofNullable(target);
  }

  @Override
  public String fill(Template template) {
    return fill(template, name -> Optional.empty());
  }

  @Override
  public String fill(Template template, Function<String, Optional<String>> own) {
    return template.fill(name ->
        own.apply(name)
            .or(() -> Optional.ofNullable(variables.get(name)))
            .orElseThrow(() ->
                NO_VALUE.failure(
                    Where.named("test"), "'" + name + "' has no value", "give it one")));
  }

  @Override
  public void save(String name, String value) {
    saved.put(name, value);
  }

  @Override
  public Processes processes() {
    return TestContext::start;
  }

  @Override
  public UndoJournal undo() {
    return (kind, details) ->
        new UndoJournal.Entry() {
          @Override
          public String id() {
            return kind;
          }

          @Override
          public void done() {
            // nothing was written
          }
        };
  }

  @Override
  public void progress(String line) {
    progress.add(line);
  }

  @Override
  public String redact(String text) {
    return text;
  }

  private static Processes.Child start(Processes.Command command) {
    ProcessBuilder builder =
        new ProcessBuilder(command.words())
            .directory(command.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(command.output().toFile()));
    builder.environment().putAll(command.environment());
    try {
      return new TestChild(builder.start());
    } catch (IOException broken) {
      throw NO_VALUE.failure(
          Where.named("test"), command.words() + " cannot be started: " + broken, "install it");
    }
  }

  private record TestChild(Process process) implements Processes.Child {
    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public OptionalInt await(Duration atMost) throws InterruptedException {
      return process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS)
          ? OptionalInt.of(process.exitValue())
          : OptionalInt.empty();
    }

    @Override
    public void stop() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      process.onExit().join();
    }
  }
}
