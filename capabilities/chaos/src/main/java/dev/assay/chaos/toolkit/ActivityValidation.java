package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Nearest;
import dev.assay.chaos.toolkit.ExperimentReader.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says what is wrong with an activity, or why it cannot be carried out here. */
final class ActivityValidation {

  private final Report report;
  private final Path folder;
  private final Map<String, String> environment;

  ActivityValidation(Report report, Path folder, Map<String, String> environment) {
    this.report = report;
    this.folder = folder;
    this.environment = environment;
  }

  void validate(Activity activity) {
    Json.Obj source = activity.source();
    if (source.find("ref") != null) {
      if (activity.ref() == null || activity.ref().isEmpty()) {
        invalid(activity, "ref", "a reference to an activity is no text", "name an activity");
      }
      return;
    }
    String type = activity.type();
    if (!type.equals("probe") && !type.equals("action")) {
      invalid(
          activity, "type", "'" + type + "' is not a type of activity", "write probe or action");
    }
    if (activity.name().isEmpty()) {
      invalid(activity, "name", "an activity must have a name", "write 'name: …'");
    }
    if (source.find("timeout") != null && !Python.number(source.find("timeout"))) {
      invalid(activity, "timeout", "the timeout is no number", "write it in seconds");
    }
    if (source.find("background") != null && !(source.find("background") instanceof Json.Bool)) {
      invalid(activity, "background", "background is neither true nor false", "write one of them");
    }
    pause(activity, "before");
    pause(activity, "after");
    provider(activity);
  }

  private void pause(Activity activity, String when) {
    Json pause = activity.pause(when);
    boolean template =
        pause instanceof Json.Text text
            && text.value().startsWith("${")
            && text.value().endsWith("}");
    if (!(pause instanceof Json.Null) && !Python.number(pause) && !template) {
      invalid(
          activity,
          "pauses",
          "the pause " + when + " is neither a number nor a variable",
          "write it in seconds");
    }
  }

  private void provider(Activity activity) {
    if (!(activity.source().find("provider") instanceof Json.Obj provider)) {
      invalid(activity, "provider", "an activity requires a provider", "write 'provider: …'");
      return;
    }
    switch (Python.text(provider.members().getOrDefault("type", Json.of("")))) {
      case "http" -> http(activity, provider);
      case "process" -> process(activity, provider);
      case "python" -> python(activity, provider);
      case String unknown ->
          invalid(
              activity,
              "provider",
              "unknown provider type '" + unknown + "'",
              "write http, process or python");
    }
  }

  private void http(Activity activity, Json.Obj provider) {
    if (!Python.truth(provider.members().get("url"))) {
      invalid(activity, "provider", "a HTTP activity must have a URL", "write 'url: …'");
    }
    Json headers = provider.find("headers");
    if (headers instanceof Json.Obj all) {
      for (String name : all.members().keySet()) {
        if (List.of("connection", "content-length", "expect", "host", "upgrade")
            .contains(name.toLowerCase(java.util.Locale.ROOT))) {
          unable(
              activity,
              "the header '" + name + "' cannot be set in '" + activity.name() + "'",
              "leave it out, or send the request with curl by a process provider");
        }
      }
    } else if (headers != null) {
      invalid(activity, "provider", "headers are no map", "write names and values");
    }
  }

  private void process(Activity activity, Json.Obj provider) {
    String path = Python.text(provider.members().getOrDefault("path", Json.of("")));
    if (path.isEmpty() || provider.find("path") == null) {
      invalid(activity, "provider", "a process activity must have a path", "write 'path: …'");
    } else if (Programs.which(path, folder, environment) == null) {
      invalid(
          activity,
          "provider",
          "path '" + path + "' cannot be found, in activity '" + activity.name() + "'",
          "install it, or write where it is");
    }
  }

  private void python(Activity activity, Json.Obj provider) {
    Json module = provider.find("module");
    Json name = provider.find("func");
    if (module == null || name == null) {
      invalid(
          activity, "provider", "a Python activity must have a module and a func", "write both");
      return;
    }
    String full = Python.text(module) + "." + Python.text(name);
    NativeFunction function = NativeFunctions.find(Python.text(module), Python.text(name));
    if (function == null) {
      unable(
          activity,
          "the Python function " + full + " of '" + activity.name() + "' has no replacement here",
          Nearest.to(full, NativeFunctions.names())
              .map(near -> "use " + near + ", or an http or process provider")
              .orElse("use an http or process provider, or a fault of Assay"));
      return;
    }
    Map<String, Json> arguments =
        provider.find("arguments") instanceof Json.Obj given ? given.members() : Map.of();
    function
        .misfit(arguments)
        .ifPresentOrElse(
            wrong ->
                invalid(
                    activity,
                    "provider",
                    wrong + ", in activity '" + activity.name() + "'",
                    "write " + signature(function)),
            () ->
                function
                    .check()
                    .apply(new Arguments(arguments))
                    .ifPresent(wrong -> unable(activity, wrong, "write a date of RFC 3339")));
  }

  private static String signature(NativeFunction function) {
    List<String> words = new ArrayList<>(function.required());
    function.optional().forEach(one -> words.add("[" + one + "]"));
    return function.name() + "(" + String.join(", ", words) + ")";
  }

  /** Checks the tolerance of a probe of the hypothesis. */
  void tolerance(Activity probe) {
    if (!probe.source().members().containsKey("tolerance")) {
      invalid(probe, "name", "a hypothesis probe must have a tolerance", "write 'tolerance: …'");
      return;
    }
    switch (probe.source().members().get("tolerance")) {
      case Json.Obj rule -> rule(probe, rule);
      case Json.Real _, Json.Null _ ->
          invalid(
              probe,
              "tolerance",
              "a tolerance is a whole number, a text, true or false, a list or a map",
              "write one of them, such as {type: range, range: [0.5, 1.5]}");
      default -> {}
    }
  }

  private void rule(Activity probe, Json.Obj rule) {
    switch (Python.text(rule.members().getOrDefault("type", Json.Null.VALUE))) {
      case "probe" -> {
        List<Object> path = new ArrayList<>(probe.path());
        path.add("tolerance");
        validate(new Activity(rule, path));
      }
      case "regex" -> text(probe, rule, "pattern", PythonPattern::compile);
      case "jsonpath" -> text(probe, rule, "path", JsonPath::parse);
      case "range" -> range(probe, rule);
      case String unknown ->
          invalid(
              probe,
              "tolerance",
              "the tolerance type '" + unknown + "' is unsupported",
              "write probe, regex, jsonpath or range");
    }
  }

  /** Compiles a text. */
  private interface Compiler {
    Object compile(String text);
  }

  private void text(Activity probe, Json.Obj rule, String key, Compiler compiler) {
    if (!(rule.find(key) instanceof Json.Text text) || text.value().isBlank()) {
      invalid(probe, "tolerance", "the tolerance has no '" + key + "'", "write it as a text");
      return;
    }
    if (!text.value().contains("${")) {
      try {
        Object _ = compiler.compile(text.value());
      } catch (IllegalArgumentException wrong) {
        invalid(probe, "tolerance", String.valueOf(wrong.getMessage()), "correct it");
      }
    }
  }

  private void range(Activity probe, Json.Obj rule) {
    boolean two =
        rule.find("range") instanceof Json.Array range
            && range.items().size() == 2
            && range.items().stream().allMatch(Python::number);
    if (!two) {
      invalid(probe, "tolerance", "a range is not two numbers", "write 'range: [1, 10]'");
    }
  }

  private void invalid(Activity activity, String key, String what, String mend) {
    List<Object> path = new ArrayList<>(activity.path());
    if (activity.source().members().containsKey(key)) {
      path.add(key);
    }
    report.problem(ToolkitProblems.INVALID, path, what, mend);
  }

  private void unable(Activity activity, String what, String mend) {
    List<Object> path = new ArrayList<>(activity.path());
    path.add("provider");
    report.problem(ToolkitProblems.NOT_RUNNABLE, path, what, mend);
  }
}
