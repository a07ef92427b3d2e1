package dev.assay.observe.slo;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.observe.problem.SloProblems;
import dev.assay.observe.slo.OpenSlo.DataSourceFile;
import dev.assay.observe.slo.OpenSlo.IndicatorSpec;
import dev.assay.observe.slo.OpenSlo.MetricHolder;
import dev.assay.observe.slo.OpenSlo.MetricSource;
import dev.assay.observe.slo.OpenSlo.Objective;
import dev.assay.observe.slo.OpenSlo.RatioMetric;
import dev.assay.observe.slo.OpenSlo.SliFile;
import dev.assay.observe.slo.OpenSlo.SloFile;
import dev.assay.observe.slo.OpenSlo.TimeWindow;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads OpenSLO v1 files. A file may have several documents; an objective may refer to an indicator
 * and a data source of the same file. For one file, by one thread.
 */
public final class SloFiles {

  private static final Pattern KIND = Pattern.compile("(?m)^(?:  )?kind:\\s*['\"]?(\\w+)");
  private static final Pattern LENGTH = Pattern.compile("(\\d{1,5})([smhdwMQY])");
  private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final List<String> OF_CHECK = List.of("check", "count", "metric", "step", "below");

  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, IndicatorSpec> indicators = new HashMap<>();
  private final Map<String, DataSourceFile> sources = new HashMap<>();

  private SloFiles() {}

  /**
   * Reads a file.
   *
   * @param name what problems call it
   * @throws ProblemException with all that is wrong in it
   */
  public static List<Slo> read(String name, String text, Documents documents) {
    return new SloFiles().all(name, text, documents);
  }

  private List<Slo> all(String name, String text, Documents documents) {
    List<SloFile> written = new ArrayList<>();
    for (String document : documents(text)) {
      Matcher kind = KIND.matcher(document);
      try {
        switch (kind.find() ? kind.group(1) : document.isBlank() ? "" : "SLO") {
          case "SLO" -> written.add(documents.read(name, document, SloFile.class));
          case "SLI" -> {
            SliFile sli = documents.read(name, document, SliFile.class);
            indicators.put(sli.metadata().name(), sli.spec());
          }
          case "DataSource" -> {
            DataSourceFile source = documents.read(name, document, DataSourceFile.class);
            sources.put(source.metadata().name(), source);
          }
          default -> {
            // Services and alert policies say nothing that is evaluated here.
          }
        }
      } catch (ProblemException wrong) {
        problems.addAll(wrong.problems());
      }
    }
    List<Slo> slos = new ArrayList<>();
    written.forEach(slo -> slos.addAll(slos(slo)));
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return slos;
  }

  /**
   * Each document with as many empty lines before it as it has lines before it in the file. One may
   * be a list of several, as the examples of OpenSLO's own tools are.
   */
  private static List<String> documents(String text) {
    List<String> documents = new ArrayList<>();
    StringBuilder document = new StringBuilder();
    int line = 0;
    boolean says = false;
    for (String each : text.split("\n", -1)) {
      line++;
      boolean item = each.startsWith("- ");
      if (each.startsWith("---") || item) {
        if (says) {
          documents.add(document.toString());
        }
        document = new StringBuilder("\n".repeat(item ? line - 1 : line));
        says = false;
      }
      if (item || !each.startsWith("---")) {
        document.append(item ? "  " + each.substring(2) : each).append('\n');
        says |= !each.isBlank() && !each.startsWith("#");
      }
    }
    if (says) {
      documents.add(document.toString());
    }
    return documents;
  }

  private List<Slo> slos(SloFile file) {
    if (!file.apiVersion().equals("openslo/v1")) {
      wrong(file.place(), "apiVersion is '" + file.apiVersion() + "'", "write openslo/v1");
    }
    IndicatorSpec indicator = indicator(file);
    Slo.Method method = method(file);
    if (file.spec().timeWindow().size() != 1) {
      wrong(file.spec().place(), "an objective has one timeWindow", "write a list of one");
      return List.of();
    }
    Slo.Window window = window(file.spec().timeWindow().getFirst());
    if (file.spec().objectives().isEmpty()) {
      wrong(file.spec().place(), "there are no objectives", "write one with a target");
    }
    List<Slo> slos = new ArrayList<>();
    int number = 0;
    for (Objective objective : file.spec().objectives()) {
      number++;
      Slo.Indicator measured = indicator == null ? null : measured(indicator, objective);
      Double target = target(objective);
      if (measured != null && target != null && window != null) {
        boolean only = file.spec().objectives().size() == 1;
        slos.add(slo(file, objective, only ? 0 : number, measured, window, method, target));
      }
    }
    return slos;
  }

  private Slo slo(
      SloFile file,
      Objective objective,
      int number,
      Slo.Indicator measured,
      Slo.Window window,
      Slo.Method method,
      double target) {
    String name = file.metadata().name() + (number == 0 ? "" : "-" + number);
    String display = file.metadata().displayName();
    String own = objective.displayName();
    String title =
        (display == null ? file.metadata().name() : display) + (own == null ? "" : ": " + own);
    String slice = objective.timeSliceWindow();
    Duration length = slice == null ? Duration.ofMinutes(1) : length(objective.place(), slice);
    Double sliceTarget = objective.timeSliceTarget();
    if (method == Slo.Method.TIMESLICES && sliceTarget == null) {
      wrong(
          objective.place(),
          "the budget is of time slices, and timeSliceTarget is missing",
          "add 'timeSliceTarget': the share of a slice that must be good, such as 0.95");
    }
    Map<String, String> labels = new HashMap<>();
    file.metadata().labels().forEach((key, value) -> labels.put(key, word(value)));
    return new Slo(
        name,
        title,
        file.spec().service(),
        measured,
        window,
        method,
        target,
        length,
        sliceTarget == null ? target : sliceTarget,
        labels,
        file.place());
  }

  private static String word(Json value) {
    return value instanceof Json.Text text
        ? text.value()
        : dev.assay.api.json.JsonWriter.canonical(value);
  }

  private @Nullable IndicatorSpec indicator(SloFile file) {
    OpenSlo.Indicator own = file.spec().indicator();
    String reference = file.spec().indicatorRef();
    if (own != null) {
      return own.spec();
    }
    IndicatorSpec found = reference == null ? null : indicators.get(reference);
    if (found == null) {
      wrong(
          file.spec().place(),
          reference == null ? "there is no indicator" : "there is no SLI '" + reference + "'",
          reference == null
              ? "write `indicator:` with its spec"
              : Nearest.mend(reference, indicators.keySet()));
    }
    return found;
  }

  private Slo.Method method(SloFile file) {
    return switch (file.spec().budgetingMethod()) {
      case "Occurrences" -> Slo.Method.OCCURRENCES;
      case "Timeslices" -> Slo.Method.TIMESLICES;
      case "RatioTimeslices" -> Slo.Method.RATIO_TIMESLICES;
      default -> {
        wrong(
            file.spec().place(),
            "budgetingMethod is '" + file.spec().budgetingMethod() + "'",
            Nearest.mend(
                file.spec().budgetingMethod(),
                List.of("Occurrences", "Timeslices", "RatioTimeslices")));
        yield Slo.Method.OCCURRENCES;
      }
    };
  }

  private @Nullable Double target(Objective objective) {
    Double percent = objective.targetPercent();
    Double target = percent == null ? objective.target() : Double.valueOf(percent / 100);
    if (target == null || !(target > 0 && target < 1)) {
      wrong(
          objective.place(),
          target == null ? "there is no target" : "the target " + target + " leaves no budget",
          "write `target: 0.99`, above 0 and below 1");
      return null;
    }
    return target;
  }

  private Slo.@Nullable Window window(TimeWindow written) {
    Matcher matcher = LENGTH.matcher(written.duration());
    Duration length = length(written.place(), written.duration());
    boolean months = matcher.matches() && "MQY".contains(matcher.group(2));
    OpenSlo.CalendarWindow calendar = written.calendar();
    if (written.isRolling() || calendar == null) {
      if (!written.isRolling()) {
        wrong(
            written.place(),
            "the window neither rolls nor has a calendar",
            "write `isRolling: true`, or `calendar:` with startTime and timeZone");
      }
      return new Slo.Window(length, Slo.Window.Unit.FIXED, 1, null, ZoneOffset.UTC);
    }
    int count = 1;
    if (months) {
      count = Integer.parseInt(matcher.group(1)) * months(matcher.group(2));
    }
    try {
      LocalDateTime start =
          LocalDateTime.parse(calendar.startTime().replace('T', ' ').replace("Z", ""), START);
      return new Slo.Window(
          length,
          months ? Slo.Window.Unit.MONTHS : Slo.Window.Unit.FIXED,
          count,
          start,
          ZoneId.of(calendar.timeZone()));
    } catch (DateTimeException unreadable) {
      wrong(
          calendar.place(),
          "the calendar begins at '" + calendar.startTime() + "' in '" + calendar.timeZone() + "'",
          "write startTime: 2026-01-01 00:00:00 and timeZone: Europe/Berlin");
      return null;
    }
  }

  private static int months(String unit) {
    return switch (unit) {
      case "M" -> 1;
      case "Q" -> 3;
      default -> 12;
    };
  }

  private Duration length(Place place, String text) {
    Matcher matcher = LENGTH.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
      wrong(place, "'" + text + "' is no duration", "write 30d, 4w, 1h, 5m, 1M, 1Q or 1Y");
      return Duration.ofDays(30);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      case "w" -> Duration.ofDays(7 * number);
      case "M" -> Duration.ofDays(30 * number);
      case "Q" -> Duration.ofDays(90 * number);
      default -> Duration.ofDays(365 * number);
    };
  }

  private Slo.@Nullable Indicator measured(IndicatorSpec indicator, Objective objective) {
    RatioMetric ratio = indicator.ratioMetric();
    MetricHolder threshold = indicator.thresholdMetric();
    if (ratio == null && threshold != null) {
      return threshold(threshold, objective);
    }
    if (ratio == null) {
      wrong(
          indicator.place(), "the indicator has no metric", "write ratioMetric or thresholdMetric");
      return null;
    }
    MetricHolder good = ratio.good();
    MetricHolder bad = ratio.bad();
    MetricHolder total = ratio.total();
    MetricHolder part = good == null ? bad : good;
    if (part == null || good != null && bad != null || total == null) {
      wrong(
          ratio.place(),
          "a ratio is of one of good and bad, and of total",
          "write `good:` and `total:`, each with a metricSource");
      return null;
    }
    SliSource of = source(part.metricSource(), SliSource.Count.PASSED);
    SliSource all = source(total.metricSource(), SliSource.Count.ALL);
    if (of == null || all == null) {
      return null;
    }
    if (of.getClass() != all.getClass()) {
      wrong(ratio.place(), "a ratio has two sources", "take both of the same source");
      return null;
    }
    return new Slo.Ratio(of, good == null, all, ratio.counter());
  }

  private Slo.@Nullable Indicator threshold(MetricHolder metric, Objective objective) {
    SliSource source = source(metric.metricSource(), SliSource.Count.VALUE);
    Double value = objective.value();
    String operator = objective.op();
    List<String> words = Arrays.stream(Slo.Operator.values()).map(SloFiles::lower).toList();
    if (value == null || operator == null || !words.contains(operator)) {
      wrong(
          objective.place(),
          "a threshold needs 'op' and 'value'",
          "write `op: lte` and `value: 300`; op is one of: " + String.join(", ", words));
      return null;
    }
    return source == null
        ? null
        : new Slo.Threshold(source, Slo.Operator.values()[words.indexOf(operator)], value);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private @Nullable SliSource source(MetricSource source, SliSource.Count usual) {
    String reference = source.metricSourceRef();
    DataSourceFile referred = reference == null ? null : sources.get(reference);
    String type = referred == null ? source.type() : referred.spec().type();
    try {
      return switch (String.valueOf(type).toLowerCase(Locale.ROOT)) {
        case "assay" -> ofCheck(source, usual);
        case "prometheus" -> ofPrometheus(source, referred);
        default -> {
          wrong(
              source.place(),
              reference != null && referred == null
                  ? "there is no DataSource '" + reference + "' in this file"
                  : "a metric cannot come from '" + type + "'",
              reference != null && referred == null
                  ? Nearest.mend(reference, sources.keySet())
                  : "write `type: Assay` or `type: Prometheus`");
          yield null;
        }
      };
    } catch (JsonException | IllegalArgumentException unreadable) {
      wrong(source.place(), String.valueOf(unreadable.getMessage()), "see docs/observe.md");
      return null;
    }
  }

  private @Nullable SliSource ofCheck(MetricSource source, SliSource.Count usual) {
    for (String key : source.spec().keySet()) {
      if (!OF_CHECK.contains(key)) {
        wrong(source.place(), "unknown key '" + key + "'", Nearest.mend(key, OF_CHECK));
        return null;
      }
    }
    String count = text(source, "count");
    List<String> counts = Arrays.stream(SliSource.Count.values()).map(SloFiles::lower).toList();
    if (count != null && !counts.contains(count)) {
      wrong(source.place(), "'" + count + "' is nothing to count", Nearest.mend(count, counts));
      return null;
    }
    String check = text(source, "check");
    if (check == null) {
      wrong(source.place(), "the source names no check", "write `spec: { check: smoke }`");
      return null;
    }
    return new SliSource.OfCheck(
        check,
        count == null ? usual : SliSource.Count.values()[counts.indexOf(count)],
        text(source, "metric"),
        text(source, "step"),
        text(source, "below"));
  }

  private @Nullable SliSource ofPrometheus(MetricSource source, @Nullable DataSourceFile referred) {
    String query = text(source, "query");
    String address = text(source, "address");
    if (address == null && referred != null) {
      Json url = referred.spec().connectionDetails().get("url");
      address = url == null ? null : url.asText();
    }
    if (query == null || address == null) {
      wrong(
          source.place(),
          query == null ? "there is no query" : "nothing says where Prometheus is",
          "write `spec: { address: \"http://127.0.0.1:9090\", query: … }`");
      return null;
    }
    return new SliSource.OfPrometheus(URI.create(address), query);
  }

  private static @Nullable String text(MetricSource source, String key) {
    Json value = source.spec().get(key);
    return value == null ? null : word(value);
  }

  private void wrong(Place place, String what, String mend) {
    problems.add(SloProblems.WRONG_SLO.at(place, what, mend));
  }
}
