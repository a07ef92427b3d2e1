package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an experiment is run, as the options of {@code chaos run} say.
 *
 * @param hypothesis when the steady state is looked at; null for what the file says
 * @param frequency how long is waited between looks during the method
 * @param failFast whether a look during the method that fails ends it
 * @param rollbacks when rollbacks are run; null for what the file says
 * @param dry what is left out; null for nothing
 * @param configuration replaces values of the configuration, by name
 * @param secrets replaces secrets, by name
 */
public record RunSettings(
    @Nullable Strategy hypothesis,
    Duration frequency,
    boolean failFast,
    @Nullable Rollbacks rollbacks,
    @Nullable Dry dry,
    Map<String, Json> configuration,
    Map<String, Json> secrets) {

  /** The toolkit's own. */
  public static final RunSettings DEFAULT =
      new RunSettings(null, Duration.ofSeconds(1), false, null, null, Map.of(), Map.of());

  /** Copies the maps. */
  public RunSettings {
    configuration = Map.copyOf(configuration);
    secrets = Map.copyOf(secrets);
  }

  /** When the steady state is looked at. */
  public enum Strategy {
    /** Before and after the method. */
    DEFAULT,
    /** Only before it. */
    BEFORE_METHOD_ONLY,
    /** Only after it. */
    AFTER_METHOD_ONLY,
    /** Only while it runs. */
    DURING_METHOD_ONLY,
    /** Before, during and after it. */
    CONTINUOUSLY;

    boolean before() {
      return this == DEFAULT || this == BEFORE_METHOD_ONLY || this == CONTINUOUSLY;
    }

    boolean during() {
      return this == DURING_METHOD_ONLY || this == CONTINUOUSLY;
    }

    boolean after() {
      return this == DEFAULT || this == AFTER_METHOD_ONLY || this == CONTINUOUSLY;
    }
  }

  /** When the rollbacks of the file are run. */
  public enum Rollbacks {
    /** Unless the experiment failed or was interrupted. */
    DEFAULT,
    /** Whatever happened. */
    ALWAYS,
    /** Not at all. */
    NEVER,
    /** Only if the steady state deviated. */
    DEVIATED;

    boolean play(String status, boolean deviated) {
      return switch (this) {
        case DEFAULT -> !status.equals("failed") && !status.equals("interrupted");
        case ALWAYS -> true;
        case NEVER -> false;
        case DEVIATED -> deviated;
      };
    }
  }

  /** What is left out of a run. */
  public enum Dry {
    /** Probes. */
    PROBES,
    /** Actions. */
    ACTIONS,
    /** Both. */
    ACTIVITIES,
    /** Pauses. */
    PAUSE;

    /** Whether an activity of that type is left out. */
    boolean skips(String type) {
      return this == ACTIVITIES
          || this == PROBES && type.equals("probe")
          || this == ACTIONS && type.equals("action");
    }
  }
}
