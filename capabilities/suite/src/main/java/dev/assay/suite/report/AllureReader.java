package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One of Allure 2's {@code *-result.json}: one test, at one time. */
final class AllureReader implements DocumentReader {

  /**
   * What one file says.
   *
   * @param history the same for all retries of a test; null where the file does not say
   * @param stop when it ended, in milliseconds
   * @param parameters what tells it from others of its name, such as {@code [currency=EUR]}; may be
   *     empty
   */
  record Found(TestCase testCase, @Nullable String history, double stop, String parameters) {}

  /** The names of suites, from the outermost on. */
  private static final List<String> SUITES = List.of("parentSuite", "suite", "subSuite");

  private static final int MOST_PARAMETERS = 20;

  private final Reading reading;
  private final Map<String, String> labels = new HashMap<>();
  private final List<String> parameters = new ArrayList<>();

  /** The innermost step that did not hold, with those around it. */
  private String step = "";

  private @Nullable Found found;

  AllureReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void read(JsonScanner json) throws IOException {
    CaseDraft draft = new CaseDraft();
    String history = null;
    double start = Double.NaN;
    double stop = Double.NaN;
    String status = "";
    json.object();
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "name" -> draft.name = json.text();
        case "fullName" -> draft.suite = json.text();
        case "labels" -> labels(json);
        case "parameters" -> parameters(json);
        case "steps" -> steps(json);
        case "historyId" -> history = json.text();
        case "status" -> status = json.text();
        case "statusDetails" -> details(json, draft);
        case "start" -> start = json.number();
        case "stop" -> stop = json.number();
        default -> json.skip();
      }
    }
    draft.result = result(status);
    draft.took = Millis.of(stop - start, 1);
    draft.suite = suite(draft.suite);
    if (!step.isEmpty() && draft.result.failure()) {
      draft.more("in the step " + step);
    }
    found =
        new Found(
            draft.build(),
            history == null || history.isBlank() ? null : history,
            stop,
            parameters.isEmpty() ? "" : "[" + String.join(", ", parameters) + "]");
  }

  /** The class, else the suites, else what the file calls the whole name. */
  private String suite(String fullName) {
    String testClass = labels.getOrDefault("testClass", "");
    String suites =
        SUITES.stream()
            .map(each -> labels.getOrDefault(each, ""))
            .filter(each -> !each.isBlank())
            .collect(Collectors.joining(" › "));
    return !testClass.isBlank() ? testClass : suites.isEmpty() ? fullName : suites;
  }

  private void labels(JsonScanner json) throws IOException {
    if (json.array()) {
      while (json.item()) {
        Map<String, String> label = texts(json);
        String name = label.getOrDefault("name", "");
        if (SUITES.contains(name) || name.equals("testClass")) {
          labels.putIfAbsent(name, Texts.cut(label.getOrDefault("value", "")));
        }
      }
    }
  }

  private void parameters(JsonScanner json) throws IOException {
    if (json.array()) {
      while (json.item()) {
        Map<String, String> parameter = texts(json);
        String value = parameter.getOrDefault("value", "");
        String mode = parameter.getOrDefault("mode", "default");
        boolean tells = !parameter.getOrDefault("excluded", "").equals("true");
        if (tells && mode.equals("default") && parameters.size() < MOST_PARAMETERS) {
          parameters.add(Texts.shown(parameter.getOrDefault("name", "") + "=" + value));
        }
      }
    }
  }

  private static Map<String, String> texts(JsonScanner json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    if (json.object()) {
      for (String name = json.name(); name != null; name = json.name()) {
        switch (name) {
          case "name", "value", "excluded", "mode" -> texts.put(name, json.text());
          default -> json.skip();
        }
      }
    }
    return texts;
  }

  private void steps(JsonScanner json) throws IOException {
    if (!json.array()) {
      return;
    }
    while (json.item()) {
      if (json.object()) {
        step(json);
      }
    }
  }

  /** Of a step whose members stand in any order; those in it are read for themselves. */
  private void step(JsonScanner json) throws IOException {
    String before = step;
    String own = "";
    String status = "";
    step = "";
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "name" -> own = Texts.shown(json.text());
        case "status" -> status = json.text();
        case "steps" -> steps(json);
        default -> json.skip();
      }
    }
    String inner = step;
    String whole = inner.isEmpty() ? own : Texts.cut(own + " › " + inner);
    boolean failed = result(status).failure();
    step = !before.isEmpty() ? before : failed ? whole : inner;
  }

  /** Broken is what could not be carried out; unknown says neither yes nor no. */
  static Result result(String status) {
    return switch (status) {
      case "passed" -> Result.PASSED;
      case "failed" -> Result.FAILED;
      case "broken" -> Result.ERROR;
      default -> Result.SKIPPED;
    };
  }

  private static void details(JsonScanner json, CaseDraft draft) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "message" -> draft.message = json.text();
        case "trace" -> draft.detail(json.text());
        default -> json.skip();
      }
    }
  }

  @Nullable Found found() {
    return found;
  }

  @Override
  public Report report() {
    Found one = found;
    if (one != null) {
      reading.testCase(one.testCase());
    }
    return reading.testReport(Format.ALLURE);
  }
}
