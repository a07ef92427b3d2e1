package dev.assay.core.report;

import java.util.List;

/**
 * Tests of a run that are thought to have failed for one reason, and what is known of it. Whoever
 * knows tests finds it out; here it is only shown. Immutable.
 *
 * @param title one line: what was thrown and what it said
 * @param fingerprint the same for the same failure in another run
 * @param tests their names, the check first where there are several
 * @param facts what is known, the most useful first
 */
public record FailureGroup(String title, String fingerprint, List<String> tests, List<Fact> facts) {

  /** Copies the lists. */
  public FailureGroup {
    tests = List.copyOf(tests);
    facts = List.copyOf(facts);
  }

  /**
   * One thing that is known.
   *
   * @param name what it is, such as {@code suspect}; empty where it goes on with the one before
   * @param text the thing
   * @param command whether the text is a command to type
   */
  public record Fact(String name, String text, boolean command) {}
}
