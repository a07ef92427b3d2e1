package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks whether the steady state holds, probe by probe up to the first that does not. */
final class Hypothesis {

  private final Experiment experiment;
  private final Activities activities;
  private final Tolerance tolerance;
  private final RunSettings.@Nullable Dry dry;

  Hypothesis(
      Experiment experiment,
      Activities activities,
      Tolerance tolerance,
      RunSettings.@Nullable Dry dry) {
    this.experiment = experiment;
    this.activities = activities;
    this.tolerance = tolerance;
    this.dry = dry;
  }

  static boolean met(Json.Obj state) {
    return Json.of(true).equals(state.members().get("steady_state_met"));
  }

  /** Looks at it now. */
  Json.Obj look() {
    List<Json> probes = new ArrayList<>();
    for (Activity probe : experiment.probes()) {
      Json.Obj run = activities.execute(probe);
      boolean met = met(probe, run);
      Json.Builder judged = Json.object();
      run.members().forEach(judged::put);
      probes.add(judged.put("tolerance_met", met).build());
      if (!met) {
        return state(false, probes);
      }
    }
    return state(true, probes);
  }

  private boolean met(Activity probe, Json.Obj run) {
    if (run.text("status").equals("failed")) {
      return false;
    }
    // in the toolkit any dry mode leaves the tolerances alone
    return dry != null
        || tolerance.holds(
            probe.source().members().get("tolerance"),
            run.members().getOrDefault("output", Json.Null.VALUE));
  }

  private static Json.Obj state(boolean met, List<Json> probes) {
    return Json.object().put("steady_state_met", met).put("probes", Json.array(probes)).build();
  }
}
