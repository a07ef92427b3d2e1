package dev.assay.load.imports;

import dev.assay.api.json.Json;
import dev.assay.load.imports.WorkspaceDraft.Answer;
import dev.assay.load.imports.WorkspaceDraft.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the values of a recorded answer that a later request may use. */
final class AnswerValues {

  private static final int MOST = 20_000;
  private static final int LONGEST = 4096;
  private static final int LONGEST_PATH = 400;
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern QUOTABLE_NAME = Pattern.compile("[^'\"\\\\\\p{Cntrl}$]{1,100}");
  private static final Set<String> IDS =
      Set.of("id", "uuid", "guid", "_id", "key", "value", "slug");
  private static final Set<String> STANDARD_HEADERS =
      Set.of(
          "age",
          "allow",
          "alt-svc",
          "cache-control",
          "connection",
          "content-encoding",
          "content-language",
          "content-length",
          "content-security-policy",
          "content-type",
          "date",
          "expires",
          "keep-alive",
          "last-modified",
          "nel",
          "pragma",
          "referrer-policy",
          "report-to",
          "server",
          "server-timing",
          "set-cookie",
          "strict-transport-security",
          "transfer-encoding",
          "vary",
          "via",
          "x-content-type-options",
          "x-frame-options",
          "x-powered-by",
          "x-xss-protection",
          "accept-ranges",
          "etag",
          "p3p");
  private static final Pattern TAG =
      Pattern.compile("<(?:input|meta)\\b[^>]{0,2000}>", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile("\\bname\\s*=\\s*[\"']([^\"']{1,100})[\"']", Pattern.CASE_INSENSITIVE);
  private static final Pattern VALUE =
      Pattern.compile("\\b(value|content)\\s*=\\s*\"([^\"]{1,4096})\"", Pattern.CASE_INSENSITIVE);
  private static final Pattern HIDDEN =
      Pattern.compile("type\\s*=\\s*[\"']?hidden", Pattern.CASE_INSENSITIVE);

  private final RequestDraft request;
  private final Predicate<String> used;
  private final List<Found> found = new ArrayList<>();

  /**
   * A value and where it is.
   *
   * @param value the value
   * @param selector as a step saves it
   * @param key the name it has in the answer
   * @param name a name for templates
   * @param certain whether it is meant to be sent back, so that any text will do
   * @param rank the lower, the better a place to save it from
   */
  record Found(String value, String selector, String key, String name, boolean certain, int rank) {}

  private AnswerValues(RequestDraft request, Predicate<String> used) {
    this.request = request;
    this.used = used;
  }

  /**
   * The values of an answer to a request.
   *
   * @param used whether a later request uses a value; others are passed over
   */
  static List<Found> of(RequestDraft request, Answer answer, Predicate<String> used) {
    AnswerValues values = new AnswerValues(request, used);
    values.headers(answer);
    String mime = BodyReader.mime(answer.mime());
    if (BodyReader.isJson(mime)) {
      Json json = BodyReader.json(answer.body());
      if (json != null) {
        values.json(json, new Way(null, ""), "");
      }
    } else if (mime.contains("html")) {
      values.html(answer.body());
    }
    return values.found;
  }

  private void add(String value, String selector, String key, boolean certain, int rank) {
    if (!value.isBlank() && used.test(value) && value.length() <= LONGEST && found.size() < MOST) {
      found.add(new Found(value, selector, key, name(key), certain, rank));
    }
  }

  /** {@code id} of an answer to POST /orders is {@code order_id}. */
  private String name(String key) {
    if (!IDS.contains(key.toLowerCase(Locale.ROOT))) {
      return Texts.word(key);
    }
    String owner = owner(Texts.plain(request.target().path()));
    String id = Texts.word(key);
    return owner == null ? id : owner + "_" + id;
  }

  private static @Nullable String owner(String path) {
    String[] segments = path.split("/");
    for (int i = segments.length - 1; i >= 0; i--) {
      if (segments[i].matches("[A-Za-z][A-Za-z_-]{2,30}")) {
        return Texts.word(singular(segments[i]).toLowerCase(Locale.ROOT));
      }
    }
    return null;
  }

  /** The singular of an English plural, near enough for a name. */
  static String singular(String word) {
    if (word.endsWith("ies") && word.length() > 4) {
      return word.substring(0, word.length() - 3) + "y";
    }
    if (word.endsWith("sses") || word.endsWith("xes") || word.endsWith("ches")) {
      return word.substring(0, word.length() - 2);
    }
    boolean plural =
        word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is");
    return plural ? word.substring(0, word.length() - 1) : word;
  }

  private void headers(Answer answer) {
    for (Entry header : answer.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (name.equals("location")) {
        location(header.value());
      } else if (!STANDARD_HEADERS.contains(name)) {
        boolean token = name.contains("csrf") || name.contains("xsrf") || name.contains("token");
        add(header.value(), "header:" + name, name.replaceFirst("^x-", ""), token, 2);
      }
    }
    for (Entry cookie : answer.cookies()) {
      boolean token = cookie.name().toLowerCase(Locale.ROOT).matches(".*(csrf|xsrf).*");
      String decoded = FormText.decoded(cookie.value());
      if (cookie.name().matches("[A-Za-z0-9_.-]+")) {
        add(cookie.value(), "cookie:" + cookie.name(), cookie.name(), token, 3);
        if (!decoded.equals(cookie.value()) && token) {
          add(decoded, "cookie:" + cookie.name(), cookie.name(), true, 4);
        }
      }
    }
  }

  /** The place of what a POST created, where a later request goes there as it is. */
  private void location(String path) {
    if (request.method().equals("POST") && path.matches("/[^?#]*\\d[^?#]*")) {
      add(path, "header:location", "location", true, 1);
    }
  }

  /**
   * The way to a value; its text is only made for values that matter, as answers are long.
   *
   * @param before the way to what holds it; null for the whole
   * @param step a member's name or an index in brackets
   */
  private record Way(@Nullable Way before, String step) {

    /** The JSON path, or null where it holds a name that no path can say. */
    @Nullable String path() {
      Way holder = before;
      if (holder == null) {
        return "$";
      }
      String start = holder.path();
      if (start == null || step.startsWith("[")) {
        return start == null ? null : start + step;
      }
      if (PLAIN_NAME.matcher(step).matches()) {
        return start + "." + step;
      }
      return QUOTABLE_NAME.matcher(step).matches() ? start + "['" + step + "']" : null;
    }

    int depth() {
      Way holder = before;
      return holder == null ? 0 : holder.depth() + 1;
    }
  }

  private void json(Json value, Way way, String key) {
    switch (value) {
      case Json.Text text -> member(text.value(), way, key);
      case Json.Whole whole -> member(Long.toString(whole.value()), way, key);
      case Json.Array array -> {
        for (int i = 0; i < array.items().size(); i++) {
          json(array.items().get(i), new Way(way, "[" + i + "]"), key);
        }
      }
      case Json.Obj object -> {
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
          String name = member.getKey();
          if (!name.startsWith("[")) {
            json(member.getValue(), new Way(way, name), name);
          }
        }
      }
      default -> {}
    }
  }

  private void member(String value, Way way, String key) {
    if (!used.test(value)) {
      return;
    }
    String path = way.path();
    if (path != null && path.length() < LONGEST_PATH) {
      boolean id = key.toLowerCase(Locale.ROOT).endsWith("id");
      add(value, path, key, false, 10 + way.depth() * 2 + (id ? 0 : 1));
    }
  }

  private void html(String body) {
    Matcher tags = TAG.matcher(body);
    while (tags.find() && found.size() < MOST) {
      String tag = tags.group();
      Matcher name = NAME.matcher(tag);
      Matcher value = VALUE.matcher(tag);
      boolean meta = tag.regionMatches(true, 0, "<meta", 0, 5);
      if (!name.find() || !value.find() || value.group(2).indexOf('&') >= 0) {
        continue;
      }
      boolean token =
          name.group(1)
              .toLowerCase(Locale.ROOT)
              .matches(".*(csrf|xsrf|token|nonce|viewstate|authenticity).*");
      if (!meta && !HIDDEN.matcher(tag).find() || meta && !token) {
        continue;
      }
      String attribute = escaped(name.group());
      String selector =
          name.start() < value.start()
              ? attribute + "[^>]*" + value.group(1) + "=\"([^\"]*)\""
              : value.group(1) + "=\"([^\"]*)\"[^>]*" + attribute;
      add(value.group(2), "regex:" + selector, name.group(1), true, 5);
    }
  }

  /** A text as a regular expression that matches only it; never with a dollar sign. */
  private static String escaped(String text) {
    return text.replaceAll("[\\\\.\\[\\]{}()*+?^|]", "\\\\$0").replace("$", "\\x24");
  }
}
