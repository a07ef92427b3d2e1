package dev.assay.suite;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Finding.Severity;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Emits findings; of one rule at most {@value #MOST}, then only counts. Not thread-safe. */
final class Findings {

  /** How many findings of one rule are emitted, besides those that make evidence invalid. */
  static final int MOST = 50;

  private final CheckContext context;
  private final EvidenceSink sink;
  private final Map<String, Integer> counts = new HashMap<>();

  Findings(CheckContext context, EvidenceSink sink) {
    this.context = context;
    this.sink = sink;
  }

  void add(String rule, Severity severity, @Nullable String place, String message) {
    add(rule, severity, place, message, Map.of());
  }

  void add(
      String rule,
      Severity severity,
      @Nullable String place,
      String message,
      Map<String, String> labels) {
    int count = counts.merge(rule + severity, 1, Integer::sum);
    if (count > MOST) {
      return;
    }
    String text =
        count < MOST ? message : message + " (and more of the kind, which are not listed)";
    String file = place == null ? "" : place.replaceAll(":\\d+$", "");
    sink.emit(
        new Finding(
            context.check(),
            context.clock().now(),
            rule,
            severity,
            place,
            context.redact(text),
            EvidenceCodec.sha256(rule + "\n" + context.check() + "\n" + file).substring(0, 16),
            labels));
  }
}
