package dev.assay.server;

import dev.assay.server.usage.Came;
import dev.assay.server.usage.Kept;
import dev.assay.server.usage.Usage;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.springframework.stereotype.Component;

/**
 * What projects use, as figures: of the {@value #MOST} that keep most each for itself, so that
 * there are not more series than that, and of all others together. Thread-safe.
 */
@Component
final class UsageFigures {

  private static final int MOST = 100;

  /** No project is called so. */
  private static final String OTHERS = "*";

  private final Usage usage;

  UsageFigures(Usage usage) {
    this.usage = usage;
  }

  /**
   * Writes them.
   *
   * @param named whether projects may be named; otherwise all are put together
   */
  void write(Exposition text, boolean named) {
    int most = named ? MOST : 0;
    List<Map.Entry<String, Kept>> order =
        usage.kept().entrySet().stream()
            .sorted(
                Comparator.comparingLong((Map.Entry<String, Kept> one) -> -one.getValue().bytes()))
            .toList();
    Map<String, Came> today = usage.sums(usage.today());
    kept(text, most, "assay_project_runs", "Runs that a project keeps.", order, Kept::runs);
    kept(
        text, most, "assay_project_entries", "Entries that a project keeps.", order, Kept::entries);
    kept(
        text,
        most,
        "assay_project_evidence_bytes",
        "How large the entries of a project are.",
        order,
        Kept::evidence);
    kept(
        text,
        most,
        "assay_project_artifact_bytes",
        "How large the files are that runs of a project left.",
        order,
        Kept::artifacts);
    today(
        text,
        most,
        "assay_project_runs_today",
        "Runs that began today, UTC.",
        order,
        today,
        Came::runs);
    today(
        text,
        most,
        "assay_project_entries_today",
        "Entries that came today, UTC.",
        order,
        today,
        Came::entries);
    asked(
        text, most, "assay_project_requests_total", "Requests of programs.", order, Came::requests);
    asked(
        text,
        most,
        "assay_project_requests_refused_total",
        "Requests of programs that were too many, or beyond a quota.",
        order,
        Came::refused);
  }

  private static void kept(
      Exposition text,
      int most,
      String name,
      String help,
      List<Map.Entry<String, Kept>> order,
      ToLongFunction<Kept> of) {
    samples(text, most, name, "gauge", help, order, one -> of.applyAsLong(one.getValue()));
  }

  private static void today(
      Exposition text,
      int most,
      String name,
      String help,
      List<Map.Entry<String, Kept>> order,
      Map<String, Came> today,
      ToLongFunction<Came> of) {
    samples(
        text,
        most,
        name,
        "gauge",
        help,
        order,
        one -> of.applyAsLong(today.getOrDefault(one.getKey(), Came.NOTHING)));
  }

  private void asked(
      Exposition text,
      int most,
      String name,
      String help,
      List<Map.Entry<String, Kept>> order,
      ToLongFunction<Came> of) {
    samples(
        text, most, name, "counter", help, order, one -> of.applyAsLong(usage.asked(one.getKey())));
  }

  private static void samples(
      Exposition text,
      int most,
      String name,
      String type,
      String help,
      List<Map.Entry<String, Kept>> order,
      ToLongFunction<Map.Entry<String, Kept>> value) {
    Map<String, Long> samples = new LinkedHashMap<>();
    for (Map.Entry<String, Kept> one : order) {
      String label = samples.size() < most ? one.getKey() : OTHERS;
      samples.merge(label, value.applyAsLong(one), Long::sum);
    }
    text.family(name, type, help);
    samples.forEach((project, number) -> text.sample(name, Map.of("project", project), number));
  }
}
