package dev.assay.observe.alert;

import dev.assay.api.problem.Where;
import dev.assay.observe.problem.AlertProblems;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A symptom. What has the same labels is the same alert. Immutable.
 *
 * @param labels by name; what tells it from others
 * @param annotations what people should know
 * @param startsAt when it began
 * @param endsAt when it ended, or will be taken for ended
 * @param updatedAt when it was last heard of
 * @param generator where it came from; may be empty
 */
public record Alert(
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations,
    Instant startsAt,
    Instant endsAt,
    Instant updatedAt,
    String generator) {

  private static final int MOST_LABELS = 100;
  private static final int LONGEST = 16_384;
  private static final int LONGEST_NAME = 500;

  /**
   * Copies the maps; labels without a value are dropped, as Alertmanager does.
   *
   * @throws dev.assay.api.problem.ProblemException if it is no alert
   */
  public Alert {
    labels = sorted(labels);
    labels.values().removeIf(String::isEmpty);
    annotations = Collections.unmodifiableSortedMap(sorted(annotations));
    labels = Collections.unmodifiableSortedMap(labels);
    if (labels.isEmpty() || labels.size() > MOST_LABELS) {
      throw wrong("it has " + labels.size() + " labels with a value", "send 1 to 100");
    }
    for (String name : labels.keySet()) {
      if (name.isBlank() || name.length() > LONGEST_NAME) {
        throw wrong(
            "a label's name has " + name.length() + " characters", "use 1 to 500, such as letters");
      }
    }
    labels.values().forEach(Alert::bounded);
    annotations.values().forEach(Alert::bounded);
    if (endsAt.isBefore(startsAt)) {
      throw wrong("it ends at " + endsAt + ", before it starts", "send endsAt after startsAt");
    }
  }

  private static SortedMap<String, String> sorted(SortedMap<String, String> map) {
    return new TreeMap<>(map);
  }

  private static void bounded(String value) {
    if (value.length() > LONGEST) {
      throw wrong("a value has " + value.length() + " characters", "send at most 16384");
    }
  }

  private static RuntimeException wrong(String what, String mend) {
    return AlertProblems.WRONG_ALERT.failure(Where.named("the alert"), what, mend);
  }

  /** The 64 bits (FNV-1a) of its labels, as Prometheus makes them, in 16 hexadecimal digits. */
  public String fingerprint() {
    return fingerprint(labels);
  }

  static String fingerprint(SortedMap<String, String> labels) {
    long hash = 0xcbf29ce484222325L;
    for (var label : labels.entrySet()) {
      hash = mixed(mixed(hash, label.getKey()), label.getValue());
    }
    return String.format("%016x", hash);
  }

  private static long mixed(long hash, String text) {
    long mixed = hash;
    for (byte each : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      mixed = (mixed ^ (each & 0xff)) * 0x100000001b3L;
    }
    return (mixed ^ 0xff) * 0x100000001b3L;
  }

  /** Whether it lasts at a moment. */
  public boolean firing(Instant now) {
    return endsAt.isAfter(now);
  }

  /** What it is called. */
  public String name() {
    return labels.getOrDefault("alertname", fingerprint());
  }

  /** The same, heard of again: it began when it began first. */
  Alert after(Alert before) {
    boolean goesOn = !before.endsAt().isBefore(startsAt);
    Instant from = goesOn && before.startsAt().isBefore(startsAt) ? before.startsAt() : startsAt;
    return new Alert(labels, annotations, from, endsAt, updatedAt, generator);
  }
}
