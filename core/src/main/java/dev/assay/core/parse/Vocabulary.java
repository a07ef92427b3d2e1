package dev.assay.core.parse;

import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.api.spi.WorkspaceSection;
import java.util.Collection;
import java.util.List;

/**
 * What capabilities add to the words of a workspace file.
 *
 * @param types the kinds of checks
 * @param observers what may be configured in services and in checks that measure time
 * @param sections the keys of the file beside those that are always there
 */
public record Vocabulary(
    List<CheckType<?>> types,
    List<ServiceObserver<?>> observers,
    List<WorkspaceSection<?>> sections) {

  /** Copies the lists. */
  public Vocabulary {
    types = List.copyOf(types);
    observers = List.copyOf(observers);
    sections = List.copyOf(sections);
  }

  /** Check types alone. */
  public static Vocabulary of(Collection<CheckType<?>> types) {
    return new Vocabulary(List.copyOf(types), List.of(), List.of());
  }
}
