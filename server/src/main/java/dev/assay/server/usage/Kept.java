package dev.assay.server.usage;

/**
 * What is kept of a project now. Immutable; no component is below 0.
 *
 * @param runs how many runs
 * @param entries how many entries
 * @param evidence how large they are in the ledger, in bytes
 * @param artifacts how large the files are that runs left, in bytes; those in the folder of the
 *     server that is asked
 * @param output how many characters of what runs print are in memory
 * @param derived how large the files are that pages are made from, in bytes; they can be made anew
 */
public record Kept(
    long runs, long entries, long evidence, long artifacts, long output, long derived) {

  /** What was given to be kept, in bytes: evidence and artifacts. */
  public long bytes() {
    return evidence + artifacts;
  }
}
