package dev.assay.api.spi;

import dev.assay.api.problem.Problem;
import dev.assay.api.value.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A kind of check. The key in the workspace, decoding, defaults, the JSON Schema and the reference
 * page all derive from the configuration record and its annotations ({@link Doc}, {@link Key},
 * {@link Default}, {@link Shorthand}). Implementations are immutable and thread-safe.
 *
 * <p>Component types that a configuration may have: {@code String}, {@code int}, {@code long},
 * {@code double}, {@code boolean}, {@code Duration}, enums, {@code Template}, {@code CommandLine},
 * {@code Comparison}, {@code Quantity}, {@code Rate}, {@code Share}, {@code Size}, {@code Json}
 * (anything), {@code Place} (filled with the position, no key), other records, and {@code List},
 * {@code Map<String, …>} of these. A component is required unless it is {@code @Nullable}, has a
 * {@link Default}, or is a list or a map (which default to empty).
 *
 * @param <C> the configuration
 */
public interface CheckType<C extends Record> {

  /** The key that names it in a check: {@code http}, {@code suite}, {@code load}. */
  String name();

  /** One sentence for the reference page. */
  String summary();

  /** The configuration record. */
  Class<C> configuration();

  /**
   * The metrics that its evidence may hold; an expectation can name only these and the metrics of
   * outcomes.
   */
  List<Metric> metrics();

  /**
   * Expectations that hold without being written, as {@code key → comparison}, such as {@code
   * failed → = 0}. A written expectation of the same key replaces one, unless it is {@linkplain
   * Implied#always() always} kept.
   */
  default List<Implied> implied(C configuration) {
    return List.of();
  }

  /**
   * Reports what the types of the components cannot say: keys that exclude each other, files that
   * must exist.
   */
  default void validate(C configuration, Consumer<Problem> problems) {}

  /** The names of variables that a run of it saves for templates of later checks. */
  default Set<String> saves(C configuration) {
    return Set.of();
  }

  /**
   * The names of variables that it fills inside itself (feeder columns, values saved by its own
   * steps), so that templates may use them without anyone else defining them. {@code people.*}
   * stands for every name that begins with {@code people.}.
   */
  default Set<String> defines(C configuration) {
    return saves(configuration);
  }

  /** What the configuration refers to elsewhere in the workspace file. */
  default List<Reference> references(C configuration) {
    return List.of();
  }

  /**
   * The same configuration for a check that goes on for so long, where this type can; others are
   * carried out again and again.
   */
  default Optional<C> lasting(C configuration, Duration duration) {
    return Optional.empty();
  }

  /**
   * The files and folders, relative to the workspace, whose change can change what it finds; empty
   * where anything can. {@code assay watch} leaves out the checks that a change does not concern.
   */
  default List<Template> inputs(C configuration) {
    return List.of();
  }

  /**
   * The programs that a check of this configuration starts and that must be on the machine, as far
   * as can be told before it runs; {@code assay doctor} looks for them.
   *
   * @param workspace the workspace's folder
   */
  default List<Capability.Requirement> requirements(C configuration, Path workspace) {
    return List.of();
  }

  /** Whether it measures time so finely that nothing else should run beside it. */
  default boolean wantsMachine() {
    return false;
  }

  /** A check of that configuration, ready to run once. */
  Check prepare(C configuration);

  /**
   * An expectation that holds without being written.
   *
   * @param key as in {@code expect:}
   * @param comparison as in {@code expect:}
   * @param always whether it stays although the same key is written
   */
  record Implied(String key, String comparison, boolean always) {}
}
