package dev.assay.core.report;

import dev.assay.api.ledger.Ledger;
import dev.assay.core.compare.SameCode;
import dev.assay.core.compare.Trend;
import dev.assay.core.compare.Trends;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a check came to a run: the history of the numbers that it is judged by, and how often it
 * called unchanged code different. Immutable.
 *
 * @param trends in the order of the metrics
 * @param sameCode of pairs of runs of the same code; of none where there are no such
 */
public record CheckPast(List<Trend> trends, SameCode.Rate sameCode) {

  private static final int MOST_RUNS = 60;

  /** What a report may read: about a second's worth. */
  private static final long MOST_ENTRIES = 40_000;

  /** Copies the list. */
  public CheckPast {
    trends = List.copyOf(trends);
  }

  /** The past of each check of a run, up to that run. */
  static Map<String, CheckPast> read(Ledger ledger, RunReport run) {
    Map<String, List<String>> judged = new LinkedHashMap<>();
    run.checks()
        .forEach(check ->
            judged.put(
                check.id(), check.reasons().stream().map(reason -> reason.expectation()).toList()));
    List<Trend> trends =
        Trends.ofEvidence(ledger)
            .read(
                new Trends.Range(
                    past ->
                        !past.opened().isAfter(run.summary().opened())
                            && past.workspace().equals(run.summary().workspace())
                            && past.subject().environment().equals(run.subject().environment()),
                    MOST_RUNS,
                    MOST_ENTRIES),
                (check, key, _) ->
                    judged.getOrDefault(check, List.of()).stream()
                        .anyMatch(text -> text.startsWith(key.text() + " ")));
    Map<String, List<Trend>> byCheck = new TreeMap<>();
    trends.forEach(trend ->
        byCheck.computeIfAbsent(trend.check(), _ -> new java.util.ArrayList<>()).add(trend));
    Map<String, CheckPast> pasts = new LinkedHashMap<>();
    byCheck.forEach((check, all) -> pasts.put(check, new CheckPast(all, SameCode.rate(all))));
    return pasts;
  }
}
