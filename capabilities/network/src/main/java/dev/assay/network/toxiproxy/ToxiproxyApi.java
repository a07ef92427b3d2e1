package dev.assay.network.toxiproxy;

import dev.assay.api.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Answers the requests of Toxiproxy 2.12's HTTP API: the same paths, bodies, status codes and
 * words. Not thread-safe: one thread, which may wait for sockets to open and close.
 */
final class ToxiproxyApi {

  /** What {@code GET /version} says: the version whose behaviour this is. */
  static final String VERSION = "2.12.0";

  private static final String JSON = "application/json";
  private static final String PLAIN = "text/plain; charset=utf-8";

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param contentType empty for none
   * @param body may be empty
   */
  record Answer(int status, String contentType, String body) {}

  private final ProxyCollection proxies;

  ToxiproxyApi(ProxyCollection proxies) {
    this.proxies = proxies;
  }

  /**
   * The answer to a request.
   *
   * @param path without its query
   * @param userAgent empty where there is none
   */
  Answer answer(String method, String path, String userAgent, String body) {
    List<String> segments = List.of(path.substring(Math.min(1, path.length())).split("/", -1));
    Set<String> allowed = methods(segments);
    if (allowed.isEmpty()) {
      return new Answer(404, PLAIN, "404 page not found\n");
    }
    if (!allowed.contains(method)) {
      return new Answer(405, "", "");
    }
    if (userAgent.startsWith("Mozilla/")) {
      return new Answer(403, PLAIN, "User agent not allowed\n");
    }
    try {
      return route(method, segments.stream().map(ToxiproxyApi::decoded).toList(), body);
    } catch (ApiFailure failure) {
      return failed(failure);
    }
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment;
    }
  }

  private static Set<String> methods(List<String> path) {
    if (path.contains("")) {
      return Set.of();
    }
    return switch (path.getFirst()) {
      case "proxies" ->
          switch (path.size()) {
            case 1 -> Set.of("GET", "POST");
            case 2 -> Set.of("GET", "POST", "PATCH", "DELETE");
            case 3 -> path.get(2).equals("toxics") ? Set.of("GET", "POST") : Set.of();
            case 4 ->
                path.get(2).equals("toxics") ? Set.of("GET", "POST", "PATCH", "DELETE") : Set.of();
            default -> Set.of();
          };
      case "populate", "reset" -> path.size() == 1 ? Set.of("POST") : Set.of();
      case "version", "metrics" -> path.size() == 1 ? Set.of("GET") : Set.of();
      default -> Set.of();
    };
  }

  private Answer route(String method, List<String> path, String body) {
    return switch (path.getFirst()) {
      case "version" ->
          new Answer(200, "application/json;charset=utf-8", "{\"version\": \"" + VERSION + "\"}\n");
      case "metrics" -> new Answer(200, PrometheusText.TYPE, PrometheusText.of(proxies.all()));
      case "reset" -> reset();
      case "populate" -> populate(body);
      default ->
          switch (path.size()) {
            case 1 -> method.equals("GET") ? index() : create(body);
            case 2 -> proxy(method, path.get(1), body);
            case 3 -> toxics(method, proxies.get(path.get(1)), body);
            default -> toxic(method, proxies.get(path.get(1)), path.get(3), body);
          };
    };
  }

  private Answer reset() {
    proxies.reset();
    return new Answer(204, "", "");
  }

  private Answer populate(String body) {
    Json.Builder answer = Json.object();
    int status = 201;
    ProxyCollection.Populated populated = proxies.populate(body);
    if (populated.failure().isPresent()) {
      ApiFailure failure = populated.failure().get();
      status = failure.status();
      answer.put("error", failure.title()).put("status", failure.status());
    }
    answer.put("proxies", Json.array(populated.proxies().stream().map(ToxicProxy::json).toList()));
    return new Answer(status, JSON, GoJson.write(answer.build()));
  }

  private Answer index() {
    Map<String, Json> all =
        proxies.all().stream()
            .collect(
                Collectors.toMap(
                    ToxicProxy::name, ToxicProxy::json, (one, other) -> one, TreeMap::new));
    return ok(new Json.Obj(all));
  }

  private Answer create(String body) {
    RequestBody read = RequestBody.read(body);
    ToxicProxy proxy = proxies.add(ProxyCollection.Wanted.read(read, ""));
    return new Answer(201, JSON, GoJson.write(proxy.json()));
  }

  private Answer proxy(String method, String name, String body) {
    return switch (method) {
      case "DELETE" -> {
        proxies.remove(name);
        yield new Answer(204, "", "");
      }
      case "GET" -> ok(proxies.get(name).json());
      default -> updated(proxies.get(name), body);
    };
  }

  private static Answer updated(ToxicProxy proxy, String body) {
    RequestBody read = RequestBody.read(body);
    proxy.update(
        read.text("listen", proxy.listen()),
        read.text("upstream", proxy.upstream()),
        read.flag("enabled", proxy.enabled()));
    return ok(proxy.json());
  }

  private static Answer toxics(String method, ToxicProxy proxy, String body) {
    if (method.equals("GET")) {
      return ok(Json.array(proxy.toxics().stream().map(Toxic::json).toList()));
    }
    return ok(proxy.addToxic(RequestBody.read(body)).json());
  }

  private static Answer toxic(String method, ToxicProxy proxy, String name, String body) {
    return switch (method) {
      case "DELETE" -> {
        proxy.removeToxic(name);
        yield new Answer(204, "", "");
      }
      case "GET" -> ok(proxy.toxic(name).json());
      default -> ok(proxy.changeToxic(name, body).json());
    };
  }

  private static Answer ok(Json value) {
    return new Answer(200, JSON, GoJson.write(value));
  }

  /** Errors are text/plain although they are JSON, as Go's {@code http.Error} makes them. */
  private static Answer failed(ApiFailure failure) {
    Json body = Json.object().put("error", failure.title()).put("status", failure.status()).build();
    return new Answer(failure.status(), PLAIN, GoJson.write(body) + "\n");
  }
}
