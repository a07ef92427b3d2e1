package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does what an activity's provider says: sends a request, runs a program, calls a function. */
final class Providers {

  private static final int BAD_REQUEST = 400;

  private final Call call;
  private final Programs programs;
  private final Substitution values;

  Providers(Call call, Programs programs, Substitution values) {
    this.call = call;
    this.programs = programs;
    this.values = values;
  }

  /**
   * Does it.
   *
   * @param activity as written
   * @return its output
   * @throws ActivityFailed if it fails in a way that the journal records
   * @throws Unforeseen if the toolkit would end with a stack trace
   */
  Json run(Json.Obj activity) {
    Json.Obj provider = activity.object("provider");
    boolean judged = activity.members().containsKey("tolerance");
    return switch (provider.text("type")) {
      case "http" -> http(provider, judged);
      case "process" -> process(provider, judged);
      case "python" -> python(provider);
      default -> Json.Null.VALUE;
    };
  }

  private Json http(Json.Obj provider, boolean judged) {
    String method =
        Python.text(provider.members().getOrDefault("method", Json.of("GET")))
            .toUpperCase(Locale.ROOT);
    String url = Python.text(values.fill(provider.get("url")));
    Map<String, String> headers = new LinkedHashMap<>();
    if (values.fill(provider.members().getOrDefault("headers", Json.Null.VALUE))
        instanceof Json.Obj given) {
      given.members().forEach((name, value) -> headers.put(name, Python.text(value)));
    }
    Json arguments = values.fill(provider.members().getOrDefault("arguments", Json.Null.VALUE));
    boolean sent = Python.truth(arguments);
    String body = null;
    if (method.equals("GET")) {
      url =
          sent
              ? Urls.with(
                  url, arguments instanceof Json.Obj all ? Urls.form(all) : Python.text(arguments))
              : url;
    } else if (sent) {
      body = body(arguments, headers);
    }
    Http.Answer answer =
        call.http()
            .send(
                new Http.Request(
                    method,
                    url,
                    headers,
                    body,
                    timeout(provider, 0),
                    timeout(provider, 1),
                    Python.truth(provider.members().getOrDefault("verify_tls", Json.of(true))),
                    retries(provider)));
    if (!judged && answer.status() >= BAD_REQUEST) {
      call.surroundings().log().accept("This HTTP call was answered with " + answer.status());
    }
    return output(answer);
  }

  private static String body(Json arguments, Map<String, String> headers) {
    if ("application/json".equals(headers.get("Content-Type"))) {
      return JsonWriter.canonical(arguments);
    }
    if (arguments instanceof Json.Obj form) {
      headers.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
      return Urls.form(form);
    }
    return Python.text(arguments);
  }

  private static int retries(Json.Obj provider) {
    return provider.find("max_retries") instanceof Json.Whole whole
        ? Math.clamp(whole.value(), 0, 100)
        : 0;
  }

  /** One number for both, or a list of the time for connecting and that for the answer. */
  private static @Nullable Duration timeout(Json.Obj provider, int which) {
    Json timeout = provider.find("timeout");
    if (timeout instanceof Json.Array both) {
      Json one = which < both.items().size() ? both.items().get(which) : Json.Null.VALUE;
      return one instanceof Json.Null ? null : Arguments.seconds(one);
    }
    return timeout == null ? null : Arguments.seconds(timeout);
  }

  private static Json output(Http.Answer answer) {
    Json body = Json.of(answer.text());
    if ("application/json".equals(answer.headers().get("Content-Type"))) {
      try {
        body = JsonReader.read(answer.text());
      } catch (JsonException broken) {
        throw new Unforeseen("the answer says it is JSON and is not: " + broken.getMessage());
      }
    }
    Json.Builder headers = Json.object();
    answer.headers().forEach(headers::put);
    return Json.object()
        .put("status", answer.status())
        .put("headers", headers.build())
        .put("body", body)
        .build();
  }

  private Json process(Json.Obj provider, boolean judged) {
    Json arguments =
        values.fill(provider.members().getOrDefault("arguments", Json.array(List.of())));
    Map<String, String> environment = new HashMap<>(call.surroundings().environment());
    environment.putAll(call.environment());
    String written = provider.text("path");
    Path program = Programs.which(written, call.surroundings().folder(), environment);
    if (program == null) {
      throw new Unforeseen("there is no program '" + written + "' any more");
    }
    List<String> words = new ArrayList<>();
    if (arguments instanceof Json.Text line) {
      words.addAll(List.of("/bin/sh", "-c", program + " " + line.value()));
    } else {
      words.add(program.toString());
      words.addAll(words(arguments));
    }
    Programs.Result result = programs.run(words, timeout(provider, 0));
    if (!judged && result.status() > 0) {
      call.surroundings()
          .log()
          .accept("This process returned a non-zero exit code: " + result.status());
    }
    return Json.object()
        .put("status", result.status())
        .put("stdout", result.stdout())
        .put("stderr", result.stderr())
        .build();
  }

  private static List<String> words(Json arguments) {
    List<Json> all = new ArrayList<>();
    if (arguments instanceof Json.Obj pairs) {
      pairs
          .members()
          .forEach((name, value) -> {
            all.add(Json.of(name));
            all.add(value);
          });
    } else if (arguments instanceof Json.Array list) {
      all.addAll(list.items());
    }
    return all.stream()
        .filter(one -> !(one instanceof Json.Null) && !one.equals(Json.of("")))
        .map(Python::text)
        .toList();
  }

  private Json python(Json.Obj provider) {
    String module = Python.text(provider.get("module"));
    String name = Python.text(provider.get("func"));
    NativeFunction function = NativeFunctions.find(module, name);
    if (function == null) {
      throw new Unforeseen(module + "." + name + " has no replacement here");
    }
    Json filled = values.fill(provider.members().getOrDefault("arguments", Json.object().build()));
    Map<String, Json> arguments = filled instanceof Json.Obj given ? given.members() : Map.of();
    function
        .misfit(arguments)
        .ifPresent(wrong -> {
          throw new ActivityFailed("TypeError: " + name + "(): " + wrong);
        });
    return function.body().call(new Arguments(arguments), call);
  }
}
