package dev.assay.load.imports;

import dev.assay.api.json.Json;
import dev.assay.api.value.Template;
import dev.assay.load.imports.WorkspaceDraft.Auth;
import dev.assay.load.imports.WorkspaceDraft.Heading;
import dev.assay.load.imports.WorkspaceDraft.Variable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a Postman collection, format 2.1 (2.0 is the same but for lists that are maps there). */
final class PostmanImport {

  private static final int DEEPEST = 30;
  private static final int MOST_COMMENTS = 12;
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([^{}]{1,100}?)\\s*}}");

  private final WorkspaceDraft draft;
  private final BodyReader bodies;

  /** Variables of the collection by Postman's name. */
  private final Map<String, Template> declared = new LinkedHashMap<>();

  private final Map<String, String> words = new LinkedHashMap<>();
  private final Set<String> saved = new LinkedHashSet<>();
  private final Set<String> marked = new LinkedHashSet<>();
  private final Set<String> made = new LinkedHashSet<>();

  private PostmanImport(WorkspaceDraft draft) {
    this.draft = draft;
    this.bodies = new BodyReader(draft);
  }

  static WorkspaceDraft read(Source source, ImportOptions options) {
    Item root = Document.json(source).item();
    Item collection = root.get("collection").isObject() ? root.get("collection") : root;
    if (!collection.get("item").isArray() || !collection.get("info").isObject()) {
      throw ImportProblems.SHAPE.failure(
          collection.place(),
          collection.get("requests").present()
              ? "this is a collection of version 1"
              : "this is no Postman collection: 'info' or 'item' is missing",
          "export the collection again as version 2.1");
    }
    String title = collection.get("info").text("name", "");
    WorkspaceDraft draft =
        new WorkspaceDraft(
            "Imported from the Postman collection"
                + (title.isEmpty() ? "" : " '" + title + "'")
                + " in "
                + source.fileName()
                + " by `assay load import postman`.",
            options.name());
    new PostmanImport(draft).read(collection);
    return draft;
  }

  private void read(Item collection) {
    for (Item variable : collection.items("variable")) {
      String key = variable.text("key", variable.text("id", ""));
      String value = variable.get("value").scalar();
      if (!key.isEmpty() && !variable.isTrue("disabled")) {
        declared.put(key, template(value == null ? "" : value));
        if (variable.text("type", "").equals("secret")
            || value != null && Credentials.isToken(value)) {
          marked.add(key);
        }
      }
    }
    collectSaves(collection, 0);
    folder(collection, collection.get("auth"), "", 0);
    Bases.settle(draft);
    base();
    declareVariables();
    Credentials.hide(draft);
    Bases.shareHeaders(draft);
    if (!made.isEmpty()) {
      draft.notes.add("made anew for each pass by the feeder 'made': " + String.join(", ", made));
    }
  }

  /** What any script keeps has its value from there, and is no variable of the workspace. */
  private void collectSaves(Item folder, int depth) {
    for (Item item : depth > DEEPEST ? List.<Item>of() : folder.items("item")) {
      script(item, "test").saves().keySet().forEach(saved::add);
      if (item.get("item").isArray()) {
        collectSaves(item, depth + 1);
      }
    }
  }

  private void folder(Item folder, Item auth, String path, int depth) {
    if (depth > DEEPEST) {
      throw ImportProblems.TOO_LARGE.failure(
          folder.place(),
          "folders are nested deeper than " + DEEPEST,
          "move the requests further up");
    }
    for (Item item : folder.items("item")) {
      Item own = item.get("auth").isObject() ? item.get("auth") : auth;
      if (item.get("item").isArray()) {
        String name = path + (path.isEmpty() ? "" : " / ") + item.text("name", "folder");
        draft.steps.add(new Heading(name));
        scripts(name, item);
        folder(item, own, name, depth + 1);
      } else if (item.get("request").present()) {
        request(item, own);
      }
    }
  }

  private void scripts(String name, Item item) {
    for (String listen : List.of("prerequest", "test")) {
      List<String> rest = lines(item, listen);
      if (!rest.isEmpty()) {
        draft.notes.add("left out: the " + listen + " script of the folder '" + name + "'");
      }
    }
  }

  private void request(Item item, Item inherited) {
    Item request = item.get("request");
    String name = item.text("name", "request");
    if (request.isText()) {
      Target target = target(request, request);
      draft.add(RequestDraft.of("GET", target, List.of(), null).named(name));
      return;
    }
    String method = request.text("method", "GET").toUpperCase(Locale.ROOT);
    if (!RequestDraft.METHODS.contains(method)) {
      draft.notes.add(
          "left out: '" + name + "', as a step has no method " + YamlText.comment(method));
      return;
    }
    Item auth = request.get("auth").isObject() ? request.get("auth") : inherited;
    RequestDraft bare =
        RequestDraft.of(method, target(request.get("url"), request), headers(request), null)
            .named(name);
    RequestDraft whole = authorized(body(bare, request.get("body")), auth);
    draft.add(scripted(whole, item));
  }

  private RequestDraft scripted(RequestDraft request, Item item) {
    PostmanScript test = script(item, "test");
    RequestDraft scripted = request.expecting(test.status());
    for (Map.Entry<String, String> save : test.saves().entrySet()) {
      scripted = scripted.saving(word(save.getKey()), save.getValue());
    }
    scripted = commented(scripted, "prerequest", lines(item, "prerequest"));
    return commented(scripted, "test", test.rest());
  }

  private static RequestDraft commented(RequestDraft request, String kind, List<String> lines) {
    if (lines.isEmpty()) {
      return request;
    }
    RequestDraft commented = request.commented("not carried over from its " + kind + " script:");
    for (String line : lines.subList(0, Math.min(MOST_COMMENTS, lines.size()))) {
      commented = commented.commented("  " + Credentials.masked(line));
    }
    return lines.size() > MOST_COMMENTS
        ? commented.commented("  … and " + (lines.size() - MOST_COMMENTS) + " more lines")
        : commented;
  }

  private static PostmanScript script(Item item, String listen) {
    return PostmanScript.of(lines(item, listen));
  }

  private static List<String> lines(Item item, String listen) {
    List<String> lines = new ArrayList<>();
    if (!item.get("event").isArray()) {
      return lines;
    }
    for (Item event : item.items("event")) {
      if (event.text("listen", "").equals(listen)) {
        Item exec = event.get("script").get("exec");
        if (exec.isText()) {
          event.get("script").text("exec").lines().forEach(lines::add);
        } else if (exec.isArray()) {
          exec.items()
              .forEach(line -> {
                String text = line.scalar();
                lines.add(text == null ? "" : text);
              });
        }
      }
    }
    lines.removeIf(String::isBlank);
    return lines;
  }

  // --- names

  private Template template(String text) {
    List<Template.Part> parts = new ArrayList<>();
    Matcher variable = VARIABLE.matcher(text);
    int from = 0;
    while (variable.find()) {
      parts.add(new Template.Literal(text.substring(from, variable.start())));
      String name = variable.group(1);
      parts.addAll(name.startsWith("$") ? generated(name.substring(1)) : named(name));
      from = variable.end();
    }
    parts.add(new Template.Literal(text.substring(from)));
    return Texts.of(parts);
  }

  private List<? extends Template.Part> named(String name) {
    return List.of(new Template.Name(word(name)));
  }

  private String word(String name) {
    return words.computeIfAbsent(name, wish -> draft.unused(Texts.word(wish)));
  }

  /** Postman's dynamic variables. */
  private List<? extends Template.Part> generated(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String generator = PostmanVariables.generator(lower);
    String column = Texts.word(name);
    draft.generated.put(column, generator);
    made.add("{{$" + name + "}}");
    return List.of(new Template.Name("made." + column));
  }

  // --- addresses

  private Target target(Item url, Item request) {
    String raw = url.isText() ? String.valueOf(url.scalar()) : url.text("raw", assembled(url));
    Map<String, Template> inPath = new LinkedHashMap<>();
    for (Item variable : url.items("variable")) {
      String value = variable.get("value").scalar();
      inPath.put(variable.text("key", ""), template(value == null ? "" : value));
    }
    Placeholders names = new Placeholders();
    String hidden = names.hide(template(raw.strip()));
    boolean variableBase = raw.strip().startsWith("{{");
    Url parsed = Url.parse(hidden.contains("://") ? hidden : "http://" + hidden);
    if (parsed == null) {
      throw ImportProblems.ADDRESS.failure(
          url.present() ? url.place() : request.place(),
          "'" + YamlText.comment(raw) + "' is no http or https address",
          "write it whole in Postman, or with a variable at its beginning, and export again");
    }
    Template origin = names.show(variableBase ? parsed.authority() : parsed.origin());
    Template path = names.show(parsed.path());
    for (Map.Entry<String, Template> one : inPath.entrySet()) {
      path = withSegment(path, ":" + one.getKey(), one.getValue());
    }
    List<Field> query =
        Url.parameters(parsed.query()).stream()
            .map(field ->
                new Field(
                    Texts.plain(names.show(field.name())), names.show(Texts.plain(field.value()))))
            .toList();
    return new Target(origin, path, query);
  }

  /** Replaces a segment such as {@code :id}. */
  private static Template withSegment(Template path, String segment, Template value) {
    return Texts.mapLiterals(
        path,
        text -> {
          List<Template.Part> parts = new ArrayList<>();
          int from = 0;
          for (int at = text.indexOf(segment); at >= 0; at = text.indexOf(segment, at + 1)) {
            int end = at + segment.length();
            boolean whole =
                at > 0
                    && text.charAt(at - 1) == '/'
                    && (end == text.length() || "/.".indexOf(text.charAt(end)) >= 0);
            if (whole) {
              parts.add(new Template.Literal(text.substring(from, at)));
              parts.addAll(
                  Texts.mapLiterals(
                          value,
                          piece ->
                              List.of(
                                  new Template.Literal(
                                      FormText.encoded(piece).replace("+", "%20"))))
                      .parts());
              from = end;
            }
          }
          parts.add(new Template.Literal(text.substring(from)));
          return parts;
        });
  }

  private static String assembled(Item url) {
    String protocol = url.text("protocol", "http");
    String port = url.text("port", "");
    return protocol
        + "://"
        + joined(url.get("host"), ".")
        + (port.isEmpty() ? "" : ":" + port)
        + "/"
        + joined(url.get("path"), "/");
  }

  private static String joined(Item list, String separator) {
    if (!list.isArray()) {
      return String.valueOf(list.scalar() == null ? "" : list.scalar());
    }
    List<String> words = new ArrayList<>();
    list.items()
        .forEach(item ->
            words.add(item.isObject() ? item.text("value", "") : String.valueOf(item.scalar())));
    return String.join(separator, words);
  }

  /** Gives the environment the address itself instead of the variable that the collection has. */
  private void base() {
    if (draft.url.parts().size() != 1
        || !(draft.url.parts().getFirst() instanceof Template.Name only)) {
      return;
    }
    String postman = only.name();
    for (Map.Entry<String, String> word : words.entrySet()) {
      if (word.getValue().equals(only.name())) {
        postman = word.getKey();
      }
    }
    Template value = declared.get(postman);
    if (value == null || value.parts().isEmpty()) {
      draft.url = Texts.literal("http://127.0.0.1:8080");
      draft.tasks.add("set `url`: the collection gives {{" + postman + "}} no value");
      return;
    }
    boolean whole = value.source().contains("://") || !Texts.isLiteral(value);
    Template address = whole ? value : Texts.join(Texts.literal("http://"), value);
    String text = address.source();
    draft.url = Template.parse(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  private void declareVariables() {
    Set<String> used = new LinkedHashSet<>(draft.url.names());
    for (Auth.Basic basic : draft.basics.values()) {
      used.addAll(basic.user().names());
      used.addAll(basic.password().names());
    }
    draft
        .requests()
        .forEach(request -> {
          Template origin = request.target().origin();
          if (origin != null) {
            used.addAll(origin.names());
          }
          request.mapTexts((_, _, text) -> {
            used.addAll(text.names());
            return text;
          });
        });
    Map<String, String> secretNames = new LinkedHashMap<>();
    // a value may use further variables, which are then used as well
    List<String> waiting = new ArrayList<>(words.keySet());
    boolean more = true;
    while (more) {
      more = false;
      for (String postman : List.copyOf(waiting)) {
        String word = word(postman);
        if (used.contains(word)) {
          waiting.remove(postman);
          more = true;
          declareVariable(postman, word, used, secretNames);
        }
      }
    }
    draft.mapRequests(request -> request.mapTexts((_, _, text) -> renamed(text, secretNames)));
    draft.url = renamed(draft.url, secretNames);
    draft.variables.replaceAll(
        (_, variable) -> new Variable(renamed(variable.value(), secretNames), variable.comment()));
    draft.basics.replaceAll((_, basic) ->
        new Auth.Basic(renamed(basic.user(), secretNames), renamed(basic.password(), secretNames)));
  }

  private void declareVariable(
      String postman, String word, Set<String> used, Map<String, String> secretNames) {
    Template value = declared.get(postman);
    if (saved.contains(postman)) {
      return;
    }
    if (Credentials.secretField(postman) || marked.contains(postman)) {
      String secret = draft.secret(word, "the variable {{" + postman + "}} of the collection");
      secretNames.put(word, secret);
      if (value != null && Texts.isLiteral(value) && !value.parts().isEmpty()) {
        draft.hidden.put(Texts.plain(value), secret);
      }
      return;
    }
    boolean empty = value == null || value.parts().isEmpty();
    if (empty) {
      draft.tasks.add(
          "set the variable '" + word + "': the collection gives {{" + postman + "}} no value");
    }
    used.addAll(empty || value == null ? Set.of() : value.names());
    draft.variables.put(
        word,
        new Variable(
            value == null ? Texts.literal("") : value,
            empty ? "has no value in the collection" : null));
  }

  private static Template renamed(Template text, Map<String, String> names) {
    return Texts.of(
        text.parts().stream()
            .map(part ->
                part instanceof Template.Name name && names.containsKey(name.name())
                    ? new Template.Name(names.getOrDefault(name.name(), name.name()))
                    : part)
            .toList());
  }

  // --- headers, bodies, authorization

  private List<Field> headers(Item request) {
    List<Field> headers = new ArrayList<>();
    if (!request.get("header").isArray()) {
      return headers;
    }
    for (Item header : request.items("header")) {
      String name = header.text("key", "");
      String value = header.get("value").scalar();
      if (value != null
          && !header.isTrue("disabled")
          && !HeaderRules.ofTheConnection(name)
          && HeaderRules.sendable(name, value)
          && headers.stream().noneMatch(other -> other.named(name))) {
        headers.add(new Field(name, template(value)));
      }
    }
    return headers;
  }

  private RequestDraft body(RequestDraft request, Item body) {
    if (!body.isObject() || body.isTrue("disabled")) {
      return request;
    }
    return switch (body.text("mode", "")) {
      case "raw" -> raw(request, body);
      case "urlencoded" ->
          request
              .without("content-type")
              .with(new Payload.OfForm(fields(body.items("urlencoded"))));
      case "formdata" ->
          request
              .without("content-type")
              .with(new Payload.OfMultipart(parts(body.items("formdata"))));
      case "graphql" -> graphql(request, body.get("graphql"));
      case "file" -> {
        String path = body.get("file").text("src", "body.bin");
        yield file(request, path);
      }
      default -> request;
    };
  }

  private RequestDraft file(RequestDraft request, String path) {
    String beside = path.replaceAll(".*[/\\\\]", "");
    draft.tasks.add("put the file '" + YamlText.comment(path) + "' beside the workspace");
    return request.with(new Payload.OfFile(beside));
  }

  private RequestDraft raw(RequestDraft request, Item body) {
    Placeholders names = new Placeholders();
    String text = names.hide(template(body.text("raw", "")));
    Template written = request.header("content-type");
    String language = body.get("options").get("raw").text("language", "");
    boolean json =
        language.equals("json") || language.isEmpty() && BodyReader.exactly(text) != null;
    String type =
        written != null
            ? Texts.plain(written)
            : json ? "application/json" : language.equals("xml") ? "application/xml" : "text/plain";
    RequestDraft typed = request;
    if (written == null) {
      List<Field> headers = new ArrayList<>(request.headers());
      headers.add(new Field("Content-Type", Texts.literal(type)));
      typed = request.with(headers);
    }
    return names.show(bodies.with(typed, type, text));
  }

  private RequestDraft graphql(RequestDraft request, Item graphql) {
    Json.Builder json = Json.object();
    Placeholders names = new Placeholders();
    json.put("query", names.hide(template(graphql.text("query", ""))));
    Item variables = graphql.get("variables");
    Json value =
        variables.isText()
            ? BodyReader.exactly(names.hide(template(String.valueOf(variables.scalar()))))
            : variables.value();
    if (value != null && !(value instanceof Json.Null)) {
      json.put("variables", value);
    }
    RequestDraft sent =
        request.without("content-type").with(new Payload.OfJson(RequestDraft.quoted(json.build())));
    return names.show(sent);
  }

  private List<Field> fields(List<Item> items) {
    List<Field> fields = new ArrayList<>();
    for (Item item : items) {
      String value = item.get("value").scalar();
      if (!item.isTrue("disabled")) {
        fields.add(new Field(item.text("key", ""), template(value == null ? "" : value)));
      }
    }
    return fields;
  }

  private List<Payload.Part> parts(List<Item> items) {
    List<Payload.Part> parts = new ArrayList<>();
    for (Item item : items) {
      if (item.isTrue("disabled")) {
        continue;
      }
      String name = item.text("key", "");
      String type = item.get("contentType").isText() ? item.text("contentType") : null;
      Item source = item.get("src");
      if (item.text("type", "").equals("file")) {
        Item first =
            source.isArray() && !source.items().isEmpty() ? source.items().getFirst() : source;
        String path = String.valueOf(first.scalar() == null ? "file" : first.scalar());
        String beside = path.replaceAll(".*[/\\\\]", "");
        draft.tasks.add("put the file '" + YamlText.comment(path) + "' beside the workspace");
        parts.add(new Payload.Part(name, null, beside, type));
      } else {
        String value = item.get("value").scalar();
        parts.add(new Payload.Part(name, template(value == null ? "" : value), null, type));
      }
    }
    return parts;
  }

  private RequestDraft authorized(RequestDraft request, Item auth) {
    String type = auth.text("type", "");
    Item of = auth.get(type);
    return switch (type) {
      case "bearer" -> header(request, "Authorization", "Bearer ", attribute(of, "token"));
      case "oauth2" -> header(request, "Authorization", "Bearer ", attribute(of, "accessToken"));
      case "basic" -> basic(request, attribute(of, "username"), attribute(of, "password"));
      case "apikey" -> apiKey(request, of);
      case "", "noauth" -> request;
      default -> {
        String note =
            "authorization of the kind " + YamlText.comment(type) + " is not carried over";
        if (!draft.notes.contains(note)) {
          draft.notes.add(note);
        }
        yield request;
      }
    };
  }

  /** An attribute, which 2.1 has in a list and 2.0 in a map. */
  private static String attribute(Item of, String key) {
    if (of.isArray()) {
      for (Item attribute : of.items()) {
        if (attribute.text("key", "").equals(key)) {
          String value = attribute.get("value").scalar();
          return value == null ? "" : value;
        }
      }
      return "";
    }
    String value = of.get(key).scalar();
    return value == null ? "" : value;
  }

  private RequestDraft header(RequestDraft request, String name, String start, String value) {
    if (request.header(name) != null) {
      return request;
    }
    Template token = value.isEmpty() ? Texts.name(missing("token")) : template(value);
    List<Field> headers = new ArrayList<>(request.headers());
    headers.add(new Field(name, Texts.join(Texts.literal(start), token)));
    return request.with(headers);
  }

  /** A secret for a credential that the collection leaves out. */
  private String missing(String name) {
    return draft.secrets.containsKey(name)
        ? "secret." + name
        : draft.secret(name, "the " + name + ", which the collection leaves out");
  }

  private RequestDraft basic(RequestDraft request, String user, String password) {
    Template pair = template(user + ":" + password);
    if (!Texts.isLiteral(pair)) {
      draft.basics.put(draft.requests().size(), new Auth.Basic(template(user), template(password)));
      return request;
    }
    String basic =
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    return header(request, "Authorization", "Basic ", basic);
  }

  private RequestDraft apiKey(RequestDraft request, Item of) {
    String key = attribute(of, "key").isEmpty() ? "X-API-Key" : attribute(of, "key");
    String value = attribute(of, "value");
    Template written = template(value);
    Template text = Texts.isLiteral(written) ? Texts.name(apiKeySecret(key, value)) : written;
    if (!attribute(of, "in").equals("query")) {
      if (request.header(key) != null || !HeaderRules.sendable(key, "")) {
        return request;
      }
      List<Field> headers = new ArrayList<>(request.headers());
      headers.add(new Field(key, text));
      return request.with(headers);
    }
    List<Field> query = new ArrayList<>(request.target().query());
    query.add(new Field(key, text));
    return request.with(new Target(request.target().origin(), request.target().path(), query));
  }

  private String apiKeySecret(String key, String value) {
    return value.isEmpty()
        ? missing("api_key")
        : draft.hidden.computeIfAbsent(value, _ -> draft.secret(key, "the API key sent as " + key));
  }
}
