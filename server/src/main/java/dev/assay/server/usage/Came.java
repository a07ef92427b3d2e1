package dev.assay.server.usage;

/**
 * What came to a project in some time. Immutable; no component is below 0.
 *
 * @param runs how many began
 * @param entries how many entries
 * @param evidence how large the entries are, in bytes
 * @param artifacts how large the files are that were not there before, in bytes
 * @param requests how many requests programs made; those of the last seconds before a crash may be
 *     missing
 * @param refused how many of them were refused, as there were too many or a quota was reached
 */
public record Came(
    long runs, long entries, long evidence, long artifacts, long requests, long refused) {

  /** Nothing. */
  public static final Came NOTHING = new Came(0, 0, 0, 0, 0, 0);

  /** Both together. */
  public Came plus(Came other) {
    return new Came(
        runs + other.runs,
        entries + other.entries,
        evidence + other.evidence,
        artifacts + other.artifacts,
        requests + other.requests,
        refused + other.refused);
  }
}
