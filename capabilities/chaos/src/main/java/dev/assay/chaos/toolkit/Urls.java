package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes addresses and forms as Python's requests and urllib do. */
final class Urls {

  private static final String LEGAL = "-._~:/?#[]@!$&'()*+,;=%";

  private Urls() {}

  /** The address with what may not stand in one percent-encoded. */
  static String quoted(String url) {
    StringBuilder out = new StringBuilder();
    for (byte b : url.strip().getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || LEGAL.indexOf(c) >= 0);
      out.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return out.toString();
  }

  /** The members as {@code a=1&b=2}; a list is repeated, what is null left out. */
  static String form(Json.Obj members) {
    List<String> parts = new ArrayList<>();
    members
        .members()
        .forEach((name, value) -> {
          List<Json> all = value instanceof Json.Array list ? list.items() : List.of(value);
          for (Json one : all) {
            if (!(one instanceof Json.Null)) {
              parts.add(encoded(name) + "=" + encoded(Python.text(one)));
            }
          }
        });
    return String.join("&", parts);
  }

  /** The address with more in its query. */
  static String with(String url, String query) {
    return query.isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
