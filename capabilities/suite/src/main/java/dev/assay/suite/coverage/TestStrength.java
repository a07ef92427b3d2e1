package dev.assay.suite.coverage;

import dev.assay.api.json.Json;

/**
 * What one test is worth, by the mutants that it executes. Immutable.
 *
 * @param test its name, {@code class#method} where that is known
 * @param covers mutants that it is known to execute
 * @param kills mutants that it is known to fail with
 * @param onlyKills mutants that no other test fails with, for certain
 * @param onlyCovers mutants that no other test executes, for certain
 * @param untried mutants that it executes and was not tried with, as another test failed before
 */
public record TestStrength(
    String test, int covers, int kills, int onlyKills, int onlyCovers, int untried) {

  static final int COVERS = 0;
  static final int KILLS = 1;
  static final int ONLY_KILLS = 2;
  static final int ONLY_COVERS = 3;
  static final int UNTRIED = 4;
  static final int FIGURES = 5;

  static TestStrength of(String test, int[] figures) {
    return new TestStrength(
        test,
        figures[COVERS],
        figures[KILLS],
        figures[ONLY_KILLS],
        figures[ONLY_COVERS],
        figures[UNTRIED]);
  }

  /** Whether it was tried with mutants that it executes and noticed none of them. */
  public boolean weak() {
    return kills == 0 && covers > untried;
  }

  /** The figures by name. */
  public Json json() {
    return Json.object()
        .put("test", test)
        .put("covers", covers())
        .put("kills", kills())
        .put("only_kills", onlyKills())
        .put("only_covers", onlyCovers())
        .put("untried", untried())
        .build();
  }
}
