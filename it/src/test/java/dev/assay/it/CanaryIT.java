package dev.assay.it;

import org.junit.jupiter.api.Test;

/** A check of type {@code canary}, and whether a verdict still holds. */
class CanaryIT extends Scenario {

  private static String checks(int expected, String canary) {
    return """
    workspace: shop
    checks:
      old:
        load: { rate: 20/s, for: 1s, flow: [ { get: /, expect: { status: 200 } } ] }
        expect: { errors: < 50 %% }
      new:
        load: { rate: 20/s, for: 1s, flow: [ { get: /, expect: { status: %d } } ] }
      rollout:
        canary: { experiment: new, control: old, warm up: 0s, %s }
    stages: [ [rollout] ]
    """
        .formatted(expected, canary);
  }

  /** It would go on for an hour. */
  @Test
  void aCanaryThatFailsEndsTheComparison() {
    workspace(checks(418, "for: 1h") + GREETER);

    assay("run").with(1).printing("errors fell on the canary", "✘ failed = 0");
  }

  @Test
  void aCanaryOfWhichTooLittleIsKnownDoesNotPass() {
    workspace(checks(200, "for: 2s, watch: [ errors ], points: 0.001 %") + GREETER);

    assay("run").with(2).printing("no canary.undecided");
  }

  /** Checks of which one passes however busy the machine is. */
  private static String withAPartThatPasses(String canary) {
    return """
    workspace: shop
    checks:
      old: { http: [ { get: / } ] }
      new: { http: [ { get: / } ] }
      rollout: { canary: { experiment: new, control: old, %s } }
    stages: [ [rollout] ]
    """
            .formatted(canary)
        + GREETER;
  }

  @Test
  void aPartOfACanaryCanBeRunAlone() {
    workspace(withAPartThatPasses("for: 2s"));

    assay("run", "--only", "old").with(0).printing("old");
  }

  @Test
  void aVerdictIsStaleWhenTheWorkspaceHasChanged() {
    workspace(withAPartThatPasses("for: 2s"));
    assay("run", "--only", "old").with(0);
    assay("verdict").with(0).printing("✔ pass");
    assay("verdict", "--within", "1ms").with(2).printing("~ stale", "Then it was pass");
    workspace(withAPartThatPasses("for: 3s"));

    assay("verdict").with(2).printing("~ stale", "The workspace file has changed since.");
  }
}
