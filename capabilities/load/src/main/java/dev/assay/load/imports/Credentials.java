package dev.assay.load.imports;

import dev.assay.api.value.Template;
import dev.assay.load.imports.RequestDraft.Spot;
import dev.assay.load.imports.WorkspaceDraft.Auth;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what proves who sends a request by names of secrets, so that it is never written: known
 * headers, fields whose name says so, and texts that look like tokens. Then every other occurrence
 * of the same values.
 */
final class Credentials {

  private static final Pattern SECRET_FIELD =
      Pattern.compile(
          "(.*[_.-])?(password|passwd|passphrase|passcode|pwd|pass|pin|otp|totp|cvv|cvc|secret|token"
              + "|jwt|apikey|api[_.-]?key|access[_.-]?key|private[_.-]?key|client[_.-]?secret"
              + "|credential|credentials|authorization|assertion|signature|sig|card[_.-]?number"
              + "|ssn|iban|session[_.-]?id|sessionid|sid|auth)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern HUMP =
      Pattern.compile(".*[a-z](Password|Passwd|Pin|Otp|Secret|Token|Key|Jwt|Number|Cvv|Cvc|Auth)");
  private static final Pattern NO_SECRET_HUMP =
      Pattern.compile(
          ".*(public|page|next|foreign|primary|sort|phone|order|invoice|house|sequence|"
              + "partition|idempotency|account|item|serial|cache|product|part|lot|tracking|row|line).?(key|token|number)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SECRET_HEADER =
      Pattern.compile(
          "(authorization|cookie|proxy-authorization|.*api-?key|.*token|.*secret|.*password"
              + "|.*-auth|x-auth-.*|.*session|.*session-?id|.*signature|.*credential.*)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern JWT =
      Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]*");
  private static final Pattern IN_TEXT =
      Pattern.compile(
          "\"([A-Za-z0-9_.-]{1,60})\"\\s*:\\s*(?:\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|(\\d{1,40}))"
              + "|<(?:[A-Za-z0-9]+:)?([A-Za-z0-9_.-]{1,60})(?:\\s[^>]{0,200})?>([^<]{1,4096})</"
              + "|(?<![A-Za-z0-9_.-])([A-Za-z0-9_.-]{1,60})=([^&\\s\"'<>;]{1,4096})");
  private static final int SHORTEST_SPREAD = 6;

  private final WorkspaceDraft draft;

  /** Value that is secret, and its name for templates. */
  private final Map<String, String> known = new LinkedHashMap<>();

  private Credentials(WorkspaceDraft draft) {
    this.draft = draft;
    known.putAll(draft.hidden);
  }

  /**
   * Replaces them in every request of the draft, and takes what all requests share to the check.
   */
  static void hide(WorkspaceDraft draft) {
    Credentials credentials = new Credentials(draft);
    credentials.namedBasics();
    if (draft.auth == null) {
      credentials.shareBasic();
    }
    draft.mapRequests(credentials::hide);
    draft.mapRequests(credentials::spread);
    credentials.spreadInWords();
    credentials.share();
  }

  /** A text that goes into a file as it is, with the credentials that are recognised masked. */
  static String masked(String text) {
    StringBuilder out = new StringBuilder();
    Matcher found = IN_TEXT.matcher(text);
    int from = 0;
    while (found.find()) {
      int group = value(found);
      if (group > 0) {
        out.append(text, from, found.start(group)).append("***");
        from = found.end(group);
      }
    }
    String masked = out.append(text, from, text.length()).toString();
    return JWT.matcher(masked).replaceAll("***");
  }

  /** The group of a match that is a secret value; 0 where its name says that it is none. */
  private static int value(Matcher found) {
    for (int name : new int[] {1, 4, 6}) {
      if (found.group(name) != null && secretField(found.group(name))) {
        int group = name == 1 && found.group(2) == null ? 3 : name + 1;
        return found.end(group) > found.start(group) ? group : 0;
      }
    }
    return 0;
  }

  private static String nameOf(Matcher found) {
    return found.group(1) != null
        ? found.group(1)
        : found.group(4) != null ? found.group(4) : found.group(6);
  }

  /** Whether a text is a signed token. */
  static boolean isToken(String text) {
    return JWT.matcher(text).find();
  }

  /** Whether the name of a field says that its value is nobody else's business. */
  static boolean secretField(String name) {
    String last = name.replaceAll("]$", "").replaceAll(".*\\[", "");
    return (SECRET_FIELD.matcher(last).matches() || HUMP.matcher(last).matches())
        && !NO_SECRET_HUMP.matcher(last).matches();
  }

  private RequestDraft hide(RequestDraft request) {
    RequestDraft hidden = request;
    if (request.payload() instanceof Payload.OfJson json) {
      String where = request.method() + " " + path(request);
      hidden =
          request.with(
              new Payload.OfJson(
                  JsonNumbers.mark(
                      json.value(),
                      (key, number) ->
                          secretField(key)
                              ? secret(number, key, "the field '" + key + "' of " + where, false)
                              : null)));
    }
    RequestDraft whole = hidden;
    return whole.mapTexts((spot, name, text) -> text(whole, spot, name, text));
  }

  private Template text(RequestDraft request, Spot spot, String name, Template text) {
    if (text.parts().isEmpty()) {
      return text;
    }
    String where = request.method() + " " + path(request);
    return switch (spot) {
      case HEADER -> header(name, text, where);
      case QUERY, FIELD ->
          secretField(name)
              ? whole(text, name, "the field '" + name + "' of " + where, spot == Spot.QUERY)
              : tokens(text, where);
      case BODY -> tokens(Texts.mapLiterals(text, literal -> inText(literal, where)), where);
      case PATH -> tokens(text, where);
    };
  }

  /** The path for comments, with nothing in it that could be secret. */
  private static String path(RequestDraft request) {
    String path = JWT.matcher(Texts.plain(request.target().path())).replaceAll("…");
    return path.length() > 60 ? path.substring(0, 60) + "…" : path;
  }

  private Template header(String name, Template text, String where) {
    if (!SECRET_HEADER.matcher(name).matches()) {
      return tokens(text, where);
    }
    if (name.equalsIgnoreCase("authorization")) {
      return authorization(text, where);
    }
    return whole(text, name, "the header '" + name + "' of " + where, false);
  }

  private Template authorization(Template text, String where) {
    Template.Part first = text.parts().getFirst();
    if (!(first instanceof Template.Literal literal)) {
      return text;
    }
    Matcher scheme =
        Pattern.compile("(?i)(bearer|basic|token|apikey)\\s+(.*)", Pattern.DOTALL)
            .matcher(literal.text());
    if (!scheme.matches()) {
      return whole(text, "authorization", "the header 'Authorization' of " + where, false);
    }
    Template.Literal start = new Template.Literal(scheme.group(1) + " ");
    List<Template.Part> rest = new ArrayList<>(text.parts());
    rest.set(0, new Template.Literal(scheme.group(2)));
    boolean basic = scheme.group(1).equalsIgnoreCase("basic");
    String what =
        basic
            ? "user:password in base64 for the header 'Authorization' of " + where
            : "the " + scheme.group(1).toLowerCase(Locale.ROOT) + " token of " + where;
    Template value = Texts.of(rest);
    return Texts.join(
        Texts.of(List.of(start)), whole(value, basic ? "basic" : "token", what, false));
  }

  /** A user and a password that every request sends are said once. */
  private void shareBasic() {
    List<RequestDraft> requests = draft.requests();
    Template first = requests.isEmpty() ? null : requests.getFirst().header("authorization");
    if (first == null
        || !Texts.isLiteral(first)
        || !requests.stream().allMatch(request -> first.equals(request.header("authorization")))) {
      return;
    }
    String header = Texts.plain(first);
    String[] pair =
        header.regionMatches(true, 0, "basic ", 0, 6) ? userAndPassword(header.substring(6)) : null;
    if (pair != null && !pair[1].isEmpty()) {
      String password = secret(pair[1], "password", "the password of '" + pair[0] + "'", false);
      draft.auth = new Auth.Basic(Texts.literal(pair[0]), Texts.name(password));
      draft.mapRequests(request -> request.without("authorization"));
    }
  }

  /**
   * A user and a password with names in them are said once where every request has the same;
   * elsewhere the header is a secret, as only a whole value can be encoded.
   */
  private void namedBasics() {
    int requests = draft.requests().size();
    List<Auth.Basic> basics = List.copyOf(draft.basics.values());
    if (basics.size() == requests && basics.stream().distinct().count() == 1) {
      Auth.Basic one = basics.getFirst();
      String what = "the password of '" + one.user().source() + "'";
      Template password =
          Texts.isLiteral(one.password())
              ? Texts.name(secret(Texts.plain(one.password()), "password", what, false))
              : fromEnvironment(one.password(), what);
      draft.auth = new Auth.Basic(one.user(), password);
      return;
    }
    Map<Auth.Basic, String> names = new LinkedHashMap<>();
    int[] index = {0};
    draft.mapRequests(request -> {
      Auth.Basic basic = draft.basics.get(index[0]++);
      if (basic == null) {
        return request;
      }
      String what = "user:password in base64 for '" + basic.user().source() + "'";
      String name = names.computeIfAbsent(basic, _ -> draft.secret("basic", what));
      List<Field> headers = new ArrayList<>(request.headers());
      headers.add(
          new Field("Authorization", Texts.join(Texts.literal("Basic "), Texts.name(name))));
      return request.with(headers);
    });
  }

  private static String @Nullable [] userAndPassword(String base64) {
    try {
      String text = new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0 ? null : new String[] {text.substring(0, colon), text.substring(colon + 1)};
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /** A text that is secret as a whole; where a name stands in it already, only what is beside. */
  private Template whole(Template text, String name, String what, boolean encoded) {
    if (!Texts.isLiteral(text)) {
      return fromEnvironment(text, what);
    }
    String value = Texts.plain(text);
    return value.isBlank() ? text : Texts.name(secret(value, name, what, encoded));
  }

  /** An environment variable that is all of a credential is declared as a secret, to be masked. */
  private Template fromEnvironment(Template text, String what) {
    if (text.parts().size() != 1
        || !(text.parts().getFirst() instanceof Template.Name only)
        || !only.name().startsWith("env.")) {
      return text;
    }
    String variable = only.name().substring(4);
    return Texts.name(
        known.computeIfAbsent(
            "${" + only.name() + "}", _ -> draft.secret(variable, what, variable)));
  }

  private String secret(String value, String wish, String what, boolean encoded) {
    String name =
        known.computeIfAbsent(
            value, _ -> draft.secret(wish.replaceAll("]$", "").replaceAll(".*\\[", ""), what));
    String other = encoded ? FormText.decoded(value) : FormText.encoded(value);
    known.putIfAbsent(other, name);
    return name;
  }

  /** Texts that look like signed tokens, wherever they are. */
  private Template tokens(Template text, String where) {
    return Texts.mapLiterals(
        text,
        literal -> {
          List<Template.Part> parts = new ArrayList<>();
          Matcher token = JWT.matcher(literal);
          int from = 0;
          while (token.find()) {
            parts.add(new Template.Literal(literal.substring(from, token.start())));
            parts.add(
                new Template.Name(secret(token.group(), "token", "a token in " + where, false)));
            from = token.end();
          }
          parts.add(new Template.Literal(literal.substring(from)));
          return parts;
        });
  }

  private List<Template.Part> inText(String literal, String where) {
    List<Template.Part> parts = new ArrayList<>();
    Matcher found = IN_TEXT.matcher(literal);
    int from = 0;
    while (found.find()) {
      int group = value(found);
      if (group > 0) {
        String name = nameOf(found);
        parts.add(new Template.Literal(literal.substring(from, found.start(group))));
        parts.add(
            new Template.Name(
                secret(
                    found.group(group),
                    name,
                    "the field '" + name + "' of the body of " + where,
                    false)));
        from = found.end(group);
      }
    }
    parts.add(new Template.Literal(literal.substring(from)));
    return parts;
  }

  /** The same values wherever else they stand; short ones are left, they are words of their own. */
  private RequestDraft spread(RequestDraft request) {
    return request.mapTexts((_, _, text) -> {
      Template clean = text;
      for (Map.Entry<String, String> one : known.entrySet()) {
        if (one.getKey().length() >= SHORTEST_SPREAD) {
          clean = Texts.replace(clean, one.getKey(), one.getValue());
        }
      }
      return clean;
    });
  }

  /** The same in names, headings, comments and notes, where no name of a secret can stand. */
  private void spreadInWords() {
    draft.mapRequests(request -> {
      String name = request.name();
      RequestDraft clean = request.named(name == null ? null : starred(name));
      return clean.withComments(request.comments().stream().map(this::starred).toList());
    });
    draft.steps.replaceAll(step ->
        step instanceof WorkspaceDraft.Heading heading
            ? new WorkspaceDraft.Heading(starred(heading.text()))
            : step);
    draft.notes.replaceAll(this::starred);
    draft.tasks.replaceAll(this::starred);
    draft.secrets.replaceAll(
        (_, secret) -> new WorkspaceDraft.SecretDraft(secret.variable(), starred(secret.what())));
  }

  private String starred(String text) {
    String clean = JWT.matcher(text).replaceAll("***");
    for (String value : known.keySet()) {
      if (value.length() >= SHORTEST_SPREAD && !value.startsWith("${")) {
        clean = clean.replace(value, "***");
      }
    }
    return clean;
  }

  /** A bearer token that every request sends is said once. */
  private void share() {
    List<RequestDraft> requests = draft.requests();
    if (requests.isEmpty() || draft.auth != null) {
      return;
    }
    Template first = requests.getFirst().header("authorization");
    if (first == null
        || !requests.stream().allMatch(request -> first.equals(request.header("authorization")))) {
      return;
    }
    Matcher bearer =
        Pattern.compile("Bearer (\\$\\{(secret|env)\\.[^}]+})").matcher(first.source());
    if (bearer.matches()) {
      draft.auth = new Auth.Bearer(Template.parse(bearer.group(1)));
      draft.mapRequests(request -> request.without("authorization"));
    }
  }
}
