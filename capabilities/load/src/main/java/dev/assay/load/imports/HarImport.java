package dev.assay.load.imports;

import dev.assay.api.json.Json;
import dev.assay.load.imports.WorkspaceDraft.Answer;
import dev.assay.load.imports.WorkspaceDraft.Entry;
import dev.assay.load.imports.WorkspaceDraft.Pause;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording of a browser or proxy: HAR 1.2 (the format of the W3C Web Performance group's
 * draft, as Chrome, Firefox, Safari and mitmproxy write it).
 */
final class HarImport {

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Set<String> RESOURCE_TYPES =
      Set.of("image", "stylesheet", "font", "script", "media", "manifest", "texttrack");
  private static final String RESOURCE_MIME =
      "(image|font|audio|video)/.*|text/css|.*/(x-)?(java|ecma)script|application/(x-)?font.*"
          + "|application/manifest\\+json|application/vnd.ms-fontobject|application/wasm";
  private static final String RESOURCE_PATH =
      ".*\\.(png|jpe?g|gif|webp|avif|svg|ico|css|m?js|map|woff2?|ttf|otf|eot|mp[34]|webm|wasm)";

  private final ImportOptions options;
  private final WorkspaceDraft draft;
  private final BodyReader bodies;
  private final Map<String, Integer> leftOut = new LinkedHashMap<>();
  private final Map<String, Integer> otherOrigins = new LinkedHashMap<>();
  private final Set<String> removedHeaders = new TreeSet<>();
  private final Set<String> cookiesSent = new TreeSet<>();
  private final Set<String> cookiesSet = new TreeSet<>();
  private final Set<String> wantedOrigins = new LinkedHashSet<>();
  private int longPauses;

  /**
   * A request with its answer that may be kept.
   *
   * @param item the entry
   * @param url where it went
   * @param method upper case
   * @param begin when it began, or null where that is not known
   */
  private record Recorded(Item item, Url url, String method, @Nullable Instant begin) {

    int status() {
      return (int) item.get("response").number("status", 0);
    }

    String mime() {
      return BodyReader.mime(item.get("response").get("content").text("mimeType", ""));
    }

    @Nullable Instant end() {
      Instant began = begin;
      double millis = Math.clamp(item.number("time", 0), 0, 3_600_000);
      return began == null ? null : began.plusMillis((long) millis);
    }
  }

  private HarImport(WorkspaceDraft draft, ImportOptions options) {
    this.draft = draft;
    this.options = options;
    this.bodies = new BodyReader(draft);
    for (String origin : options.origins()) {
      Url url = Url.parse(origin);
      wantedOrigins.add(url == null ? origin : url.origin());
    }
  }

  static WorkspaceDraft read(Source source, ImportOptions options) {
    Item log = Document.json(source).item().object("log");
    Item creator = log.get("browser").present() ? log.get("browser") : log.get("creator");
    String by = (creator.text("name", "") + " " + creator.text("version", "")).strip();
    WorkspaceDraft draft =
        new WorkspaceDraft(
            "Imported from the recording "
                + source.fileName()
                + (by.isEmpty() ? "" : " of " + by)
                + " by `assay load import har`.",
            options.name());
    HarImport har = new HarImport(draft, options);
    har.read(log);
    return draft;
  }

  private void read(Item log) {
    if (!log.get("entries").present()) {
      throw log.get("entries").wrong("an array");
    }
    List<Recorded> recorded = new ArrayList<>();
    for (Item entry : log.items("entries")) {
      Recorded one = recorded(entry);
      if (one != null) {
        recorded.add(one);
      }
    }
    if (recorded.stream().allMatch(one -> one.begin() != null)) {
      recorded.sort(Comparator.comparing(one -> one.begin() == null ? Instant.EPOCH : one.begin()));
    }
    if (!recorded.isEmpty()) {
      String base = base(recorded);
      draft.url = Texts.literal(base);
      keep(recorded, base);
    }
    Correlation.find(draft);
    Credentials.hide(draft);
    Bases.shareHeaders(draft);
    Bases.shortenNames(draft);
    tell();
  }

  private @Nullable Recorded recorded(Item entry) {
    Item request = entry.object("request");
    String address = request.text("url");
    String method = request.text("method").toUpperCase(Locale.ROOT);
    if (address.regionMatches(true, 0, "ws", 0, 2)
        || entry.text("_resourceType", "").equals("websocket")) {
      count("WebSocket connections; add `websocket:` steps by hand");
      return null;
    }
    Url url = Url.parse(address);
    if (url == null) {
      if (address.matches("(?i)https?:.*")) {
        throw ImportProblems.ADDRESS.failure(
            request.get("url").place(),
            "'" + YamlText.comment(address) + "' is no address with a host",
            "correct or remove the entry");
      }
      count("requests that never went to a server (data:, blob:, extensions)");
      return null;
    }
    Recorded one = new Recorded(entry, url, method, instant(entry.text("startedDateTime", "")));
    return wanted(one) ? one : null;
  }

  private static @Nullable Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException noTime) {
      return null;
    }
  }

  private boolean wanted(Recorded one) {
    boolean preflight =
        one.method().equals("OPTIONS")
            && one.item().get("request").items("headers").stream()
                .anyMatch(header ->
                    header.text("name", "").equalsIgnoreCase("access-control-request-method"));
    if (preflight) {
      count("preflight requests, which browsers send by themselves");
    } else if (!RequestDraft.METHODS.contains(one.method())) {
      count("requests with the method " + YamlText.comment(one.method()));
    } else if (one.status() <= 0) {
      count("requests that were aborted, blocked or never answered");
    } else {
      return true;
    }
    return false;
  }

  private static boolean resource(Recorded one) {
    if (!one.method().equals("GET") && !one.method().equals("HEAD")) {
      return false;
    }
    String type = one.item().text("_resourceType", "");
    if (type.equals("document") || type.equals("xhr") || type.equals("fetch")) {
      return false;
    }
    return RESOURCE_TYPES.contains(type)
        || one.mime().matches(RESOURCE_MIME)
        || one.url().path().toLowerCase(Locale.ROOT).matches(RESOURCE_PATH);
  }

  private void count(String what) {
    leftOut.merge(what, 1, Integer::sum);
  }

  /** The origin of the first page; where there is none, that of the most requests. */
  private String base(List<Recorded> recorded) {
    for (Recorded one : recorded) {
      if (one.mime().contains("html") && one.method().equals("GET")) {
        return one.url().origin();
      }
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    recorded.stream()
        .filter(one -> !resource(one))
        .forEach(one -> counts.merge(one.url().origin(), 1, Integer::sum));
    String most = recorded.getFirst().url().origin();
    for (Map.Entry<String, Integer> one : counts.entrySet()) {
      most = one.getValue() > counts.getOrDefault(most, 0) ? one.getKey() : most;
    }
    return most;
  }

  private void keep(List<Recorded> recorded, String base) {
    Instant quietSince = null;
    String page = null;
    int pages = 0;
    for (Recorded one : recorded) {
      String origin = one.url().origin();
      if (!origin.equals(base) && !wantedOrigins.contains(origin)) {
        otherOrigins.merge(origin, 1, Integer::sum);
        continue;
      }
      if (!options.withResources() && resource(one)) {
        count("static resources (images, styles, fonts, scripts); --with-resources keeps them");
        continue;
      }
      pause(quietSince, one.begin());
      Instant end = one.end();
      quietSince = quietSince == null || end != null && end.isAfter(quietSince) ? end : quietSince;
      String own = one.item().text("pageref", "");
      if (!own.isEmpty() && !own.equals(page)) {
        page = own;
        draft.steps.add(new WorkspaceDraft.Heading("page " + ++pages + ": " + one.url().path()));
      }
      draft.add(request(one, origin.equals(base)), answer(one));
    }
  }

  private void pause(@Nullable Instant quietSince, @Nullable Instant begin) {
    if (quietSince == null || begin == null) {
      return;
    }
    Duration gap = Duration.between(quietSince, begin);
    if (gap.compareTo(SHORTEST_PAUSE) > 0) {
      Duration rounded = Duration.ofMillis((gap.toMillis() + 50) / 100 * 100);
      boolean longer = rounded.compareTo(LONGEST_PAUSE) > 0;
      if (longer) {
        longPauses++;
      }
      draft.steps.add(new Pause(longer ? LONGEST_PAUSE : rounded));
    }
  }

  private RequestDraft request(Recorded one, boolean atBase) {
    Item recorded = one.item().get("request");
    Target target = one.url().target();
    RequestDraft request =
        RequestDraft.of(one.method(), atBase ? target.atBase() : target, headers(recorded), null);
    recorded.items("cookies").forEach(cookie -> cookiesSent.add(cookie.text("name", "")));
    Item data = recorded.get("postData");
    if (data.isObject()) {
      request = body(request, data);
    }
    return named(expecting(request, one), recorded);
  }

  private RequestDraft expecting(RequestDraft request, Recorded one) {
    int status = one.status();
    if (status == 304) {
      return request.expecting("200");
    }
    if (status >= 500) {
      return request.commented(
          "was answered " + status + " in the recording, which is taken for a fault");
    }
    RequestDraft expecting = request.expecting(Integer.toString(status));
    return one.mime().equals("text/event-stream")
        ? expecting.commented(
            "the answer is a stream of events; say with `events: { count: …, within: … }` when to go on")
        : expecting;
  }

  /** An operation of GraphQL is known by its name, not by the one path of all. */
  private static RequestDraft named(RequestDraft request, Item recorded) {
    String text = recorded.get("postData").text("text", "");
    return text.contains("\"operationName\"")
            && BodyReader.json(text) instanceof Json.Obj query
            && query.find("operationName") instanceof Json.Text operation
        ? request.named("GraphQL " + YamlText.comment(operation.value()))
        : request;
  }

  private List<Field> headers(Item recorded) {
    List<Field> headers = new ArrayList<>();
    for (Item header : recorded.items("headers")) {
      String name = header.text("name", "");
      String value = header.text("value", "");
      if (name.equalsIgnoreCase("cookie")) {
        draft.cookies = true;
        for (String pair : value.split(";")) {
          cookiesSent.add(pair.strip().replaceFirst("=.*", ""));
        }
      } else if (HeaderRules.ofTheBrowser(name)) {
        removedHeaders.add(name.toLowerCase(Locale.ROOT));
      } else if (!HeaderRules.ofTheConnection(name)
          && HeaderRules.sendable(name, value)
          && !(name.equalsIgnoreCase("accept") && value.equals("*/*"))
          && headers.stream().noneMatch(other -> other.named(name))) {
        // what a browser accepts besides a page is of no use to a replay
        boolean page = name.equalsIgnoreCase("accept") && value.startsWith("text/html,");
        headers.add(new Field(name, Texts.literal(page ? "text/html" : value)));
      }
    }
    return headers;
  }

  private RequestDraft body(RequestDraft request, Item data) {
    String type = data.text("mimeType", "");
    String text = data.text("text", "");
    if (data.text("encoding", "").equals("base64")) {
      return binary(request, text, data);
    }
    List<Item> params = data.items("params");
    String mime = BodyReader.mime(type);
    if (mime.equals("multipart/form-data") && !params.isEmpty()) {
      return request.without("content-type").with(new Payload.OfMultipart(parts(params)));
    }
    if (text.isEmpty() && !params.isEmpty()) {
      List<Field> fields =
          params.stream()
              .map(param ->
                  new Field(param.text("name", ""), Texts.literal(param.text("value", ""))))
              .toList();
      return request.without("content-type").with(new Payload.OfForm(fields));
    }
    return bodies.with(request, type, text);
  }

  private List<Payload.Part> parts(List<Item> params) {
    List<Payload.Part> parts = new ArrayList<>();
    for (Item param : params) {
      String name = param.text("name", "");
      String value = param.text("value", "");
      String own = param.text("contentType", "");
      parts.add(
          param.get("fileName").isText()
              ? bodies.filePart(
                  name,
                  param.text("fileName"),
                  own.isEmpty() ? null : own,
                  value.getBytes(StandardCharsets.UTF_8))
              : new Payload.Part(name, Texts.literal(value), null, own.isEmpty() ? null : own));
    }
    return parts;
  }

  private RequestDraft binary(RequestDraft request, String base64, Item data) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(base64);
      return request.with(new Payload.OfFile(draft.file("body.bin", bytes)));
    } catch (IllegalArgumentException broken) {
      throw ImportProblems.SHAPE.failure(
          data.get("text").place(), "the body is not base64", "export it again");
    }
  }

  private Answer answer(Recorded one) {
    Item response = one.item().get("response");
    List<Entry> headers = new ArrayList<>();
    for (Item header : response.items("headers")) {
      headers.add(new Entry(header.text("name", ""), header.text("value", "")));
    }
    List<Entry> cookies = new ArrayList<>();
    for (Item cookie : response.items("cookies")) {
      cookies.add(new Entry(cookie.text("name", ""), cookie.text("value", "")));
    }
    for (Entry header : headers) {
      if (header.name().equalsIgnoreCase("set-cookie")) {
        header
            .value()
            .lines()
            .forEach(line -> {
              String[] pair = line.replaceFirst(";.*", "").split("=", 2);
              if (pair.length == 2) {
                cookies.add(new Entry(pair[0].strip(), pair[1].strip()));
              }
            });
      }
    }
    if (!cookies.isEmpty()) {
      draft.cookies = true;
      cookies.forEach(cookie -> cookiesSet.add(cookie.name()));
    }
    return new Answer(headers, cookies, one.mime(), body(response.get("content")));
  }

  private static String body(Item content) {
    String text = content.text("text", "");
    if (!content.text("encoding", "").equals("base64")) {
      return text;
    }
    try {
      return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return "";
    }
  }

  private void tell() {
    leftOut.forEach((what, count) -> draft.notes.add("left out: " + count + " × " + what));
    otherOrigins.forEach((origin, count) ->
        draft.notes.add(
            "left out: " + count + " × " + origin + "; --with-origin " + origin + " keeps them"));
    if (!removedHeaders.isEmpty()) {
      draft.notes.add(
          "not sent: headers of the browser (" + String.join(", ", removedHeaders) + ")");
    }
    if (longPauses > 0) {
      draft.notes.add("pauses longer than 10s are 10s: " + longPauses);
    }
    Set<String> older = new LinkedHashSet<>(cookiesSent);
    older.removeAll(cookiesSet);
    older.remove("");
    if (!older.isEmpty()) {
      draft.tasks.add(
          "the recording began with cookies that no answer in it sets ("
              + String.join(", ", older)
              + "); where they matter, record from the login on");
    }
  }
}
