package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import java.util.List;
import java.util.Optional;

/** The probes of chaostoolkit-prometheus ({@code chaosprometheus}). */
final class Prometheus {

  private static final String PROBES = "chaosprometheus.probes";

  private Prometheus() {}

  static List<NativeFunction> functions() {
    return List.of(
        NativeFunction.of(
                PROBES, "query", List.of("query"), List.of("when", "timeout"), Prometheus::query)
            .checked(arguments -> moment(arguments, "when")),
        NativeFunction.of(
                PROBES,
                "query_interval",
                List.of("query", "start", "end"),
                List.of("step", "timeout"),
                Prometheus::interval)
            .checked(arguments -> moment(arguments, "start").or(() -> moment(arguments, "end"))));
  }

  private static Optional<String> moment(Arguments arguments, String name) {
    String text = arguments.textOr(name, "now");
    return text.contains("$") || Moment.understands(text)
        ? Optional.empty()
        : Optional.of(
            "'" + name + "' is '" + text + "', which is no moment that is understood here");
  }

  private static String base(Call call) {
    Json base = call.configured("prometheus_base_url");
    return base instanceof Json.Null ? "http://localhost:9090" : Python.text(base);
  }

  private static Json query(Arguments arguments, Call call) {
    Json.Builder parameters = Json.object().put("query", arguments.text("query"));
    if (arguments.given("timeout")) {
      parameters.put("timeout", arguments.get("timeout"));
    }
    if (arguments.given("when")) {
      parameters.put("time", at(arguments, "when", call));
    }
    return send(call, "/api/v1/query", parameters.build(), "Prometheus query");
  }

  private static Json interval(Arguments arguments, Call call) {
    Json.Builder parameters = Json.object().put("query", arguments.text("query"));
    if (arguments.given("timeout")) {
      parameters.put("timeout", arguments.get("timeout"));
    }
    Json step = arguments.or("step", Json.of(1));
    if (Python.truth(step)) {
      parameters.put("step", step);
    }
    parameters.put("start", at(arguments, "start", call)).put("end", at(arguments, "end", call));
    return send(call, "/api/v1/query_range", parameters.build(), "Prometheus query range");
  }

  private static String at(Arguments arguments, String name, Call call) {
    String text = arguments.text(name);
    return Moment.parse(text, call.surroundings().clock().now())
        .orElseThrow(() -> new ActivityFailed("failed to parse '" + text + "'"))
        .toString();
  }

  private static Json send(Call call, String path, Json.Obj parameters, String what) {
    String url = Urls.with(base(call) + path, Urls.form(parameters));
    Http.Answer answer = call.http().send(Http.Request.json("GET", url, null));
    if (answer.status() != 200) {
      throw new ActivityFailed(what + " " + Python.text(parameters) + " failed: " + answer.text());
    }
    try {
      return JsonReader.read(answer.text());
    } catch (JsonException broken) {
      throw new ActivityFailed("the answer of Prometheus is no JSON: " + broken.getMessage());
    }
  }
}
