package dev.assay.suite.cache;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one test class.
 *
 * @param run the run that it last ran in
 * @param commit the commit of that run, where it is known
 * @param at when that was
 * @param passed whether all of it passed then
 * @param key what its inputs came to then
 * @param generation the number of that run among those remembered
 * @param sinceFailure how often in a row it passed after a failure; -1 where none is remembered
 * @param more classes with slashes that it executed and that its code does not lead to
 */
public record TestRecord(
    String run,
    @Nullable String commit,
    Instant at,
    boolean passed,
    long key,
    int generation,
    int sinceFailure,
    Set<String> more) {

  /** Copies the set. */
  public TestRecord {
    more = Set.copyOf(more);
  }
}
