package dev.assay.suite;

import dev.assay.api.evidence.Attempt;
import dev.assay.suite.flaky.Rerun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A test that is not reported yet, as it is tried again or thought about. Not thread-safe. */
final class Held {

  final String suite;
  final String name;
  final String unit;
  final Map<String, String> labels;
  private final List<Attempt> attempts;
  private final List<Rerun> reruns = new ArrayList<>();

  /**
   * A test as a report told of it.
   *
   * @param byTool how its later attempts were made, where there are any
   */
  Held(
      String suite,
      String name,
      String unit,
      Map<String, String> labels,
      List<Attempt> attempts,
      Rerun byTool) {
    this.suite = suite;
    this.name = name;
    this.unit = unit;
    this.labels = new LinkedHashMap<>(labels);
    this.attempts = new ArrayList<>(attempts);
    for (int i = 1; i < attempts.size(); i++) {
      reruns.add(byTool);
    }
  }

  void tried(List<Attempt> again, Rerun how) {
    for (Attempt attempt : again) {
      attempts.add(attempt);
      reruns.add(how);
    }
  }

  List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  List<Rerun> reruns() {
    return List.copyOf(reruns);
  }

  boolean fails() {
    return attempts.getLast().result().failure();
  }

  /** The attempts as far as they tell. */
  List<dev.assay.suite.flaky.Attempt> told() {
    List<dev.assay.suite.flaky.Attempt> told = new ArrayList<>();
    for (int i = 0; i < attempts.size(); i++) {
      told.add(
          new dev.assay.suite.flaky.Attempt(
              SuitePast.result(attempts.get(i).result()),
              i == 0 ? Rerun.AGAIN : reruns.get(i - 1)));
    }
    return List.copyOf(told);
  }
}
