package dev.assay.gateway.store;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses of PostgreSQL as people and libpq write them. */
final class PostgresUrl {

  private static final String PREFIX = "jdbc:postgresql://";

  private PostgresUrl() {}

  /** Whether a store is one. */
  static boolean is(String store) {
    return store.startsWith("postgresql://")
        || store.startsWith("postgres://")
        || store.startsWith(PREFIX);
  }

  /** As the driver wants it: user and password as parameters, inserts of a batch in one. */
  static String jdbc(String url) {
    StringBuilder jdbc = new StringBuilder();
    if (url.startsWith(PREFIX)) {
      jdbc.append(url);
    } else {
      URI uri = URI.create(url);
      jdbc.append(PREFIX).append(uri.getHost());
      if (uri.getPort() >= 0) {
        jdbc.append(':').append(uri.getPort());
      }
      jdbc.append(uri.getRawPath());
      String query = uri.getRawQuery();
      jdbc.append('?').append(query == null ? "" : query);
      String user = uri.getRawUserInfo();
      if (user != null) {
        int colon = user.indexOf(':');
        parameter(jdbc, "user", colon < 0 ? user : user.substring(0, colon));
        if (colon >= 0) {
          parameter(jdbc, "password", user.substring(colon + 1));
        }
      }
    }
    return jdbc.append(jdbc.indexOf("?") < 0 ? '?' : '&')
        .append("reWriteBatchedInserts=true&ApplicationName=assay-gateway&tcpKeepAlive=true")
        .toString();
  }

  private static void parameter(StringBuilder to, String name, String encoded) {
    String value = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    to.append('&')
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  /** Without what is secret. */
  static String shown(String url) {
    return url.replaceAll("//[^@/]*@", "//").replaceAll("\\?.*", "");
  }
}
