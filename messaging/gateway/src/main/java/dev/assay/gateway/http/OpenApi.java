package dev.assay.gateway.http;

import dev.assay.api.json.Json;
import dev.assay.gateway.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The API's own description, in OpenAPI 3.1. */
public final class OpenApi {

  private OpenApi() {}

  /** The document. */
  public static Json.Obj document() {
    Json.Builder paths = Json.object();
    paths.put("/v1/messages", path(messagesPost(), messagesGet()));
    one(
        paths,
        "/v1/messages/{id}",
        "getMessage",
        "A message, with all that happened to it",
        "Message",
        "id");
    one(
        paths,
        "/v1/routes/explain",
        "explainRoute",
        "Where a message to a number would go, and why; sends nothing",
        "Route",
        "?to",
        "?from");
    one(paths, "/v1/providers", "listProviders", "All channels, with their health", "Providers");
    paths.put("/v1/providers/{name}", providers());
    one(
        paths,
        "/v1/reports",
        "report",
        "Messages, parts and cost by provider, country and state",
        "Report",
        "?since");
    one(
        paths,
        "/v1/callbacks/dead",
        "listDeadLetters",
        "Callbacks that nobody tries any more",
        "DeadLetters",
        "?limit");
    paths.put(
        "/v1/callbacks/dead/{id}/retry",
        Json.object()
            .put(
                "post",
                operation("retryDeadLetter", "Tries a dead letter again", 202, "Kept", "id"))
            .build());
    one(
        paths,
        "/v1/orphans",
        "listOrphans",
        "Receipts of messages that are not known",
        "Orphans",
        "?limit");
    one(paths, "/v1/incoming", "listIncoming", "Messages from people", "Incoming", "?limit");
    one(paths, "/v1/audit", "listAudit", "What persons and keys did", "Audit", "?limit");
    paths.put(
        "/v1/recipients/{number}",
        Json.object()
            .put(
                "delete",
                operation(
                    "eraseRecipient",
                    "Forgets a number and what it was sent; what is not sent yet is not sent",
                    200,
                    "Erased",
                    "number"))
            .build());
    paths.put(
        "/v1/reload",
        Json.object()
            .put("post", operation("reload", "Reads the configuration again", 200, "Reloaded"))
            .build());
    one(
        paths,
        "/v1/messages/{id}/events",
        "getEvents",
        "The same as the message itself",
        "Message",
        "id");
    one(paths, "/v1/openapi.json", "describe", "This description", "Anything");
    one(paths, "/health", "health", "That it runs", "Anything");
    one(paths, "/ready", "ready", "Whether it takes messages", "Anything");
    one(paths, "/metrics", "metrics", "Figures, in the text format of Prometheus", "Anything");
    extensions(paths);
    return Json.object()
        .put("openapi", "3.1.0")
        .put(
            "info",
            Json.object()
                .put("title", "Assay gateway")
                .put("version", "1")
                .put("summary", "What is accepted is never lost.")
                .put(
                    "description",
                    "A message that was answered by 202 is on the disk. Sent again with the same"
                        + " Idempotency-Key, a request has its effect once.")
                .put(
                    "license",
                    Json.object().put("name", "Apache-2.0").put("identifier", "Apache-2.0").build())
                .build())
        .put("servers", Json.array(List.of(Json.object().put("url", "/").build())))
        .put(
            "security",
            Json.array(List.of(Json.object().put("key", Json.array(List.of())).build())))
        .put("paths", paths.build())
        .put("components", components())
        .build();
  }

  /** What the extensions that are always there answer. */
  private static void extensions(Json.Builder paths) {
    one(paths, "/v1/schedules", "listSchedules", "Messages for later", "Anything", "?after");
    one(paths, "/v1/schedules/{id}", "getSchedule", "One, with its next times", "Anything", "id");
    posts(paths, "/v1/schedules/preview", "previewSchedule", "When a plan would send");
    posts(paths, "/v1/schedules/{id}/pause", "pauseSchedule", "Pauses it", "id");
    posts(paths, "/v1/schedules/{id}/resume", "resumeSchedule", "Goes on with it", "id");
    posts(paths, "/v1/schedules/{id}/cancel", "cancelSchedule", "Ends it", "id");
    one(paths, "/v1/templates", "listTemplates", "Templates", "Anything");
    paths.put(
        "/v1/templates/{name}",
        Json.object()
            .put("get", operation("getTemplate", "Its versions", 200, "Anything", "name"))
            .put("post", sent(operation("draftTemplate", "A new one", 201, "Anything", "name")))
            .build());
    posts(paths, "/v1/templates/{name}/preview", "previewTemplate", "What it would say", "name");
    posts(
        paths,
        "/v1/templates/{name}/versions/{number}/approve",
        "approveTemplate",
        "Lets it be sent with",
        "name",
        "number");
    posts(
        paths,
        "/v1/templates/{name}/versions/{number}/retire",
        "retireTemplate",
        "Ends that",
        "name",
        "number");
    paths.put(
        "/v1/opt-outs",
        path(
            sent(operation("enterOptOut", "Enters what somebody said", 200, "Anything")),
            operation("listOptOuts", "What a number said", 200, "Anything", "?number")));
  }

  private static void posts(
      Json.Builder paths, String path, String id, String summary, String... parameters) {
    paths.put(
        path,
        Json.object()
            .put("post", sent(operation(id, summary, 200, "Anything", parameters)))
            .build());
  }

  /** With a body of JSON, which may be left out where nothing is to be said. */
  private static Json.Obj sent(Json.Obj operation) {
    Json.Builder with = Json.object();
    operation.members().forEach(with::put);
    Json content =
        Json.object()
            .put("application/json", Json.object().put("schema", reference("Anything")).build())
            .build();
    return with.put("requestBody", Json.object().put("content", content).build()).build();
  }

  private static Json.Obj path(Json.Obj post, Json.Obj get) {
    return Json.object().put("post", post).put("get", get).build();
  }

  private static void one(
      Json.Builder paths,
      String path,
      String id,
      String summary,
      String schema,
      String... parameters) {
    paths.put(
        path, Json.object().put("get", operation(id, summary, 200, schema, parameters)).build());
  }

  private static Json.Obj providers() {
    Json.Obj put =
        operation(
            "putProvider",
            "Adds or changes a provider while the gateway runs",
            200,
            "Reloaded",
            "name");
    Json.Builder with = Json.object();
    put.members().forEach(with::put);
    with.put("requestBody", body(reference("ProviderConfiguration")));
    return Json.object()
        .put("get", operation("getProvider", "A channel, with its health", 200, "Provider", "name"))
        .put("put", with.build())
        .put(
            "delete",
            operation(
                "removeProvider",
                "Takes a provider away; it finishes what it has",
                200,
                "Reloaded",
                "name"))
        .build();
  }

  private static Json.Obj messagesPost() {
    Json.Obj plain =
        operation(
            "sendMessages",
            "Accepts a message, or up to 10,000 of them, all or none",
            202,
            "Accepted");
    Json.Builder with = Json.object();
    plain.members().forEach(with::put);
    Json message = reference("NewMessage");
    Json many =
        Json.object()
            .put("type", "array")
            .put("minItems", 1)
            .put("maxItems", 10_000)
            .put("items", message)
            .build();
    with.put(
        "requestBody",
        body(Json.object().put("oneOf", Json.array(List.of(message, many))).build()));
    with.put(
        "parameters",
        Json.array(
            List.of(
                parameter(
                    "Idempotency-Key",
                    "header",
                    false,
                    "Any text of 1 to 200 characters, new for every new request"))));
    return with.build();
  }

  private static Json.Obj messagesGet() {
    return operation(
        "searchMessages",
        "Messages, the latest first",
        200,
        "Messages",
        "?to",
        "?reference",
        "?state",
        "?since",
        "?before",
        "?limit");
  }

  private static Json.Obj body(Json schema) {
    return Json.object()
        .put("required", true)
        .put(
            "content",
            Json.object()
                .put("application/json", Json.object().put("schema", schema).build())
                .build())
        .build();
  }

  private static Json.Obj operation(
      String id, String summary, int status, String schema, String... parameters) {
    List<Json> all = new ArrayList<>();
    for (String each : parameters) {
      boolean query = each.startsWith("?");
      all.add(
          parameter(
              query ? each.substring(1) : each, query ? "query" : "path", !query, describe(each)));
    }
    Json.Obj good =
        Json.object()
            .put("description", status == 202 ? "It is durable." : "As asked.")
            .put(
                "content",
                Json.object()
                    .put("application/json", Json.object().put("schema", reference(schema)).build())
                    .build())
            .build();
    Json.Builder operation =
        Json.object()
            .put("operationId", id)
            .put("summary", summary)
            .put(
                "responses",
                Json.object()
                    .put(Integer.toString(status), good)
                    .put("4XX", problem())
                    .put("default", problem())
                    .build());
    if (!all.isEmpty()) {
      operation.put("parameters", Json.array(all));
    }
    return operation.build();
  }

  private static Json problem() {
    return Json.object().put("$ref", "#/components/responses/Problem").build();
  }

  private static String describe(String parameter) {
    return switch (parameter) {
      case "?to" -> "A number in international form";
      case "?from" -> "A sender";
      case "?since" ->
          "A time such as 2026-03-01T10:00:00Z; the last seven days where it is missing";
      case "?before" -> "The `next` of the page before";
      case "?after" -> "The id of the last one of the page before";
      case "?number" -> "A number in international form";
      case "?limit" -> "At most so many, up to 1000";
      case "?state" -> "A state";
      case "?reference" -> "The client's own reference";
      default -> "Which one";
    };
  }

  private static Json.Obj parameter(String name, String in, boolean required, String description) {
    return Json.object()
        .put("name", name)
        .put("in", in)
        .put("required", required)
        .put("description", description)
        .put("schema", Json.object().put("type", "string").build())
        .build();
  }

  private static Json.Obj reference(String schema) {
    return Json.object().put("$ref", "#/components/schemas/" + schema).build();
  }

  private static Json.Obj components() {
    Json.Builder schemas = Json.object();
    schemas.put("NewMessage", newMessage());
    Json.Obj accepted = object("id:string", "state:string");
    schemas.put(
        "Accepted",
        Json.object()
            .put("oneOf", Json.array(List.of(accepted, list("messages", accepted))))
            .build());
    Json.Obj event =
        object("step:integer", "state:string", "at:string", "provider:string", "code:string");
    schemas.put("Message", message(event));
    schemas.put("Messages", list("messages", reference("Message")));
    schemas.put(
        "Route",
        object(
            "to:string",
            "country:string",
            "number:string",
            "network:string",
            "from:string",
            "why:string",
            "providers:array"));
    schemas.put(
        "Provider",
        object(
            "name:string",
            "kind:string",
            "ready:boolean",
            "draining:boolean",
            "circuit:string",
            "waiting:integer",
            "unanswered:integer",
            "most:integer",
            "rate:number",
            "health:number",
            "answers:number",
            "latency_ms:number",
            "deliveries:number",
            "smpp:string",
            "system_id:string",
            "sessions:integer",
            "sessions_wanted:integer",
            "window:integer",
            "trouble:string"));
    schemas.put("Providers", list("providers", reference("Provider")));
    schemas.put(
        "ProviderConfiguration",
        Json.object()
            .put("type", "object")
            .put("description", "As in gateway.yaml, under `providers`")
            .build());
    schemas.put(
        "Report",
        with(
            list(
                "lines",
                object(
                    "provider:string",
                    "country:string",
                    "state:string",
                    "messages:integer",
                    "parts:integer",
                    "cost:number")),
            "since:string",
            "currency:string"));
    schemas.put(
        "DeadLetters",
        list(
            "callbacks",
            object("id:integer", "message:string", "attempts:integer", "body:object")));
    schemas.put(
        "Orphans",
        list(
            "orphans",
            object(
                "provider:string",
                "provider_id:string",
                "state:string",
                "code:string",
                "at:string")));
    schemas.put(
        "Incoming",
        list(
            "messages",
            object("provider:string", "from:string", "to:string", "text:string", "at:string")));
    schemas.put(
        "Audit",
        list("entries", object("at:string", "who:string", "what:string", "detail:string")));
    schemas.put("Kept", object("id:integer"));
    schemas.put("Anything", type("object"));
    schemas.put("Erased", object("messages:integer"));
    schemas.put("Reloaded", object("status:string", "name:string"));
    schemas.put(
        "Problem",
        object(
            "type:string",
            "title:string",
            "status:integer",
            "detail:string",
            "code:string",
            "where:string",
            "mend:string"));
    Json.Obj problem =
        Json.object()
            .put("description", "Why not (RFC 9457).")
            .put(
                "content",
                Json.object()
                    .put(
                        "application/problem+json",
                        Json.object().put("schema", reference("Problem")).build())
                    .build())
            .build();
    return Json.object()
        .put("schemas", schemas.build())
        .put("responses", Json.object().put("Problem", problem).build())
        .put(
            "securitySchemes",
            Json.object()
                .put("key", Json.object().put("type", "http").put("scheme", "bearer").build())
                .build())
        .build();
  }

  private static Json.Obj message(Json.Obj event) {
    Json.Builder properties = Json.object();
    properties.put("id", type("string"));
    List<Json> states = Arrays.stream(State.values()).map(state -> Json.of(state.word())).toList();
    properties.put(
        "state", Json.object().put("type", "string").put("enum", Json.array(states)).build());
    for (String name :
        List.of(
            "key",
            "from",
            "to",
            "text",
            "accepted",
            "expires",
            "country",
            "provider",
            "currency",
            "code",
            "reference")) {
      properties.put(name, type("string"));
    }
    properties.put("parts", type("integer")).put("cost", type("number"));
    properties.put("events", Json.object().put("type", "array").put("items", event).build());
    return Json.object().put("type", "object").put("properties", properties.build()).build();
  }

  private static Json.Obj newMessage() {
    Json.Builder properties = Json.object();
    properties.put(
        "to",
        said(
            "string",
            "Whom it is for: a number in international form, or what the channel addresses"));
    properties.put(
        "from",
        said("string", "The sender, or a pool of them; the route's own where it is missing"));
    properties.put("text", said("string", "What it says"));
    properties.put(
        "channels",
        Json.object()
            .put("type", "array")
            .put("items", type("string"))
            .put("description", "Names or kinds of channels, in the order to try")
            .build());
    properties.put(
        "validity",
        Json.object()
            .put("type", Json.array(List.of(Json.of("integer"), Json.of("string"))))
            .put("description", "Seconds, or a duration such as 30m")
            .build());
    properties.put("reference", said("string", "The client's own, told with every status"));
    properties.put(
        "callback", said("string", "Where statuses go, below what is configured for the key"));
    properties.put(
        "receipt",
        said("boolean", "Whether what becomes of it is to be found out; true where it is missing"));
    properties.put(
        "properties",
        Json.object()
            .put("type", "object")
            .put("additionalProperties", type("string"))
            .put("description", "What only some channels know")
            .build());
    return Json.object()
        .put("type", "object")
        .put("required", Json.array(List.of(Json.of("to"))))
        .put("properties", properties.build())
        .build();
  }

  private static Json.Obj type(String name) {
    return Json.object().put("type", name).build();
  }

  private static Json.Obj said(String type, String description) {
    return Json.object().put("type", type).put("description", description).build();
  }

  private static Json.Obj object(String... members) {
    Json.Builder properties = Json.object();
    for (String member : members) {
      int colon = member.indexOf(':');
      properties.put(member.substring(0, colon), type(member.substring(colon + 1)));
    }
    return Json.object().put("type", "object").put("properties", properties.build()).build();
  }

  /** The same with more members. */
  private static Json.Obj with(Json.Obj schema, String... members) {
    Json.Builder properties = Json.object();
    schema.object("properties").members().forEach(properties::put);
    object(members).object("properties").members().forEach(properties::put);
    return Json.object().put("type", "object").put("properties", properties.build()).build();
  }

  private static Json.Obj list(String name, Json item) {
    Json.Obj array = Json.object().put("type", "array").put("items", item).build();
    return Json.object()
        .put("type", "object")
        .put("properties", Json.object().put(name, array).put("next", type("string")).build())
        .build();
  }
}
