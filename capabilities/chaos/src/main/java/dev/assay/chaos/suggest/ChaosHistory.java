package dev.assay.chaos.suggest;

import dev.assay.api.evidence.Event;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What earlier runs say of faults and latency. Immutable.
 *
 * @param runs how many runs it is of
 * @param faults every fault that was made, the newest first
 * @param latencies what was observed of latency, by check and expectation, the newest first, in
 *     nanoseconds
 */
public record ChaosHistory(int runs, List<PastFault> faults, Map<String, List<Double>> latencies) {

  private static final int MOST_RUNS = 50;

  /** Of no runs. */
  public static final ChaosHistory NONE = new ChaosHistory(0, List.of(), Map.of());

  /** Copies the collections. */
  public ChaosHistory {
    faults = List.copyOf(faults);
    latencies = Map.copyOf(latencies);
  }

  /**
   * A fault of an earlier run.
   *
   * @param run the run
   * @param check the experiment
   * @param kind such as {@code kill}
   * @param target such as {@code service:shop}
   * @param decision what was decided of the experiment
   */
  public record PastFault(
      String run, String check, String kind, String target, Decision decision) {}

  /** Reads the newest runs of a ledger. */
  public static ChaosHistory read(Ledger ledger) {
    List<PastFault> faults = new ArrayList<>();
    Map<String, List<Double>> latencies = new LinkedHashMap<>();
    List<Ledger.RunSummary> runs = ledger.runs(MOST_RUNS, run -> run.monitor() == null);
    for (Ledger.RunSummary run : runs) {
      List<Event> begun = new ArrayList<>();
      Map<String, Decision> decisions = new HashMap<>();
      ledger.read(
          run.id(),
          stored -> {
            switch (stored.entry()) {
              case LedgerEntry.Recorded(Event event) when event.kind().equals("fault.effective") ->
                  begun.add(event);
              case LedgerEntry.Judged judged -> {
                decisions.put(judged.check(), judged.verdict().decision());
                judged.verdict().reasons().forEach(reason -> latency(judged, reason, latencies));
              }
              default -> {}
            }
          });
      for (Event event : begun) {
        Decision decision = decisions.getOrDefault(event.check(), Decision.NOT_RUN);
        String kind = event.labels().getOrDefault("kind", "");
        for (String target : event.labels().getOrDefault("targets", "").split(", ", -1)) {
          PastFault fault = new PastFault(run.id(), event.check(), kind, target, decision);
          if (!faults.contains(fault)) {
            faults.add(fault);
          }
        }
      }
    }
    return new ChaosHistory(runs.size(), faults, latencies);
  }

  private static void latency(
      LedgerEntry.Judged judged, Reason reason, Map<String, List<Double>> latencies) {
    Double observed = reason.numbers().get("observed");
    if (observed != null && reason.expectation().startsWith("latency")) {
      String statistic = reason.expectation().split(" ", 2)[0];
      latencies
          .computeIfAbsent(judged.check() + " " + statistic, any -> new ArrayList<>())
          .add(observed);
    }
  }
}
