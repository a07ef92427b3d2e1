package dev.assay.api.spi;

import java.time.Duration;
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
   * @throws dev.assay.api.problem.ProblemException if it cannot be written; then do not do it
   */
  Entry before(String kind, Map<String, String> details);

  /**
   * The same for what must not wait for the next run to be undone: a watchdog, a process of its
   * own, runs when this returns, and undoes it when this process dies, or when the entry is not
   * {@linkplain Entry#renew renewed} in time.
   *
   * @param lease how long after now, and after each renewal, it is left alone
   * @throws dev.assay.api.problem.ProblemException if it cannot be written, or there can be no
   *     watchdog; then do not do it
   */
  default Entry guarded(String kind, Map<String, String> details, Duration lease) {
    return before(kind, details);
  }

  /** Something that would have to be undone. */
  interface Entry {
    /** Its identity in the journal, unique in the workspace. */
    String id();

    /** Strikes it out: it has been undone. */
    void done();

    /**
     * Says of a guarded entry that whoever made it is well.
     *
     * @return whether in time; otherwise it has been undone, or is being undone
     */
    default boolean renew() {
      return true;
    }
  }
}
