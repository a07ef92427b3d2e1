package dev.assay.load;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.Processes;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.spi.UndoJournal;
import dev.assay.api.value.Template;
import dev.assay.network.Conditions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** What a load that is run from Java, without a workspace around it, is given. Thread-safe. */
final class AloneContext implements CheckContext {

  static final ProblemType NO_VALUE =
      new ProblemType(
          "ASSAY-LOAD-024",
          ProblemKind.USER,
          "A name has no value",
          "A load that is run from Java has no variables, secrets or services around it: a template"
              + " may use what a step saves (${id}) and columns of feeders (${people.name}). Put"
              + " everything else into the text yourself.");

  private final URI target;
  private final Path folder;
  private final long seed;

  AloneContext(URI target, Path folder, long seed) {
    this.target = target;
    this.folder = folder;
    this.seed = seed;
  }

  @Override
  public String check() {
    return "load";
  }

  @Override
  public Clock clock() {
    return new SystemClock();
  }

  @Override
  public Cancellation cancellation() {
    return new Cancellation() {
      @Override
      public boolean requested() {
        return Thread.currentThread().isInterrupted();
      }

      @Override
      public Registration onRequest(Runnable action) {
        return () -> {};
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
    return folder;
  }

  @Override
  public Optional<URI> target() {
    return Optional.of(target);
  }

  @Override
  public String fill(Template template) {
    return fill(template, name -> Optional.empty());
  }

  @Override
  public String fill(Template template, Function<String, Optional<String>> own) {
    return template.fill(name ->
        own.apply(name)
            .orElseThrow(() ->
                NO_VALUE.failure(
                    Where.named("LoadTest"),
                    "nothing gives '${" + name + "}' a value",
                    "save it in a step before, or put its value into the text")));
  }

  @Override
  public void save(String name, String value) {
    throw new UnsupportedOperationException("there is no later check");
  }

  @Override
  public Processes processes() {
    throw new UnsupportedOperationException("a load starts no process");
  }

  /** The networks that Assay knows; there is no workspace that could have others. */
  @Override
  public <T> Optional<T> find(Class<T> type) {
    return type == Conditions.class
        ? Optional.of(type.cast(Conditions.profiles()))
        : Optional.empty();
  }

  @Override
  public UndoJournal undo() {
    throw new UnsupportedOperationException("a load breaks nothing");
  }

  @Override
  public void progress(String line) {
    // Nobody watches.
  }

  @Override
  public String redact(String text) {
    return text;
  }
}
