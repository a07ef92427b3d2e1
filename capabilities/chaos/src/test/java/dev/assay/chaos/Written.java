package dev.assay.chaos;

import dev.assay.api.problem.Place;
import dev.assay.chaos.fault.FaultConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Experiments as they would be written. */
final class Written {

  private Written() {}

  static final Duration WINDOW = Duration.ofMillis(200);

  static TimedFault kill(String service, int at, int length) {
    return fault(
        service, Duration.ofMillis(at), Duration.ofMillis(length), Map.of(), null, 1, null);
  }

  static TimedFault when(String service, Map<String, String> when, int length) {
    return fault(service, null, Duration.ofMillis(length), when, null, 1, null);
  }

  static TimedFault fault(
      String service,
      @Nullable Duration at,
      Duration length,
      Map<String, String> when,
      @Nullable Duration every,
      int times,
      @Nullable String intensity) {
    return new TimedFault(
        at,
        length,
        when,
        every,
        times,
        intensity,
        new FaultConfiguration.Ending(service, null, Place.NONE),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Place.NONE);
  }

  static ChaosConfiguration experiment(TimedFault... faults) {
    return experiment(Map.of(), null, null, Duration.ofSeconds(20), faults);
  }

  static ChaosConfiguration experiment(
      Map<String, String> abort,
      ChaosConfiguration.@Nullable RandomFaults random,
      @Nullable Duration lasts,
      Duration recoverWithin,
      TimedFault... faults) {
    return new ChaosConfiguration(
        null,
        "load",
        null,
        WINDOW,
        List.of(faults),
        random,
        lasts,
        recoverWithin,
        abort,
        null,
        Place.NONE);
  }
}
