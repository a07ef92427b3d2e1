package dev.assay.api.spi;

import java.util.Map;

/**
 * Remembers, on disk, how to undo what is about to be done, so that a crash leaves nothing broken.
 * Thread-safe.
 */
public interface UndoJournal {

  /**
   * Writes down how to undo something, durably, before it is done.
   *
   * @param kind what kind of undoing: {@code process}, {@code delete-file}
   * @param details what that kind needs, such as {@code path}
   * @return call {@link Entry#done()} when it has been undone in the normal way
   */
  Entry before(String kind, Map<String, String> details);

  /** Something that would have to be undone. */
  interface Entry {
    /** Its identity in the journal, unique in the workspace. */
    String id();

    /** Strikes it out: it has been undone. */
    void done();
  }
}
