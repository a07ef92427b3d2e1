package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
 * The interface as OpenAPI 3.1, made of the routes themselves, so that none is missing and none is
 * there that is not.
 */
@RestController
class OpenApi {

  private static final String PREFIX = "/api/v1/";

  private final RequestMappingHandlerMapping routes;

  OpenApi(
      @org.springframework.beans.factory.annotation.Qualifier("requestMappingHandlerMapping")
          RequestMappingHandlerMapping routes) {
    this.routes = routes;
  }

  @GetMapping(path = "/api/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
  String document() {
    Map<String, Map<String, Json>> paths = new TreeMap<>();
    routes
        .getHandlerMethods()
        .forEach((route, method) -> {
          for (String path : route.getPatternValues()) {
            for (RequestMethod verb : route.getMethodsCondition().getMethods()) {
              if (path.startsWith(PREFIX)) {
                paths
                    .computeIfAbsent(path, _ -> new TreeMap<>())
                    .put(verb.name().toLowerCase(Locale.ROOT), operation(verb, path, method));
              }
            }
          }
        });
    Map<String, Json> described = new TreeMap<>();
    paths.forEach((path, verbs) -> described.put(path, new Json.Obj(verbs)));
    return JsonWriter.pretty(
        Json.object()
            .put("openapi", "3.1.0")
            .put(
                "info",
                Json.object()
                    .put("title", "Assay")
                    .put("version", "1")
                    .put("description", "Projects, their runs and what they found.")
                    .put(
                        "license",
                        Json.object()
                            .put("name", "Apache-2.0")
                            .put("identifier", "Apache-2.0")
                            .build())
                    .build())
            .put("servers", Json.array(List.of(Json.object().put("url", "/").build())))
            .put("security", Json.array(List.of(keyed())))
            .put("paths", new Json.Obj(described))
            .put("components", components())
            .build());
  }

  private static Json keyed() {
    return Json.object().put("key", Json.array(List.of())).build();
  }

  private static Json.Obj operation(RequestMethod verb, String path, HandlerMethod method) {
    String name =
        verb.name().toLowerCase(Locale.ROOT)
            + path.substring(PREFIX.length())
                .replaceAll("[{}]", "")
                .replaceAll("[^A-Za-z0-9]+", "-")
                .replaceAll("^", "-");
    Json.Builder operation =
        Json.object()
            .put("operationId", name)
            .put("summary", summary(verb, path))
            .put("parameters", Json.array(parameters(method)));
    if (path.equals("/api/v1/openapi.json")) {
      operation.put("security", Json.array(List.of(Json.object().build())));
    }
    boolean body = verb == RequestMethod.POST || verb == RequestMethod.PUT;
    if (body) {
      operation.put(
          "requestBody",
          Json.object()
              .put("required", true)
              .put(
                  "content",
                  Json.object().put("application/octet-stream", Json.object().build()).build())
              .build());
    }
    return operation.put("responses", responses()).build();
  }

  private static String summary(RequestMethod verb, String path) {
    String rest = path.replaceFirst("/api/v1/(projects/\\{project}/)?", "").replaceAll("[{}]", "");
    return switch (verb) {
          case GET -> "Gives ";
          case POST -> "Sends ";
          case PUT -> "Puts ";
          case DELETE -> "Removes ";
          default -> verb.name() + " ";
        }
        + rest.replace('/', ' ');
  }

  private static List<Json> parameters(HandlerMethod method) {
    List<Json> parameters = new ArrayList<>();
    for (Parameter parameter : method.getMethod().getParameters()) {
      if (parameter.isAnnotationPresent(PathVariable.class)) {
        parameters.add(parameter(parameter.getName(), "path", true, parameter.getType()));
      } else if (parameter.isAnnotationPresent(RequestParam.class)) {
        parameters.add(parameter(parameter.getName(), "query", false, parameter.getType()));
      } else {
        RequestHeader header = parameter.getAnnotation(RequestHeader.class);
        if (header != null) {
          parameters.add(parameter(header.name(), "header", false, parameter.getType()));
        }
      }
    }
    return parameters;
  }

  private static Json parameter(String name, String in, boolean required, Class<?> type) {
    boolean number = type == int.class || type == long.class;
    return Json.object()
        .put("name", name)
        .put("in", in)
        .put("required", required)
        .put("schema", Json.object().put("type", number ? "integer" : "string").build())
        .build();
  }

  private static Json responses() {
    return Json.object()
        .put("200", answer("What was asked for", "application/json"))
        .put("4XX", problem("What is wrong with the request, and how to mend it"))
        .put("5XX", problem("What is wrong with the server"))
        .build();
  }

  private static Json answer(String description, String type) {
    return Json.object()
        .put("description", description)
        .put("content", Json.object().put(type, Json.object().build()).build())
        .build();
  }

  private static Json problem(String description) {
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

  private static Json components() {
    Json.Builder members = Json.object();
    for (String name : List.of("type", "title", "detail", "code", "mend")) {
      members.put(name, Json.object().put("type", "string").build());
    }
    members.put("status", Json.object().put("type", "integer").build());
    return Json.object()
        .put(
            "schemas",
            Json.object()
                .put(
                    "Problem",
                    Json.object()
                        .put("type", "object")
                        .put("description", "A problem (RFC 9457)")
                        .put("properties", members.build())
                        .build())
                .build())
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
}
