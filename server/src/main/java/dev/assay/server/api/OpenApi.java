package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The interface as OpenAPI 3.1. Which operations and parameters there are is told by the routes
 * themselves, so that none is missing and none is there that is not; what they mean, their schemas
 * and examples are in {@code openapi-parts.json}, and a test sees that each has its part.
 */
@RestController
class OpenApi {

  private static final String PREFIX = "/api/v1/";
  private static final String OWN = PREFIX + "openapi.json";

  private final RequestMappingHandlerMapping routes;

  OpenApi(
      @org.springframework.beans.factory.annotation.Qualifier("requestMappingHandlerMapping")
          RequestMappingHandlerMapping routes) {
    this.routes = routes;
  }

  @GetMapping(path = OWN, produces = MediaType.APPLICATION_JSON_VALUE)
  String document() {
    Json.Obj parts = parts();
    Json.Obj described = parts.object("operations");
    Map<String, Map<String, Json>> paths = new TreeMap<>();
    routes
        .getHandlerMethods()
        .forEach((route, method) -> {
          for (String path : route.getPatternValues()) {
            for (RequestMethod verb : route.getMethodsCondition().getMethods()) {
              if (path.startsWith(PREFIX)) {
                Json part = described.members().get(verb.name() + " " + path);
                paths
                    .computeIfAbsent(path, _ -> new TreeMap<>())
                    .put(
                        verb.name().toLowerCase(Locale.ROOT),
                        operation(verb, path, method, part == null ? empty() : part.asObject()));
              }
            }
          }
        });
    Map<String, Json> all = new TreeMap<>();
    paths.forEach((path, verbs) -> all.put(path, new Json.Obj(verbs)));
    return JsonWriter.pretty(
        Json.object()
            .put("openapi", "3.1.0")
            .put("info", info())
            .put("servers", Json.array(List.of(Json.object().put("url", "/").build())))
            .put("security", Json.array(List.of(keyed())))
            .put("tags", tags(parts.object("tags")))
            .put("paths", new Json.Obj(all))
            .put("components", components(parts.object("schemas")))
            .build());
  }

  private static Json.Obj parts() {
    try (InputStream parts =
        Objects.requireNonNull(
            OpenApi.class.getResourceAsStream("openapi-parts.json"), "openapi-parts.json")) {
      return JsonReader.read(new String(parts.readAllBytes(), StandardCharsets.UTF_8)).asObject();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Json.Obj empty() {
    return Json.object().build();
  }

  private static Json info() {
    return Json.object()
        .put("title", "Assay")
        .put("version", "1")
        .put("description", "Projects, their runs and what they found.")
        .put(
            "license",
            Json.object().put("name", "Apache-2.0").put("identifier", "Apache-2.0").build())
        .build();
  }

  private static Json tags(Json.Obj tags) {
    List<Json> all = new ArrayList<>();
    tags.members()
        .forEach((name, description) ->
            all.add(Json.object().put("name", name).put("description", description).build()));
    return Json.array(all);
  }

  private static Json keyed() {
    return Json.object().put("key", Json.array(List.of())).build();
  }

  private static Json.Obj operation(
      RequestMethod verb, String path, HandlerMethod method, Json.Obj part) {
    String name =
        verb.name().toLowerCase(Locale.ROOT)
            + path.substring(PREFIX.length())
                .replaceAll("[{}]", "")
                .replaceAll("[^A-Za-z0-9]+", "-")
                .replaceAll("^", "-");
    Json.Builder operation =
        Json.object()
            .put("operationId", name)
            .putIfPresent("summary", part.findText("summary"))
            .putIfPresent("description", description(part))
            .put("parameters", Json.array(parameters(verb, method, part)));
    if (part.findText("tag") != null) {
      operation.put("tags", Json.array(List.of(Json.of(part.text("tag")))));
    }
    if (path.equals(OWN)) {
      operation.put("security", Json.array(List.of(empty())));
    }
    Json body = part.members().get("body");
    if (body != null) {
      operation.put("requestBody", body(body.asObject()));
    }
    return operation.put("responses", responses(part, path)).build();
  }

  private static @Nullable String description(Json.Obj part) {
    String said = part.findText("description");
    String scope = part.findText("scope");
    if (scope == null) {
      return said;
    }
    return (said == null ? "" : said + " ") + "Needs a key with the scope " + scope + ".";
  }

  private static Json body(Json.Obj body) {
    return Json.object()
        .put("required", true)
        .put("content", content(body.text("type"), body))
        .build();
  }

  private static Json content(String type, Json.Obj of) {
    Json.Builder media = Json.object();
    for (String member : List.of("schema", "example")) {
      Json value = of.members().get(member);
      if (value != null) {
        media.put(member, value);
      }
    }
    return Json.object().put(type, media.build()).build();
  }

  private static List<Json> parameters(RequestMethod verb, HandlerMethod method, Json.Obj part) {
    List<Json> parameters = new ArrayList<>();
    boolean idempotent = false;
    for (Parameter parameter : method.getMethod().getParameters()) {
      RequestParam query = parameter.getAnnotation(RequestParam.class);
      RequestHeader header = parameter.getAnnotation(RequestHeader.class);
      if (parameter.isAnnotationPresent(PathVariable.class)) {
        parameters.add(parameter(parameter.getName(), "path", true, parameter.getType(), part));
      } else if (query != null) {
        String name = query.name().isEmpty() ? parameter.getName() : query.name();
        parameters.add(parameter(name, "query", false, parameter.getType(), part));
      } else if (header != null) {
        idempotent |= header.name().equals(IdempotentRequests.HEADER);
      }
    }
    if (idempotent || IdempotentRequests.concerns(verb.name())) {
      parameters.add(
          Json.object()
              .put("$ref", "#/components/parameters/" + IdempotentRequests.HEADER)
              .build());
    }
    return parameters;
  }

  private static Json parameter(
      String name, String in, boolean required, Class<?> type, Json.Obj part) {
    Json known = part.members().get("parameters");
    return Json.object()
        .put("name", name)
        .put("in", in)
        .put("required", required)
        .putIfPresent("description", known == null ? null : known.asObject().findText(name))
        .put("schema", Json.object().put("type", word(type)).build())
        .build();
  }

  private static String word(Class<?> type) {
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "integer";
    }
    return type == boolean.class ? "boolean" : "string";
  }

  private static Json responses(Json.Obj part, String path) {
    Json answer = part.members().get("answer");
    Json.Builder responses = Json.object();
    if (answer != null) {
      Json.Obj given = answer.asObject();
      Json response =
          Json.object()
              .put("description", part.text("summary"))
              .put("content", content(given.text("type"), given))
              .build();
      responses.put(given.text("status"), response);
      if (!given.text("status").equals("200")) {
        responses.put("200", response);
      }
    }
    for (Answer refusal : Answer.values()) {
      if (!path.equals(OWN) || refusal == Answer.WRONG || refusal == Answer.BROKEN) {
        responses.put(
            refusal.status,
            Json.object().put("$ref", "#/components/responses/" + refusal.key()).build());
      }
    }
    return responses.build();
  }

  /** What else than what was asked for may be answered. */
  private enum Answer {
    UNKNOWN("401", "The key is missing, was revoked or has expired"),
    DENIED("403", "The key has not the scope"),
    MISSING("404", "There is no such thing, or it is of another project"),
    WRONG("4XX", "What is wrong with the request, and how to mend it"),
    OFTEN("429", "The key asks too often; Retry-After says when again"),
    AWAY("503", "What the server needs is away, such as its database or room on its disk"),
    BROKEN("5XX", "What is wrong with the server");

    private final String status;
    private final String description;

    Answer(String status, String description) {
      this.status = status;
      this.description = description;
    }

    String key() {
      return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    Json json() {
      Json reference = Json.object().put("$ref", "#/components/schemas/Problem").build();
      return Json.object()
          .put("description", description)
          .put(
              "content",
              Json.object()
                  .put("application/problem+json", Json.object().put("schema", reference).build())
                  .build())
          .build();
    }
  }

  private static Json components(Json.Obj schemas) {
    Json.Builder responses = Json.object();
    for (Answer refusal : Answer.values()) {
      responses.put(refusal.key(), refusal.json());
    }
    return Json.object()
        .put("schemas", schemas)
        .put("responses", responses.build())
        .put("parameters", Json.object().put(IdempotentRequests.HEADER, idempotencyKey()).build())
        .put(
            "securitySchemes",
            Json.object()
                .put(
                    "key",
                    Json.object()
                        .put("type", "http")
                        .put("scheme", "bearer")
                        .put("description", "A key of the project, made in its settings")
                        .build())
                .build())
        .build();
  }

  private static Json idempotencyKey() {
    return Json.object()
        .put("name", IdempotentRequests.HEADER)
        .put("in", "header")
        .put("required", false)
        .put(
            "description",
            "The same request with the same key is carried out once, and answered the same again"
                + " for a day; another request with it is answered by 422.")
        .put(
            "schema",
            Json.object()
                .put("type", "string")
                .put("maxLength", IdempotentRequests.LONGEST)
                .build())
        .build();
  }
}
