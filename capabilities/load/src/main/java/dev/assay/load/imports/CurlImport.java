package dev.assay.load.imports;

import dev.assay.api.value.Template;
import dev.assay.load.imports.ShellWords.Word;
import dev.assay.load.imports.WorkspaceDraft.Auth;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads curl command lines, as browsers give them with "Copy as cURL" and as people write them into
 * scripts and documents.
 */
final class CurlImport {

  private static final int REDIRECTS = 5;

  private final Source source;
  private final WorkspaceDraft draft;
  private final BodyReader bodies;
  private final Set<String> ofTheOutput = new LinkedHashSet<>();
  private final Set<String> notApplied = new LinkedHashSet<>();
  private final Set<String> unknown = new LinkedHashSet<>();
  private final Set<String> otherCommands = new LinkedHashSet<>();
  private final Set<String> removedHeaders = new TreeSet<>();

  private CurlImport(Source source, WorkspaceDraft draft) {
    this.source = source;
    this.draft = draft;
    this.bodies = new BodyReader(draft);
  }

  static WorkspaceDraft read(Source source, ImportOptions options) {
    WorkspaceDraft draft =
        new WorkspaceDraft(
            "Imported from the command lines in "
                + source.fileName()
                + " by `assay load import curl`.",
            options.name());
    new CurlImport(source, draft).read();
    return draft;
  }

  private void read() {
    if (source.text().stripLeading().matches("(?is)curl(\\.exe)?\\s+(\\^\"|.*\\^\\r?\\n).*")) {
      throw ImportProblems.SHELL.failure(
          source.place(0),
          "this is quoted for the Windows command prompt",
          "copy it as cURL (bash)");
    }
    ShellWords shell = new ShellWords(source);
    for (List<Word> words : shell.commands()) {
      command(words);
    }
    if (shell.substitutions) {
      draft.notes.add("$(…) and `…` are not run; their text stands where their output would");
    }
    Bases.settle(draft);
    Credentials.hide(draft);
    Bases.shareHeaders(draft);
    Bases.shortenNames(draft);
    tell();
  }

  private void command(List<Word> words) {
    int first = 0;
    while (first < words.size()
        && words.get(first).plain().matches("[$>]|time|sudo|exec|then|do")) {
      first++;
    }
    if (first == words.size()) {
      return;
    }
    String program = words.get(first).plain().replaceFirst(".*/", "");
    if (!program.equals("curl") && !program.equals("curl.exe")) {
      otherCommands.add(program);
      return;
    }
    for (CurlCommand command : CurlCommand.of(source, words.subList(first + 1, words.size()))) {
      ofTheOutput.addAll(command.ofTheOutput);
      notApplied.addAll(command.notApplied);
      unknown.addAll(command.unknown);
      if (command.urls.isEmpty()) {
        throw ImportProblems.ADDRESS.failure(
            source.place(words.getFirst().offset()),
            "the command has no address",
            "write one after its options, or close a quote that swallowed it");
      }
      command.urls.forEach(url -> draft.add(request(command, url)));
      settings(command);
    }
  }

  private RequestDraft request(CurlCommand command, Word word) {
    Placeholders names = new Placeholders();
    Target target = target(names, word);
    for (Template query : command.query) {
      target = withQuery(target, Texts.literal(names.hide(query)));
    }
    if (command.get) {
      for (Template data : command.data) {
        target = withQuery(target, Texts.literal(names.hide(data)));
      }
    }
    RequestDraft request =
        names.show(RequestDraft.of(method(command), target, headers(command), null));
    request = credentials(command, body(command, request));
    String limit = command.maxTime;
    return limit != null && limit.matches("\\d{1,4}(\\.\\d{1,3})?")
        ? request.within(limit + "s")
        : request;
  }

  private Target target(Placeholders names, Word word) {
    String hidden = names.hide(word.text());
    String whole = hidden.matches("(?i)[a-z][a-z0-9+.-]*://.*") ? hidden : "http://" + hidden;
    boolean variableBase = word.plain().startsWith("${");
    Url url = Url.parse(whole);
    if (url == null) {
      throw ImportProblems.ADDRESS.failure(
          source.place(word.offset()),
          "'" + YamlText.comment(word.plain()) + "' is no http or https address",
          "write it whole, such as https://shop.example.com/orders");
    }
    Target target = url.target();
    if (variableBase) {
      // a variable at the beginning is taken to hold the scheme, too
      target = new Target(Texts.literal(url.authority()), target.path(), target.query());
    }
    if (url.path().matches(".*(\\[\\d+-\\d+]|%7B[^/]*,[^/]*%7D).*")) {
      draft.notes.add("ranges and lists in addresses ([1-3], {a,b}) are not unfolded");
    }
    String user = url.user();
    if (user != null) {
      userInAddress = names.show(FormText.decoded(user));
    }
    return target;
  }

  private @Nullable Template userInAddress;

  private static Target withQuery(Target target, Template data) {
    List<Field> query = new ArrayList<>(target.query());
    query.addAll(Url.parameters(Url.encoded(Texts.plain(data), "")));
    return new Target(target.origin(), target.path(), query);
  }

  private String method(CurlCommand command) {
    String own = command.method;
    if (own != null) {
      if (RequestDraft.METHODS.contains(own)) {
        return own;
      }
      draft.notes.add("the method " + YamlText.comment(own) + " cannot be sent; POST is instead");
      return "POST";
    }
    if (command.head) {
      return "HEAD";
    }
    if (command.upload != null) {
      return "PUT";
    }
    boolean data = !command.data.isEmpty() || command.dataFile != null || !command.form.isEmpty();
    return data && !command.get ? "POST" : "GET";
  }

  private List<Field> headers(CurlCommand command) {
    List<Field> headers = new ArrayList<>();
    boolean browser =
        command.headers.stream()
            .anyMatch(header -> Texts.plain(header).toLowerCase(Locale.ROOT).startsWith("sec-"));
    for (Template header : command.headers) {
      String text = Texts.plain(header);
      int colon = text.indexOf(':');
      String name = colon < 0 ? text.replaceFirst(";\\s*$", "") : text.substring(0, colon).strip();
      Template value = colon < 0 ? Texts.literal("") : value(header, colon);
      boolean host = name.equalsIgnoreCase("host");
      if (text.startsWith("@")) {
        draft.notes.add("left out: headers from the file " + YamlText.comment(text.substring(1)));
      } else if (colon >= 0 && value.parts().isEmpty()) {
        notApplied.add("-H '" + YamlText.comment(name) + ":'");
      } else if (name.equalsIgnoreCase("accept-encoding")
          || browser && HeaderRules.ofTheBrowser(name)) {
        removedHeaders.add(name.toLowerCase(Locale.ROOT));
      } else if ((host || !HeaderRules.ofTheConnection(name)) && HeaderRules.sendable(name, text)) {
        put(headers, name, value);
      }
    }
    add(headers, "User-Agent", command.agent);
    add(headers, "Referer", command.referer);
    Template cookie = command.cookie;
    if (cookie != null && Texts.plain(cookie).contains("=")) {
      put(headers, "Cookie", cookie);
    } else if (cookie != null) {
      draft.notes.add("left out: cookies from the file " + YamlText.comment(Texts.plain(cookie)));
    }
    Template bearer = command.bearer;
    if (bearer != null) {
      put(headers, "Authorization", Texts.join(Texts.literal("Bearer "), bearer));
    }
    if (command.json) {
      add(headers, "Accept", Texts.literal("application/json"));
    }
    return headers;
  }

  private static Template value(Template header, int colon) {
    List<Template.Part> parts = new ArrayList<>(header.parts());
    if (parts.getFirst() instanceof Template.Literal first && first.text().length() > colon) {
      parts.set(0, new Template.Literal(first.text().substring(colon + 1).stripLeading()));
    }
    return Texts.of(parts);
  }

  private static void add(List<Field> headers, String name, @Nullable Template value) {
    if (value != null && headers.stream().noneMatch(header -> header.named(name))) {
      headers.add(new Field(name, value));
    }
  }

  private static void put(List<Field> headers, String name, Template value) {
    headers.removeIf(header -> header.named(name));
    headers.add(new Field(name, value));
  }

  private RequestDraft body(CurlCommand command, RequestDraft request) {
    String upload = command.upload;
    if (upload != null) {
      return file(request, upload);
    }
    if (!command.form.isEmpty()) {
      return request
          .without("content-type")
          .with(new Payload.OfMultipart(command.form.stream().map(this::part).toList()));
    }
    String dataFile = command.dataFile;
    if (command.get || command.data.isEmpty() && dataFile == null) {
      return request;
    }
    String own = command.json ? "application/json" : "application/x-www-form-urlencoded";
    Template written = request.header("content-type");
    String type = written == null ? own : Texts.plain(written);
    RequestDraft typed =
        written != null
            ? request
            : request.with(plus(request.headers(), new Field("Content-Type", Texts.literal(own))));
    if (dataFile != null) {
      return file(typed, dataFile);
    }
    List<Template.Part> joined = new ArrayList<>();
    for (Template piece : command.data) {
      if (!joined.isEmpty() && !command.json) {
        joined.add(new Template.Literal("&"));
      }
      joined.addAll(piece.parts());
    }
    Placeholders names = new Placeholders();
    return names.show(bodies.with(typed, type, names.hide(Texts.of(joined))));
  }

  private static List<Field> plus(List<Field> fields, Field field) {
    List<Field> more = new ArrayList<>(fields);
    more.add(field);
    return more;
  }

  private RequestDraft file(RequestDraft request, String path) {
    if (path.equals("-") || path.equals(".")) {
      draft.tasks.add("put what was to be read from standard input into the file 'body.txt'");
      return request.with(new Payload.OfFile("body.txt"));
    }
    draft.tasks.add("put the file '" + YamlText.comment(path) + "' beside the workspace");
    return request.with(new Payload.OfFile(path));
  }

  /** {@code name=value}, {@code name=@file;type=…}, {@code name=<file}. */
  private Payload.Part part(Template field) {
    String text = Texts.plain(field);
    int equals = Math.max(0, text.indexOf('='));
    String name = text.substring(0, equals);
    String value = text.substring(Math.min(text.length(), equals + 1));
    String type = null;
    int parameter = value.indexOf(";type=");
    if (parameter >= 0) {
      type = value.substring(parameter + 6).replaceFirst(";.*", "");
    }
    if (value.startsWith("@") || value.startsWith("<")) {
      String path = value.substring(1).replaceFirst(";.*", "").replace("\"", "");
      draft.tasks.add("put the file '" + YamlText.comment(path) + "' beside the workspace");
      return new Payload.Part(name, null, path, type);
    }
    List<Template.Part> parts = new ArrayList<>(field.parts());
    if (parts.getFirst() instanceof Template.Literal first) {
      String rest = first.text().substring(Math.min(first.text().length(), equals + 1));
      parts.set(0, new Template.Literal(type == null ? rest : rest.replaceFirst(";type=.*", "")));
    }
    return new Payload.Part(name, Texts.of(parts), null, type);
  }

  private RequestDraft credentials(CurlCommand command, RequestDraft request) {
    Template user = command.user == null ? userInAddress : command.user;
    userInAddress = null;
    if (user == null || request.header("authorization") != null) {
      return request;
    }
    if (Texts.isLiteral(user)) {
      String pair = Texts.plain(user);
      String whole = pair.contains(":") ? pair : pair + ":";
      String basic = Base64.getEncoder().encodeToString(whole.getBytes(StandardCharsets.UTF_8));
      return request.with(
          plus(request.headers(), new Field("Authorization", Texts.literal("Basic " + basic))));
    }
    String source = user.source();
    int colon = source.indexOf(':');
    draft.basics.put(
        draft.requests().size(),
        new Auth.Basic(
            Template.parse(colon < 0 ? source : source.substring(0, colon)),
            Template.parse(colon < 0 ? "" : source.substring(colon + 1))));
    return request;
  }

  private void settings(CurlCommand command) {
    if (command.follow) {
      draft.followRedirects = command.redirects > 0 ? command.redirects : REDIRECTS;
    }
    if (command.http2) {
      draft.protocol = "h2";
    }
    if (command.insecure) {
      draft.tls.put("insecure", "true");
    }
    put("trust", command.trust);
    put("certificate", command.certificate);
    put("key", command.key);
    String socket = command.unixSocket;
    if (socket != null) {
      draft.notes.add(
          "the Unix socket is not used; write `url: unix:"
              + YamlText.comment(socket)
              + "` in the check");
    }
  }

  private void put(String setting, @Nullable String path) {
    if (path != null) {
      draft.tls.put(setting, path);
    }
  }

  private void tell() {
    if (!unknown.isEmpty()) {
      draft.notes.add("unknown to this import and left out: " + String.join(" ", unknown));
    }
    if (!notApplied.isEmpty()) {
      draft.notes.add("has no effect here: " + String.join(" ", notApplied));
    }
    if (notApplied.contains("--http2")) {
      draft.notes.add("HTTP/1.1 is spoken; `protocol: h2` in the check speaks HTTP/2");
    }
    if (!ofTheOutput.isEmpty()) {
      draft.notes.add("only concerns curl itself: " + String.join(" ", ofTheOutput));
    }
    if (!otherCommands.isEmpty()) {
      draft.notes.add("left out: other commands (" + String.join(", ", otherCommands) + ")");
    }
    if (!removedHeaders.isEmpty()) {
      draft.notes.add(
          "not sent: headers of the browser (" + String.join(", ", removedHeaders) + ")");
    }
  }
}
