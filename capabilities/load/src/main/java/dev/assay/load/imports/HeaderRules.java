package dev.assay.load.imports;

import java.util.Locale;
import java.util.Set;

/** Which recorded headers belong to a request, and which to the program or the way that sent it. */
final class HeaderRules {

  /** Of one connection (RFC 9110 section 7.6.1), and what the engine sets itself. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authorization",
          "proxy-authenticate",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "host",
          "content-length",
          "expect",
          "http2-settings");

  /** What a browser says of itself, of its cache and of where its user came from. */
  private static final Set<String> OF_THE_BROWSER =
      Set.of(
          "user-agent",
          "accept-encoding",
          "cache-control",
          "pragma",
          "dnt",
          "priority",
          "origin",
          "referer",
          "upgrade-insecure-requests",
          "save-data",
          "viewport-width",
          "width",
          "dpr",
          "device-memory",
          "downlink",
          "ect",
          "rtt",
          "purpose",
          "x-client-data",
          "if-none-match",
          "if-modified-since",
          "if-match",
          "if-unmodified-since",
          "if-range",
          "access-control-request-method",
          "access-control-request-headers",
          "alt-used");

  private HeaderRules() {}

  /** Whether it is about one connection, or set by the engine. */
  static boolean ofTheConnection(String name) {
    return name.startsWith(":") || OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether only a browser has a reason to send it. */
  static boolean ofTheBrowser(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("sec-") || OF_THE_BROWSER.contains(lower);
  }

  /** Whether it can be sent at all (RFC 9110 section 5). */
  static boolean sendable(String name, String value) {
    return name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,200}")
        && value.chars().noneMatch(c -> c < 0x20 && c != '\t' || c == 0x7f);
  }
}
