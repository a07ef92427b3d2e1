package dev.assay.api.spi;

import dev.assay.api.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A key of the workspace file beside {@code services} and {@code checks} that a capability reads: a
 * map of entries by name, such as {@code conditions} or {@code links}. The configuration record of
 * an entry is as that of a {@link CheckType}. Implementations are immutable and thread-safe.
 *
 * @param <E> the configuration of one entry
 */
public interface WorkspaceSection<E extends Record> {

  /** The key in the workspace file, and what a {@link Reference} calls it: {@code conditions}. */
  String name();

  /** One sentence for the reference page. */
  String summary();

  /** The configuration record of one entry. */
  Class<E> entry();

  /** Names that can be referred to without being written. */
  default Set<String> builtIn() {
    return Set.of();
  }

  /** Reports what the types of the components cannot say. */
  default void validate(Map<String, E> entries, Consumer<Problem> problems) {}

  /** What an entry refers to. */
  default List<Reference> references(E entry) {
    return List.of();
  }

  /**
   * The names for which {@code ${port.NAME}} is a free port that the run keeps until the part is
   * opened.
   */
  default Set<String> ports(Map<String, E> entries) {
    return Set.of();
  }

  /**
   * Begins what runs as long as the run does; called before the services start, in the order of the
   * capabilities' names, also where nothing is written.
   *
   * @param entries by name, in the order of the file
   * @throws dev.assay.api.problem.ProblemException if it cannot; the run then ends before it began
   */
  default Optional<RunPart> open(Map<String, E> entries, PartContext context) {
    return Optional.empty();
  }
}
