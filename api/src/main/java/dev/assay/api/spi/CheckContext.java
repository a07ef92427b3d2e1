package dev.assay.api.spi;

import dev.assay.api.value.Template;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a running check is given. Thread-safe. */
public interface CheckContext {

  /** The check's id, which every evidence of it carries. */
  String check();

  /** The time. */
  Clock clock();

  /** Tells when to stop; a check looks at it at least every 100 ms or registers for it. */
  Cancellation cancellation();

  /** The seed of everything random in this check; the same seed gives the same run. */
  long seed();

  /** The workspace's folder; relative paths of the configuration start here. */
  Path folder();

  /** An empty folder of this check's own, removed after the run. */
  Path scratch();

  /** The base address of the environment, where it has one. */
  Optional<URI> target();

  /**
   * The addresses of all the workspace's environments, as far as they are known before anything
   * runs: targets that whoever wrote the workspace says are theirs.
   */
  default List<URI> environments() {
    return List.of();
  }

  /**
   * Fills a template with the variables of the run.
   *
   * @throws dev.assay.api.problem.ProblemException if a variable has no value
   */
  String fill(Template template);

  /**
   * The same with the check's own values first.
   *
   * @param own gives a value for a name, or empty to leave it to the run
   */
  String fill(Template template, Function<String, Optional<String>> own);

  /**
   * Saves a variable for the templates of later checks; it must be among {@link CheckType#saves}.
   */
  void save(String name, String value);

  /** The run's child processes. */
  Processes processes();

  /**
   * What the run or a capability lets checks use: {@link Services}, {@link LiveChecks}, {@link
   * Passages}, {@code PastRuns}, or a class that a capability's {@link RunPart} offers.
   */
  default <T> Optional<T> find(Class<T> type) {
    return Optional.empty();
  }

  /** How to undo what this check breaks. */
  UndoJournal undo();

  /**
   * One line on what it is doing now, for the live view; any thread, never blocks, may be dropped.
   */
  void progress(String line);

  /**
   * A program of this check prints to a file, from where it ends now, and only ever at its end: its
   * lines are shown, with secrets masked, while the run goes on, to who watches that from
   * elsewhere. They are no evidence. Any thread, never blocks; told again for a file that was made
   * anew.
   */
  default void prints(Path file) {}

  /** Replaces every secret of the run in a text by a mask. */
  String redact(String text);
}
