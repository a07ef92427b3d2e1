package dev.assay.suite.report;

import java.util.List;
import java.util.Set;

/**
 * One small change that a mutation tool made to see whether a test notices it. Immutable.
 *
 * @param path the file as the report names it; for PIT the package and the file, as in {@code
 *     shop/cart/Cart.java}
 * @param line from 1; 0 where it is not said
 * @param mutator what was changed, such as {@code ConditionalsBoundary}
 * @param status what became of it
 * @param killing the tests that are known to fail with it
 * @param covering the tests that are known to execute it, the killing ones too
 * @param allCovering whether {@code covering} is known to be all that execute it
 * @param allTried whether every test that executes it was tried with it, so that {@code killing} is
 *     all that fail
 */
public record Mutant(
    String path,
    int line,
    String mutator,
    Status status,
    Set<String> killing,
    Set<String> covering,
    boolean allCovering,
    boolean allTried) {

  /** Copies the sets, keeping their order. */
  public Mutant {
    killing = ordered(killing);
    covering = ordered(covering);
  }

  private static Set<String> ordered(Set<String> tests) {
    return java.util.Collections.unmodifiableSet(new java.util.LinkedHashSet<>(tests));
  }

  /** What became of a mutant. */
  public enum Status {
    /** A test failed because of it. */
    KILLED,
    /** A test ran for ever because of it, which counts as noticed. */
    TIMED_OUT,
    /** Tests executed it and none failed. */
    SURVIVED,
    /** No test executed it. */
    NO_COVERAGE,
    /** It says nothing about the tests: it does not compile, broke the tool, was ignored. */
    NOTHING;

    /** Whether tests noticed it. */
    public boolean detected() {
      return this == KILLED || this == TIMED_OUT;
    }

    /** Whether it counts in the score. */
    public boolean counts() {
      return this != NOTHING;
    }
  }

  /** The tests of a report's list, whatever it is parted by. */
  static Set<String> tests(List<String> names) {
    Set<String> tests = new java.util.LinkedHashSet<>();
    names.stream().map(String::strip).filter(name -> !name.isEmpty()).forEach(tests::add);
    return tests;
  }
}
