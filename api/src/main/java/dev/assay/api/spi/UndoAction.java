package dev.assay.api.spi;

import java.util.Map;
import java.util.Optional;

/**
 * How one kind of entry of the {@link UndoJournal} is undone when whoever made it died. It may run
 * in another process than the one that wrote the entry, more than once, and at the same time as the
 * thing it speaks of was never done: it looks first, and undoing what is whole does nothing.
 * Implementations are immutable and thread-safe.
 */
public interface UndoAction {

  /** The kind, unique in the product: {@code resume-processes}, {@code remove-table}. */
  String kind();

  /**
   * Undoes it.
   *
   * @param id the entry's identity
   * @param details as written
   * @return what was mended in one sentence, or empty where nothing was broken
   * @throws Exception if it cannot be undone; the entry then stays in the journal
   */
  Optional<String> undo(String id, Map<String, String> details) throws Exception;
}
