package dev.assay.store;

import dev.assay.api.problem.Where;
import java.time.Duration;

/**
 * What bounds the writer. Immutable.
 *
 * @param batch how many entries one transaction takes at most
 * @param queue how many entries may be on their way to the disk
 * @param bytes how many bytes they may have together
 * @param patience how long to wait for a lock of another process
 * @param pages how many pages the database may have; 0 for as many as the disk takes
 */
record Limits(int batch, int queue, long bytes, Duration patience, long pages) {

  static final Limits DEFAULT = new Limits(4096, 4096, 64L << 20, Duration.ofSeconds(10), 0);

  /** How many bytes one entry may have. */
  static final int LARGEST_ENTRY = 16 << 20;

  /** Refuses an entry that no ledger takes. */
  static void refuseTooLarge(String run, byte[] body) {
    if (body.length > LARGEST_ENTRY) {
      throw StoreProblems.TOO_LARGE.failure(
          Where.named("run " + run),
          "an entry has " + body.length + " bytes, more than " + LARGEST_ENTRY,
          "keep its content as an artifact");
    }
  }

  Limits withPages(long most) {
    return new Limits(batch, queue, bytes, patience, most);
  }

  Limits withPatience(Duration longest) {
    return new Limits(batch, queue, bytes, longest, pages);
  }
}
