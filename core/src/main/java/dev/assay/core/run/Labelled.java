package dev.assay.core.run;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes evidence that of a check, with one label more.
 *
 * @param check whose evidence it becomes
 * @param name of the label
 * @param value of the label
 */
record Labelled(String check, String name, String value) {

  /** The same with the label; files have none and stay as they are. */
  Evidence of(Evidence evidence) {
    return switch (evidence) {
      case Measurement one ->
          new Measurement(
              check,
              one.metric(),
              one.unit(),
              one.from(),
              one.to(),
              more(one.labels()),
              one.value());
      case Outcome one ->
          new Outcome(check, one.at(), one.suite(), one.name(), one.attempts(), more(one.labels()));
      case Finding one ->
          new Finding(
              check,
              one.at(),
              one.rule(),
              one.severity(),
              one.place(),
              one.message(),
              one.fingerprint(),
              more(one.labels()));
      case Event one -> new Event(check, one.at(), one.kind(), one.message(), more(one.labels()));
      case Artifact one -> one;
    };
  }

  private Map<String, String> more(Map<String, String> labels) {
    Map<String, String> all = new HashMap<>(labels);
    all.put(name, value);
    return all;
  }
}
