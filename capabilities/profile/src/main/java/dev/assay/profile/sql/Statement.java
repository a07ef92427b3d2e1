package dev.assay.profile.sql;

/**
 * A normalised statement and what it cost.
 *
 * @param text with {@code $1} for its constants; cut at 2,000 characters
 * @param calls how often it was carried out
 * @param nanos the time that took in all
 * @param rows rows that were returned or changed
 * @param hit shared blocks found in memory
 * @param read shared blocks read from the disk or the system's cache
 */
public record Statement(String text, long calls, long nanos, long rows, long hit, long read) {

  /** The mean time of one. */
  public long meanNanos() {
    return calls == 0 ? 0 : nanos / calls;
  }

  Statement minus(Statement before) {
    return new Statement(
        text,
        calls - before.calls,
        nanos - before.nanos,
        rows - before.rows,
        hit - before.hit,
        read - before.read);
  }

  Statement plus(Statement other) {
    return new Statement(
        text,
        calls + other.calls,
        nanos + other.nanos,
        rows + other.rows,
        hit + other.hit,
        read + other.read);
  }
}
