package dev.assay.load.engine;

/** Makes one loop's runners of a plan's phases. */
final class Runners {

  private Runners() {}

  static Runner[] of(LoadLoop loop, LoadPlan plan, int index) {
    Runner[] runners = new Runner[plan.phases().size()];
    for (int i = 0; i < runners.length; i++) {
      Phase phase = plan.phases().get(i);
      Scenario scenario = plan.scenarios().get(phase.scenario());
      int recorded = plan.recordedAt(i);
      runners[i] =
          switch (phase) {
            case Phase.Open open ->
                new OpenRunner(
                    loop,
                    open,
                    scenario,
                    recorded,
                    plan.seed(),
                    open.arrivals().cursor(index, plan.loops()));
            case Phase.Closed closed ->
                new ClosedRunner(
                    loop,
                    closed,
                    scenario,
                    recorded,
                    plan.seed(),
                    index,
                    plan.loops(),
                    passes(closed.passes(), plan.loops(), index));
          };
    }
    return runners;
  }

  private static long passes(long all, int loops, int index) {
    return all == Long.MAX_VALUE ? all : all / loops + (index < all % loops ? 1 : 0);
  }
}
