package dev.assay.server.overview;

import dev.assay.api.ledger.Ledger.RunSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which runs an overview is about; what monitors began is not. Immutable.
 *
 * @param days of how many days, today among them; one of {@link #SPANS}
 * @param branch of which branch; empty for all
 * @param environment where they ran; empty for all
 */
public record Asked(int days, String branch, String environment) {

  /** What may be asked for. */
  public static final List<Integer> SPANS = List.of(7, 30, 90);

  private static final int USUAL = 30;

  /** Takes the usual span for any other. */
  public Asked {
    days = SPANS.contains(days) ? days : USUAL;
    branch = branch.strip();
    environment = environment.strip();
  }

  /** Of what an address says; the usual span where its days are none of {@link #SPANS}. */
  static Asked of(String days, String branch, String environment) {
    return new Asked(
        days.matches("\\d{1,3}") ? Integer.parseInt(days) : USUAL, branch, environment);
  }

  boolean wants(RunSummary run) {
    return run.monitor() == null
        && (branch.isEmpty() || branch.equals(run.subject().branch()))
        && (environment.isEmpty() || environment.equals(run.subject().environment()));
  }

  /** As addresses have it. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("days", String.valueOf(days));
    parameters.put("branch", branch);
    parameters.put("environment", environment);
    return parameters;
  }
}
