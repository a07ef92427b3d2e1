package dev.assay.chaos.fault;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.chaos.ChaosProblems;
import dev.assay.chaos.fault.FaultConfiguration.Bandwidth;
import dev.assay.chaos.fault.FaultConfiguration.Down;
import dev.assay.chaos.fault.FaultConfiguration.Latency;
import dev.assay.chaos.fault.FaultConfiguration.Loss;
import dev.assay.chaos.fault.FaultConfiguration.Partition;
import java.util.Set;
import java.util.function.Consumer;

/** Faults of links of the workspace. */
final class LinkFaults {

  private LinkFaults() {}

  static void validate(Bandwidth written, Consumer<Problem> problems) {}

  static Fault partition(Partition written) {
    return link("partition", "partition", String.valueOf(written.link()), written.place());
  }

  static Fault latency(Latency written) {
    return link("latency", "delay", written.link(), written.place());
  }

  static Fault loss(Loss written) {
    return link("loss", "lose packets of", written.link(), written.place());
  }

  static Fault bandwidth(Bandwidth written) {
    return link("bandwidth", "slow down", written.link(), written.place());
  }

  static Fault down(Down written) {
    return link("down", "take down", written.link(), written.place());
  }

  private static Fault link(String kind, String verb, String link, Place place) {
    return new WrittenFault(
        kind,
        verb + " " + link,
        Set.of("link:" + link),
        place,
        context -> {
          throw ChaosProblems.NO_TARGET.failure(
              place, "the link '" + link + "' is not open", "write it under `links`");
        },
        null);
  }
}
