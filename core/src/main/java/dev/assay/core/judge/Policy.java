package dev.assay.core.judge;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.plan.Expectation;
import dev.assay.api.spi.Metric;
import java.util.List;

/**
 * What a check is judged by. Immutable.
 *
 * @param check its id
 * @param metrics the metrics that the expectations speak of
 * @param expectations what must hold
 */
public record Policy(String check, List<Metric> metrics, List<Expectation> expectations) {

  /** Copies the lists. */
  public Policy {
    metrics = List.copyOf(metrics);
    expectations = List.copyOf(expectations);
  }

  /**
   * SHA-256 of the policy without places: the same text elsewhere in the file is the same policy.
   */
  public String digest() {
    List<Json> items =
        expectations.stream()
            .map(expectation -> {
              Long samples = expectation.samples();
              Json.Builder item =
                  Json.object()
                      .put("expectation", expectation.text())
                      .put("samples", samples == null ? -1 : samples)
                      .put("implied", expectation.implied())
                      .put(
                          "firstRunPasses",
                          expectation.rule() instanceof Expectation.NoWorseThan rule
                              && rule.firstRunPasses());
              if (expectation.rule() instanceof Expectation.NoWorseThan rule && !rule.confirmed()) {
                item.put("confirmed", false);
              }
              return (Json) item.build();
            })
            .toList();
    return EvidenceCodec.sha256(
        JsonWriter.canonical(
            Json.object().put("check", check).put("expectations", Json.array(items)).build()));
  }

  Metric metric(String name) {
    return metrics.stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no metric '" + name + "'"));
  }
}
