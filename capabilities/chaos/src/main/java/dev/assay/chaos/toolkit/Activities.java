package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out activities with their pauses and writes what the journal keeps of them. */
final class Activities {

  private static final double NANOS = 1e9;

  private final Experiment experiment;
  private final Providers providers;
  private final Substitution values;
  private final Surroundings surroundings;
  private final RunSettings.@Nullable Dry dry;

  Activities(
      Experiment experiment,
      Providers providers,
      Substitution values,
      Surroundings surroundings,
      RunSettings.@Nullable Dry dry) {
    this.experiment = experiment;
    this.providers = providers;
    this.values = values;
    this.surroundings = surroundings;
    this.dry = dry;
  }

  /**
   * Carries it out.
   *
   * @return its entry of the journal
   */
  Json.Obj execute(Activity written) {
    Activity activity = resolved(written);
    RunSettings.Dry mode = dryOf(activity);
    boolean skipped = mode != null && mode.skips(activity.type());
    boolean still = skipped || mode == RunSettings.Dry.PAUSE;
    pause(activity, "before", still);
    surroundings.cancellation().check();
    surroundings
        .log()
        .accept(
            (activity.type().equals("probe") ? "Probe: " : "Action: ")
                + activity.name()
                + (activity.background() ? " [in background]" : ""));
    Instant start = surroundings.clock().now();
    long from = surroundings.clock().nanos();
    Json.Builder run = Json.object().put("activity", activity.source());
    try {
      Json output = skipped ? Json.Null.VALUE : providers.run(activity.source());
      run.put("output", output).put("status", "succeeded");
    } catch (ActivityFailed failed) {
      String message = String.valueOf(failed.getMessage());
      surroundings.log().accept("  => failed: " + surroundings.redact().apply(message));
      run.put("output", Json.Null.VALUE)
          .put("status", "failed")
          .put(
              "exception",
              Json.array(
                  List.of(Json.of("chaoslib.exceptions.ActivityFailed: " + message + "\n"))));
    }
    run.put("start", ToolkitJournal.time(start))
        .put("end", ToolkitJournal.time(surroundings.clock().now()))
        .put("duration", (surroundings.clock().nanos() - from) / NANOS);
    pause(activity, "after", still);
    return run.build();
  }

  private Activity resolved(Activity written) {
    String ref = written.ref();
    if (ref == null) {
      return written;
    }
    Activity named = experiment.named(ref);
    if (named == null) {
      throw new Unforeseen("could not find referenced activity '" + ref + "'");
    }
    return named;
  }

  /** An activity's own mode wins; true leaves it out. */
  private RunSettings.@Nullable Dry dryOf(Activity activity) {
    Json own = activity.source().find("dry");
    if (own == null) {
      return dry;
    }
    if (own instanceof Json.Text text) {
      for (RunSettings.Dry one : RunSettings.Dry.values()) {
        if (one.name().equalsIgnoreCase(text.value())) {
          return one;
        }
      }
    }
    return Python.truth(own) ? RunSettings.Dry.ACTIVITIES : null;
  }

  private void pause(Activity activity, String when, boolean still) {
    Json pause = values.fill(activity.pause(when));
    if (!Python.truth(pause)) {
      return;
    }
    Duration time = Arguments.seconds(pause);
    surroundings.log().accept("Pausing " + when + " activity for " + Python.text(pause) + "s");
    if (!still) {
      surroundings.sleep(time);
    }
  }
}
