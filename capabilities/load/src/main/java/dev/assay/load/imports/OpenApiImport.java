package dev.assay.load.imports;

import dev.assay.api.json.Json;
import dev.assay.api.value.Template;
import dev.assay.load.imports.WorkspaceDraft.Auth;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a description: OpenAPI 3.0 and 3.1, and Swagger 2. Every operation becomes a step. */
final class OpenApiImport {

  /**
   * An operation.
   *
   * @param path as described, with {@code {names}}
   * @param method upper case
   * @param item what is said of it
   * @param parameters its own and those of its path, references followed
   */
  record Operation(String path, String method, Item item, List<Item> parameters) {

    /** The path above its last segment, where that is a parameter. */
    String collection() {
      return path.replaceFirst("/\\{[^{}/]+}/?$", "");
    }
  }

  private final Item root;
  private final boolean swagger;
  private final WorkspaceDraft draft;
  private final References references;

  /** Path up to and with a parameter, such as /pets/{petId}, to the name that holds its value. */
  private final Map<String, String> known = new LinkedHashMap<>();

  /** Fields of bodies that have the value of a saved name: pet_id and petId as petid. */
  private final Map<String, String> fields = new LinkedHashMap<>();

  private final Set<String> madeUp = new LinkedHashSet<>();

  private OpenApiImport(Item root, WorkspaceDraft draft) {
    this.root = root;
    this.swagger = root.get("swagger").present();
    this.draft = draft;
    this.references = new References(root);
  }

  static WorkspaceDraft read(Source source, ImportOptions options) {
    Item root = Document.yaml(source).item();
    if (!root.get("openapi").present() && !root.get("swagger").present()) {
      throw ImportProblems.SHAPE.failure(
          root.place(),
          "this is no description: neither 'openapi' nor 'swagger' is there",
          "name an OpenAPI 3 or Swagger 2 file");
    }
    root.object("paths");
    String title = root.get("info").text("title", "");
    WorkspaceDraft draft =
        new WorkspaceDraft(
            "Imported from the description"
                + (title.isEmpty() ? "" : " '" + title + "'")
                + " in "
                + source.fileName()
                + " by `assay load import openapi`.",
            options.name());
    new OpenApiImport(root, draft).read(options);
    return draft;
  }

  private void read(ImportOptions options) {
    if (options.url() == null) {
      server();
    }
    List<Operation> operations = OperationOrder.of(operations());
    Map<String, String> sources = sources(operations);
    for (Operation operation : operations) {
      draft.add(request(operation, sources));
    }
    Bases.shareHeaders(draft);
    if (!madeUp.isEmpty()) {
      draft.tasks.add("values that no answer gives are made up: " + String.join(", ", madeUp));
    }
  }

  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.get("paths")
        .members()
        .forEach((path, written) -> {
          Item item = references.resolve(written);
          if (!path.startsWith("/")) {
            return;
          }
          item.members()
              .forEach((key, operation) -> {
                String method = key.toUpperCase(Locale.ROOT);
                if (RequestDraft.METHODS.contains(method) && operation.isObject()) {
                  operations.add(
                      new Operation(path, method, operation, parameters(item, operation)));
                } else if (method.equals("TRACE")) {
                  draft.notes.add("left out: TRACE " + path + ", which no step has");
                }
              });
        });
    return operations;
  }

  private List<Item> parameters(Item path, Item operation) {
    Map<String, Item> merged = new LinkedHashMap<>();
    for (Item of : List.of(path, operation)) {
      for (Item parameter : of.items("parameters")) {
        Item resolved = references.resolve(parameter);
        merged.put(resolved.text("in", "") + " " + resolved.text("name", ""), resolved);
      }
    }
    return List.copyOf(merged.values());
  }

  // --- where

  private void server() {
    String address = swagger ? swaggerServer() : openApiServer();
    Url url = Url.parse(address);
    if (url == null) {
      String path = address.startsWith("/") ? address : "";
      draft.url = Texts.literal(trimmed("http://127.0.0.1:8080" + Url.encoded(path, "")));
      draft.tasks.add("set `url`: the description names no server");
    } else {
      draft.url = Texts.literal(trimmed(url.origin() + (url.path().equals("/") ? "" : url.path())));
    }
  }

  private static String trimmed(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  private String openApiServer() {
    List<Item> servers = root.items("servers");
    if (servers.isEmpty()) {
      return "";
    }
    String url = servers.getFirst().text("url", "");
    for (Map.Entry<String, Item> variable :
        servers.getFirst().get("variables").members().entrySet()) {
      String value = variable.getValue().get("default").scalar();
      url = url.replace("{" + variable.getKey() + "}", value == null ? "" : value);
    }
    for (Item other : servers.subList(1, servers.size())) {
      draft.notes.add("another server of the description: " + other.text("url", ""));
    }
    return url;
  }

  private String swaggerServer() {
    String host = root.text("host", "");
    String path = root.text("basePath", "");
    if (host.isEmpty()) {
      return path;
    }
    List<String> schemes =
        root.items("schemes").stream().map(Item::scalar).filter("https"::equals).toList();
    String scheme = schemes.isEmpty() && root.get("schemes").isArray() ? "http" : "https";
    return scheme + "://" + host + path;
  }

  // --- which values come from which answer

  /** For each operation that answers with the key of a thing: what its paths need. */
  private Map<String, String> sources(List<Operation> operations) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (Operation operation : operations) {
      String path = operation.path();
      int open = path.indexOf('{');
      while (open >= 0) {
        int close = path.indexOf('}', open);
        if (close < 0) {
          break;
        }
        boolean segment =
            path.charAt(open - 1) == '/'
                && (close + 1 == path.length() || path.charAt(close + 1) == '/');
        String prefix = path.substring(0, close + 1);
        if (segment && !known.containsKey(prefix)) {
          String name = path.substring(open + 1, close);
          source(operations, prefix, path.substring(0, open - 1), name, sources);
        }
        open = path.indexOf('{', close);
      }
    }
    return sources;
  }

  private void source(
      List<Operation> operations,
      String prefix,
      String collection,
      String parameter,
      Map<String, String> sources) {
    for (String method : List.of("POST", "GET")) {
      for (Operation operation : operations) {
        if (operation.method().equals(method) && trimmed(operation.path()).equals(collection)) {
          String selector = AnswerKey.find(answer(operation), parameter, collection);
          if (selector != null) {
            String name = draft.unused(variable(parameter, collection));
            known.put(prefix, name);
            fields.putIfAbsent(folded(name), name);
            sources.merge(
                key(operation), name + "\n" + selector, (one, other) -> one + "\n" + other);
            return;
          }
        }
      }
    }
  }

  private static String key(Operation operation) {
    return operation.method() + " " + operation.path();
  }

  /** {@code {id}} below /pets is pet_id; a name that says more stays. */
  private static String variable(String parameter, String collection) {
    if (parameter.length() > 4) {
      return Texts.word(parameter);
    }
    String last = collection.substring(collection.lastIndexOf('/') + 1);
    return Texts.word(AnswerValues.singular(last)) + "_" + Texts.word(parameter);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** An example of what an operation answers when it succeeds. */
  private Json answer(Operation operation) {
    String status = status(operation);
    if (status == null) {
      return Json.Null.VALUE;
    }
    Item responses = operation.item().get("responses");
    Item response = references.resolve(response(responses, status));
    if (swagger) {
      Json given = null;
      for (Map.Entry<String, Item> example : response.get("examples").members().entrySet()) {
        given = example.getKey().contains("json") ? example.getValue().value() : given;
      }
      return given != null
          ? given
          : response.get("schema").isObject()
              ? new ExampleValues(references, true).of(response.get("schema"), "")
              : Json.Null.VALUE;
    }
    for (Map.Entry<String, Item> media : response.get("content").members().entrySet()) {
      if (BodyReader.isJson(BodyReader.mime(media.getKey())) || media.getKey().equals("*/*")) {
        return new ExampleValues(references, true).ofMedia(media.getValue(), "");
      }
    }
    return Json.Null.VALUE;
  }

  private static Item response(Item responses, String status) {
    Item exact = responses.get(status);
    return exact.present() ? exact : responses.get(status.toUpperCase(Locale.ROOT));
  }

  /** The lowest status of success that is described; null where none is. */
  private static @Nullable String status(Operation operation) {
    String best = null;
    for (String status : operation.item().get("responses").members().keySet()) {
      String lower = status.toLowerCase(Locale.ROOT);
      if (lower.matches("[23]\\d\\d|2xx") && (best == null || lower.compareTo(best) < 0)) {
        best = lower;
      }
    }
    return best;
  }

  // --- requests

  private RequestDraft request(Operation operation, Map<String, String> sources) {
    List<Field> headers = new ArrayList<>();
    List<Field> query = new ArrayList<>();
    for (Item parameter : operation.parameters()) {
      if (parameter.isTrue("required")) {
        parameter(parameter, query, headers);
      }
    }
    security(operation, query, headers);
    Target target = new Target(null, path(operation), query);
    RequestDraft request = RequestDraft.of(operation.method(), target, headers, null);
    request = body(request, operation).expecting(status(operation));
    String id = operation.item().text("operationId", "");
    if (!id.isEmpty()) {
      request = request.named(id);
    }
    if (operation.item().isTrue("deprecated")) {
      request = request.commented("deprecated");
    }
    String[] saves = sources.getOrDefault(key(operation), "").split("\n");
    for (int i = 0; i + 1 < saves.length; i += 2) {
      request = request.saving(saves[i], saves[i + 1]);
    }
    return request;
  }

  private Template path(Operation operation) {
    List<Template.Part> parts = new ArrayList<>();
    String path = operation.path();
    int from = 0;
    for (int open = path.indexOf('{'); open >= 0; open = path.indexOf('{', from)) {
      int close = path.indexOf('}', open);
      if (close < 0) {
        break;
      }
      parts.add(new Template.Literal(Url.encoded(path.substring(from, open), "[]")));
      String name = known.get(path.substring(0, close + 1));
      if (name != null) {
        parts.add(new Template.Name(name));
      } else {
        parts.add(
            new Template.Literal(encoded(madeUp(operation, path.substring(open + 1, close)))));
      }
      from = close + 1;
    }
    parts.add(new Template.Literal(Url.encoded(path.substring(from), "[]")));
    return Texts.of(parts);
  }

  private String madeUp(Operation operation, String name) {
    for (Item parameter : operation.parameters()) {
      if (parameter.text("in", "").equals("path") && parameter.text("name", "").equals(name)) {
        boolean given =
            new ExampleValues(references, false).given(parameter) != null
                || parameter.get("schema").get("example").present();
        if (!given) {
          madeUp.add("{" + name + "}");
        }
        return text(value(parameter));
      }
    }
    madeUp.add("{" + name + "}");
    return "1";
  }

  private static String encoded(String text) {
    return FormText.encoded(text).replace("+", "%20");
  }

  private void parameter(Item parameter, List<Field> query, List<Field> headers) {
    String name = parameter.text("name", "");
    String value = text(value(parameter));
    switch (parameter.text("in", "")) {
      case "query" -> {
        String secret =
            Credentials.secretField(name)
                ? draft.secret(name, "the parameter '" + name + "'")
                : null;
        query.add(
            new Field(
                encoded(name),
                secret == null ? Texts.literal(encoded(value)) : Texts.name(secret)));
      }
      case "header" -> {
        boolean own = name.matches("(?i)accept|content-type|authorization");
        if (!own && HeaderRules.sendable(name, value) && !HeaderRules.ofTheConnection(name)) {
          headers.add(new Field(name, Texts.literal(value)));
        }
      }
      case "cookie" -> headers.add(new Field("Cookie", Texts.literal(name + "=" + encoded(value))));
      default -> {}
    }
  }

  private Json value(Item parameter) {
    ExampleValues examples = new ExampleValues(references, false);
    String name = parameter.text("name", "");
    Item vendor = parameter.get("x-example");
    if (vendor.present()) {
      return vendor.value();
    }
    if (parameter.get("schema").isObject() || examples.given(parameter) != null) {
      return examples.ofMedia(parameter, name);
    }
    for (Item media : parameter.get("content").members().values()) {
      return examples.ofMedia(media, name);
    }
    return examples.of(parameter, name);
  }

  /** A value in an address or header; of a list its first item. */
  private static String text(Json value) {
    return switch (value) {
      case Json.Text text -> text.value();
      case Json.Array array when !array.items().isEmpty() -> text(array.items().getFirst());
      case Json.Null _ -> "";
      default -> dev.assay.api.json.JsonWriter.canonical(value);
    };
  }

  // --- bodies

  private RequestDraft body(RequestDraft request, Operation operation) {
    if (swagger) {
      return swaggerBody(request, operation);
    }
    Map<String, Item> content =
        references.resolve(operation.item().get("requestBody")).get("content").members();
    String type = preferred(content.keySet());
    if (type == null) {
      return request;
    }
    Item media = content.getOrDefault(type, root);
    return body(
        request,
        type,
        new ExampleValues(references, false).ofMedia(media, ""),
        media.get("schema"));
  }

  private static @Nullable String preferred(Set<String> types) {
    for (String wanted :
        List.of(
            "application/json",
            ".*[+/]json.*",
            "application/x-www-form-urlencoded.*",
            "multipart/form-data.*",
            "text/.*",
            ".*")) {
      for (String type : types) {
        if (type.matches("(?i)" + wanted)) {
          return type;
        }
      }
    }
    return null;
  }

  private RequestDraft swaggerBody(RequestDraft request, Operation operation) {
    Map<String, Json> form = new LinkedHashMap<>();
    for (Item parameter : operation.parameters()) {
      String in = parameter.text("in", "");
      if (in.equals("body")) {
        Set<String> types = new LinkedHashSet<>();
        for (Item of : List.of(operation.item(), root)) {
          of.items("consumes").forEach(type -> types.add(String.valueOf(type.scalar())));
        }
        String type = types.isEmpty() ? "application/json" : preferred(types);
        Json value = new ExampleValues(references, false).of(parameter.get("schema"), "");
        return body(
            request, type == null ? "application/json" : type, value, parameter.get("schema"));
      }
      if (in.equals("formData")) {
        form.put(parameter.text("name", ""), value(parameter));
      }
    }
    if (form.isEmpty()) {
      return request;
    }
    boolean file =
        operation.parameters().stream().anyMatch(one -> one.text("type", "").equals("file"));
    return body(
        request,
        file ? "multipart/form-data" : "application/x-www-form-urlencoded",
        new Json.Obj(form),
        root.get(""));
  }

  private RequestDraft body(RequestDraft request, String type, Json value, Item schema) {
    String mime = BodyReader.mime(type);
    if (BodyReader.isJson(mime) || mime.equals("*/*")) {
      RequestDraft typed =
          mime.equals("application/json") || mime.equals("*/*") ? request : typed(request, mime);
      return known(typed, RequestDraft.quoted(value));
    }
    if (mime.equals("application/x-www-form-urlencoded") && value instanceof Json.Obj form) {
      return request.with(new Payload.OfForm(formFields(form)));
    }
    if (mime.equals("multipart/form-data") && value instanceof Json.Obj form) {
      return request.with(new Payload.OfMultipart(parts(form, references.resolve(schema))));
    }
    if (value instanceof Json.Text text && mime.startsWith("text/")) {
      return typed(request, mime).with(new Payload.OfText(Texts.literal(text.value())));
    }
    String path = draft.file("body.bin", text(value).getBytes(StandardCharsets.UTF_8));
    draft.tasks.add(
        "write the body of "
            + request.method()
            + " "
            + request.target().resource().source()
            + " ("
            + mime
            + ") into '"
            + path
            + "'");
    return typed(request, mime).with(new Payload.OfFile(path));
  }

  private static RequestDraft typed(RequestDraft request, String mime) {
    List<Field> headers = new ArrayList<>(request.headers());
    headers.add(new Field("Content-Type", Texts.literal(mime)));
    return request.with(headers);
  }

  /** A body in which fields that name a thing made before have its key. */
  private RequestDraft known(RequestDraft request, Json quoted) {
    RequestDraft named =
        request
            .with(new Payload.OfJson(quoted))
            .mapTexts((spot, key, text) -> {
              String name = spot == RequestDraft.Spot.FIELD ? saved(key) : null;
              return name == null ? text : Texts.name(name);
            });
    if (!(named.payload() instanceof Payload.OfJson json)) {
      return named;
    }
    return named.with(new Payload.OfJson(JsonNumbers.mark(json.value(), (key, _) -> saved(key))));
  }

  /** The name that an earlier step saves for a field. */
  private @Nullable String saved(String field) {
    String name = field.length() > 4 ? fields.get(folded(field)) : null;
    boolean before =
        name != null
            && draft.requests().stream().anyMatch(request -> request.saves().containsKey(name));
    return before ? name : null;
  }

  private static List<Field> formFields(Json.Obj form) {
    List<Field> fields = new ArrayList<>();
    form.members()
        .forEach((name, value) -> fields.add(new Field(name, Texts.literal(text(value)))));
    return fields;
  }

  private List<Payload.Part> parts(Json.Obj form, Item schema) {
    List<Payload.Part> parts = new ArrayList<>();
    form.members()
        .forEach((name, value) -> {
          Item property = references.resolve(schema.get("properties").get(name));
          boolean file =
              property.text("format", "").matches("binary|byte")
                  || property.get("contentMediaType").present()
                  || text(value).equals("assay");
          if (file) {
            String path = draft.file(name + ".bin", "assay\n".getBytes(StandardCharsets.UTF_8));
            draft.tasks.add("the file '" + path + "' is made up");
            parts.add(new Payload.Part(name, null, path, "application/octet-stream"));
          } else {
            parts.add(new Payload.Part(name, Texts.literal(text(value)), null, null));
          }
        });
    return parts;
  }

  // --- who

  private void security(Operation operation, List<Field> query, List<Field> headers) {
    Item own = operation.item().get("security");
    Item all = own.isArray() ? own : root.get("security");
    if (!all.isArray()) {
      return;
    }
    Item schemes =
        swagger ? root.get("securityDefinitions") : root.get("components").get("securitySchemes");
    for (Item requirement : all.items()) {
      if (!requirement.members().isEmpty()) {
        requirement
            .members()
            .keySet()
            .forEach(name -> scheme(name, references.resolve(schemes.get(name)), query, headers));
        return;
      }
    }
  }

  private void scheme(String name, Item scheme, List<Field> query, List<Field> headers) {
    String type = scheme.text("type", "");
    boolean basic =
        type.equals("basic")
            || type.equals("http") && scheme.text("scheme", "").equalsIgnoreCase("basic");
    if (basic) {
      draft.auth =
          new Auth.Basic(
              Texts.name(once("user", "the user of the security scheme '" + name + "'")),
              Texts.name(once("password", "the password of the security scheme '" + name + "'")));
    } else if (type.equals("apiKey")) {
      apiKey(name, scheme, query, headers);
    } else if (type.equals("http") || type.equals("oauth2") || type.equals("openIdConnect")) {
      draft.auth =
          new Auth.Bearer(
              Texts.name(
                  once("token", "a token of the security scheme '" + name + "' (" + type + ")")));
    } else {
      String note = "the security scheme '" + name + "' is not carried over";
      if (!draft.notes.contains(note)) {
        draft.notes.add(note);
      }
    }
  }

  private void apiKey(String name, Item scheme, List<Field> query, List<Field> headers) {
    String field = scheme.text("name", "X-API-Key");
    Template key = Texts.name(once(name, "the security scheme '" + name + "', sent as " + field));
    switch (scheme.text("in", "header")) {
      case "query" -> query.add(new Field(encoded(field), key));
      case "cookie" ->
          headers.add(new Field("Cookie", Texts.join(Texts.literal(field + "="), key)));
      default -> {
        if (HeaderRules.sendable(field, "")) {
          headers.add(new Field(field, key));
        }
      }
    }
  }

  private String once(String wish, String what) {
    String word = Texts.word(wish).toLowerCase(Locale.ROOT);
    return draft.secrets.containsKey(word) ? "secret." + word : draft.secret(word, what);
  }
}
