package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions of chaostoolkit-toxiproxy ({@code chaostoxi}) against a Toxiproxy HTTP API, that of
 * Toxiproxy or of {@code assay network}. What they change is put back at the end of the run.
 */
final class Toxiproxy {

  private static final String TOXIC = "chaostoxi.toxic.actions";
  private static final String PROXY = "chaostoxi.proxy.actions";
  private static final String PROBES = "chaostoxi.proxy.probes";

  private Toxiproxy() {}

  static List<NativeFunction> functions() {
    List<NativeFunction> all = new ArrayList<>();
    all.add(
        NativeFunction.of(
            TOXIC,
            "create_toxic",
            List.of("for_proxy", "toxic_name", "toxic_type"),
            List.of("stream", "toxicity", "attributes"),
            (arguments, call) ->
                createToxic(
                    arguments, call, arguments.text("toxic_type"), arguments.get("attributes"))));
    all.add(
        NativeFunction.of(
            TOXIC,
            "delete_toxic",
            List.of("for_proxy", "toxic_name"),
            List.of(),
            Toxiproxy::deleteToxic));
    all.add(
        kind("create_latency_toxic", "latency", Map.of("latency", "latency", "jitter", "jitter")));
    all.add(kind("create_bandwith_degradation_toxic", "bandwidth", Map.of("rate", "rate")));
    all.add(kind("create_slow_connection_close_toxic", "slow_close", Map.of("delay", "delay")));
    all.add(kind("create_timeout_toxic", "timeout", Map.of("timeout", "timeout")));
    all.add(
        kind(
            "create_slicer_toxic",
            "slicer",
            Map.of(
                "average_size",
                "average_size",
                "size_variation",
                "size_variation",
                "delay",
                "delay")));
    all.add(kind("create_limiter_toxic", "limit_data", Map.of("bytes_limit", "bytes")));
    all.addAll(proxies());
    return all;
  }

  private static List<NativeFunction> proxies() {
    return List.of(
        NativeFunction.of(
            PROXY,
            "create_proxy",
            List.of("proxy_name", "upstream_host", "upstream_port"),
            List.of("listen_host", "listen_port", "enabled"),
            Toxiproxy::createProxy),
        NativeFunction.of(
            PROXY,
            "modify_proxy",
            List.of("proxy_name"),
            List.of("listen_address", "upstream_address", "enabled"),
            Toxiproxy::modifyProxy),
        NativeFunction.of(
            PROXY,
            "disable_proxy",
            List.of("proxy_name"),
            List.of(),
            (arguments, call) -> enable(arguments, call, false)),
        NativeFunction.of(
            PROXY,
            "enable_proxy",
            List.of("proxy_name"),
            List.of(),
            (arguments, call) -> enable(arguments, call, true)),
        NativeFunction.of(
            PROXY, "delete_proxy", List.of("proxy_name"), List.of(), Toxiproxy::deleteProxy),
        NativeFunction.of(
            PROBES,
            "proxy_exist",
            List.of("proxy_name"),
            List.of(),
            (arguments, call) -> Json.of(read(arguments, call) != null)),
        NativeFunction.of(
            PROBES,
            "get_proxy_attribute",
            List.of("proxy_name", "attribute"),
            List.of(),
            Toxiproxy::attribute));
  }

  /** A function that makes one kind of toxic; the map gives the attribute for each argument. */
  private static NativeFunction kind(String name, String type, Map<String, String> attributes) {
    List<String> required = new ArrayList<>(List.of("for_proxy", "toxic_name"));
    attributes.keySet().stream().filter(one -> !one.equals("jitter")).forEach(required::add);
    List<String> optional = attributes.containsKey("jitter") ? List.of("jitter") : List.of();
    return NativeFunction.of(
        TOXIC,
        name,
        required,
        optional,
        (arguments, call) -> {
          Json.Builder values = Json.object();
          attributes.forEach(
              (argument, attribute) -> values.put(attribute, arguments.or(argument, Json.of(0))));
          return createToxic(arguments, call, type, values.build());
        });
  }

  private static String base(Call call) {
    Json url = call.configured("toxiproxy_url");
    if (Python.truth(url)) {
      return Python.text(url);
    }
    Json port = call.configured("toxiproxy_port");
    return "http://"
        + Python.text(call.configured("toxiproxy_host"))
        + ":"
        + (Python.truth(port) ? Python.text(port) : "8474");
  }

  private static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String proxy(Call call, String name) {
    return base(call) + "/proxies/" + segment(name);
  }

  private static @Nullable Json read(Arguments arguments, Call call) {
    Http.Answer answer =
        call.http().send(Http.Request.json("GET", proxy(call, arguments.text("proxy_name")), null));
    return answer.ok() ? json(answer) : null;
  }

  private static Json json(Http.Answer answer) {
    try {
      return JsonReader.read(answer.text());
    } catch (JsonException broken) {
      throw new ActivityFailed("the answer is no JSON: " + broken.getMessage());
    }
  }

  private static Json createToxic(Arguments arguments, Call call, String type, Json attributes) {
    String name = arguments.text("toxic_name");
    String toxics = proxy(call, arguments.text("for_proxy")) + "/toxics";
    Json body =
        Json.object()
            .put("name", name)
            .put("type", type)
            .put("stream", arguments.textOr("stream", "downstream"))
            .put("toxicity", arguments.or("toxicity", Json.of(1)))
            .put("attributes", attributes)
            .build();
    call.restoration()
        .before("without toxic " + name, "DELETE", toxics + "/" + segment(name), null);
    Http.Answer answer = call.http().send(Http.Request.json("POST", toxics, body));
    if (!answer.ok()) {
      throw new ActivityFailed(
          "TypeError: 'NoneType' object is not subscriptable (Toxiproxy answered "
              + answer.status()
              + ": "
              + answer.text().strip()
              + ")");
    }
    return Json.of(
        json(answer) instanceof Json.Obj made && Json.of(name).equals(made.members().get("name")));
  }

  private static Json deleteToxic(Arguments arguments, Call call) {
    String name = arguments.text("toxic_name");
    String url = proxy(call, arguments.text("for_proxy")) + "/toxics/" + segment(name);
    return Json.of(call.http().send(Http.Request.json("DELETE", url, null)).ok());
  }

  private static Json createProxy(Arguments arguments, Call call) {
    String name = arguments.text("proxy_name");
    Json body =
        Json.object()
            .put("name", name)
            .put(
                "listen",
                arguments.textOr("listen_host", "0.0.0.0")
                    + ":"
                    + arguments.textOr("listen_port", "0"))
            .put(
                "upstream",
                fromEnvironment(arguments.text("upstream_host"), call)
                    + ":"
                    + fromEnvironment(arguments.text("upstream_port"), call))
            .put("enabled", arguments.or("enabled", Json.of(true)))
            .build();
    if (read(arguments, call) == null) {
      call.restoration().before("without proxy " + name, "DELETE", proxy(call, name), null);
    }
    return remember(
        name, call, call.http().send(Http.Request.json("POST", base(call) + "/proxies", body)));
  }

  private static String fromEnvironment(String value, Call call) {
    if (!value.startsWith("env:")) {
      return value;
    }
    String name = value.substring(4);
    String own = call.environment().get(name);
    String found = own == null ? call.surroundings().environment().get(name) : own;
    if (found == null) {
      throw new ActivityFailed("KeyError: '" + name + "'");
    }
    return found;
  }

  /** Where a proxy listens is left in the environment, for programs of later activities. */
  private static Json remember(String name, Call call, Http.Answer answer) {
    if (!answer.ok() || !(json(answer) instanceof Json.Obj proxy)) {
      throw new ActivityFailed(
          "AssertionError (Toxiproxy answered "
              + answer.status()
              + ": "
              + answer.text().strip()
              + ")");
    }
    String listen = Python.text(proxy.members().getOrDefault("listen", Json.Null.VALUE));
    call.environment().put(name + "_PORT", listen.substring(listen.lastIndexOf(':') + 1));
    return Json.of(true);
  }

  private static Json enable(Arguments arguments, Call call, boolean enabled) {
    return modify(arguments, call, Json.object().put("enabled", enabled).build());
  }

  private static Json modifyProxy(Arguments arguments, Call call) {
    Json.Builder body = Json.object();
    Map.of("listen", "listen_address", "upstream", "upstream_address", "enabled", "enabled")
        .forEach((key, argument) -> {
          if (arguments.given(argument)) {
            body.put(key, arguments.get(argument));
          }
        });
    return modify(arguments, call, body.build());
  }

  private static Json modify(Arguments arguments, Call call, Json.Obj body) {
    String name = arguments.text("proxy_name");
    if (read(arguments, call) instanceof Json.Obj now) {
      Json.Builder before = Json.object();
      body.members()
          .keySet()
          .forEach(key -> before.put(key, now.members().getOrDefault(key, Json.Null.VALUE)));
      call.restoration().before("proxy " + name, "POST", proxy(call, name), before.build());
    }
    return remember(
        name, call, call.http().send(Http.Request.json("POST", proxy(call, name), body)));
  }

  private static Json deleteProxy(Arguments arguments, Call call) {
    String name = arguments.text("proxy_name");
    if (read(arguments, call) instanceof Json.Obj now) {
      // undone the last first: the proxy, then each of its toxics
      for (Json toxic : now.array("toxics")) {
        call.restoration()
            .before("a toxic of proxy " + name, "POST", proxy(call, name) + "/toxics", toxic);
      }
      Json.Builder before = Json.object();
      List.of("name", "listen", "upstream", "enabled")
          .forEach(key -> before.put(key, now.members().getOrDefault(key, Json.Null.VALUE)));
      call.restoration().before("proxy " + name, "POST", base(call) + "/proxies", before.build());
    }
    call.http().send(Http.Request.json("DELETE", proxy(call, name), null));
    return Json.Null.VALUE;
  }

  private static Json attribute(Arguments arguments, Call call) {
    if (!(read(arguments, call) instanceof Json.Obj proxy)) {
      return Json.Null.VALUE;
    }
    Json value = proxy.members().get(arguments.text("attribute"));
    if (value == null) {
      throw new ActivityFailed("KeyError: '" + arguments.text("attribute") + "'");
    }
    return value;
  }
}
