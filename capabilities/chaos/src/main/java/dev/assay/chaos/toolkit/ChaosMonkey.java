package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions of chaostoolkit-spring ({@code chaosspring}) against the actuator of Chaos Monkey
 * for Spring Boot. What they change is put back at the end of the run.
 */
final class ChaosMonkey {

  private static final String ACTIONS = "chaosspring.actions";
  private static final String PROBES = "chaosspring.probes";
  private static final List<String> OPTIONS = List.of("headers", "timeout", "verify_ssl");

  private ChaosMonkey() {}

  static List<NativeFunction> functions() {
    return List.of(
        NativeFunction.of(
            ACTIONS,
            "enable_chaosmonkey",
            List.of("base_url"),
            OPTIONS,
            (arguments, call) ->
                toggle(arguments, call, "enable", "disable", "Enable ChaosMonkey")),
        NativeFunction.of(
            ACTIONS,
            "disable_chaosmonkey",
            List.of("base_url"),
            OPTIONS,
            (arguments, call) ->
                toggle(arguments, call, "disable", "enable", "Disable ChaosMonkey")),
        NativeFunction.of(
            ACTIONS,
            "change_assaults_configuration",
            List.of("base_url", "assaults_configuration"),
            OPTIONS,
            ChaosMonkey::assaults),
        NativeFunction.of(
            PROBES, "chaosmonkey_enabled", List.of("base_url"), OPTIONS, ChaosMonkey::enabled),
        NativeFunction.of(
            PROBES,
            "watcher_configuration",
            List.of("base_url"),
            OPTIONS,
            (arguments, call) -> read(arguments, call, "watcher", "watcher enquiry")),
        NativeFunction.of(
            PROBES,
            "assaults_configuration",
            List.of("base_url"),
            OPTIONS,
            (arguments, call) -> read(arguments, call, "assaults", "assaults enquiry")));
  }

  private static Http.Request request(
      Arguments arguments, String method, String endpoint, @Nullable Json body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "application/json");
    if (arguments.get("headers") instanceof Json.Obj given) {
      given.members().forEach((name, value) -> headers.put(name, Python.text(value)));
    }
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    return new Http.Request(
        method,
        arguments.text("base_url") + "/chaosmonkey/" + endpoint,
        headers,
        body == null ? null : JsonWriter.canonical(body),
        null,
        arguments.seconds("timeout"),
        Python.truth(arguments.or("verify_ssl", Json.of(true))),
        0);
  }

  private static boolean on(Arguments arguments, Call call) {
    return call.http().send(request(arguments, "GET", "status", null)).status() == 200;
  }

  private static Json toggle(Arguments arguments, Call call, String to, String back, String what) {
    if (on(arguments, call) != to.equals("enable")) {
      call.restoration()
          .before("chaos monkey " + back + "d", request(arguments, "POST", back, null));
    }
    return text(call.http().send(request(arguments, "POST", to, null)), what);
  }

  private static Json assaults(Arguments arguments, Call call) {
    Http.Answer now = call.http().send(request(arguments, "GET", "assaults", null));
    if (now.status() == 200) {
      call.restoration()
          .before("assaults of chaos monkey", request(arguments, "POST", "assaults", json(now)));
    }
    Json wanted = arguments.get("assaults_configuration");
    return text(
        call.http().send(request(arguments, "POST", "assaults", wanted)),
        "Change ChaosMonkey Assaults Configuration");
  }

  private static Json text(Http.Answer answer, String what) {
    if (answer.status() != 200) {
      throw new ActivityFailed(what + " failed: " + answer.text());
    }
    return Json.of(answer.text());
  }

  private static Json enabled(Arguments arguments, Call call) {
    Http.Answer answer = call.http().send(request(arguments, "GET", "status", null));
    return switch (answer.status()) {
      case 200 -> Json.of(true);
      case 503 -> Json.of(false);
      default -> throw new ActivityFailed("ChaosMonkey status enquiry failed: " + answer.text());
    };
  }

  private static Json read(Arguments arguments, Call call, String endpoint, String what) {
    Http.Answer answer = call.http().send(request(arguments, "GET", endpoint, null));
    if (answer.status() != 200) {
      throw new ActivityFailed("ChaosMonkey " + what + " failed: " + answer.text());
    }
    return json(answer);
  }

  private static Json json(Http.Answer answer) {
    try {
      return JsonReader.read(answer.text());
    } catch (JsonException broken) {
      throw new ActivityFailed("the answer is no JSON: " + broken.getMessage());
    }
  }
}
