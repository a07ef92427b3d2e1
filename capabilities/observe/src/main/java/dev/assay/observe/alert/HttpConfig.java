package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.problem.Nearest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Who Assay says it is to a receiver, and what else it sends along: {@code http_config} of
 * Alertmanager 0.28. What leads requests another way (proxies, client certificates, OAuth 2) is not
 * spoken, and said when the file is read. Immutable; its text form shows no secret.
 */
public final class HttpConfig {

  /** What the file calls it. */
  static final String KEY = "http_config";

  private static final String LOGIN = "authorization";
  private static final String BASIC = "basic_auth";
  private static final String TOKEN = "bearer_token";
  private static final String HEADERS = "http_headers";
  private static final List<String> SPOKEN =
      List.of(LOGIN, BASIC, TOKEN, HEADERS, "follow_redirects", "enable_http2");

  /** What a request is framed by, and Assay says itself. */
  private static final Set<String> OWN =
      Set.of("host", "content-type", "content-length", "connection", "transfer-encoding");

  private final Json.Obj written;

  private HttpConfig(Json.Obj written) {
    this.written = written;
  }

  /** That of a way, or else of all of the file; empty where there is none. */
  public static HttpConfig of(Json.Obj way, Map<String, Json> global) {
    Json own = way.find(KEY);
    return (own == null ? global.get(KEY) : own) instanceof Json.Obj written
        ? new HttpConfig(written)
        : new HttpConfig(Json.object().build());
  }

  /**
   * The headers of each request.
   *
   * @throws IllegalArgumentException with a sentence for people, if a part is missing
   */
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    if (written.find(HEADERS) instanceof Json.Obj all) {
      all.members().forEach((name, value) -> headers.put(name, String.join(", ", values(value))));
    }
    if (written.find(LOGIN) instanceof Json.Obj login) {
      String type = login.findText("type");
      headers.put(
          "Authorization", (type == null ? "Bearer" : type) + " " + text(login, "credentials"));
    }
    if (written.find(BASIC) instanceof Json.Obj basic) {
      byte[] both =
          (text(basic, "username") + ":" + text(basic, "password"))
              .getBytes(StandardCharsets.UTF_8);
      headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
    }
    if (written.find(TOKEN) != null) {
      headers.put("Authorization", "Bearer " + text(written, TOKEN));
    }
    return headers;
  }

  private static List<String> values(Json value) {
    if (!(value instanceof Json.Obj header)) {
      return List.of();
    }
    Json plain = header.find("values");
    Json found = plain == null ? header.find("secrets") : plain;
    return found == null ? List.of() : found.asArray().stream().map(Json::asText).toList();
  }

  private static String text(Json.Obj of, String key) {
    String text = of.findText(key);
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException("'" + key + "' is missing in " + KEY);
    }
    return text;
  }

  /**
   * Tells what of it is not spoken or cannot be sent, and how to mend it.
   *
   * @param config what is written; null for nothing
   * @param self whose it is, for people
   */
  static void check(@Nullable Json config, String self, BiConsumer<String, String> wrong) {
    if (config == null) {
      return;
    }
    if (!(config instanceof Json.Obj written)) {
      wrong.accept(
          self + " has an '" + KEY + "' that is no map", "write its keys with their values");
      return;
    }
    for (String key : written.members().keySet()) {
      if (!SPOKEN.contains(key)) {
        wrong.accept(
            self + " has '" + key + "' in '" + KEY + "', which is not spoken here",
            Nearest.mend(key, SPOKEN));
      }
    }
    if (written.find("follow_redirects") instanceof Json.Bool(boolean follows) && follows) {
      wrong.accept(
          self + " wants redirects to be followed, and none is",
          "write the address that it leads to");
    }
    long logins =
        List.of(LOGIN, BASIC, TOKEN).stream().filter(key -> written.find(key) != null).count();
    if (logins > 1) {
      wrong.accept(self + " says more than once who asks", "keep one of them");
    }
    new HttpConfig(written).check(self, wrong);
  }

  private void check(String self, BiConsumer<String, String> wrong) {
    try {
      headers()
          .forEach((name, value) -> {
            if (OWN.contains(name.toLowerCase(java.util.Locale.ROOT))
                || !name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
                || value.isBlank()
                || value.chars().anyMatch(Character::isISOControl)) {
              wrong.accept(
                  self + " has the header '" + name + "' that cannot be sent",
                  "write a name and `values: [ … ]` of one line each");
            }
          });
    } catch (IllegalArgumentException | JsonException missing) {
      wrong.accept(self + ": " + missing.getMessage(), "write it into the file itself");
    }
  }

  @Override
  public String toString() {
    return KEY;
  }
}
