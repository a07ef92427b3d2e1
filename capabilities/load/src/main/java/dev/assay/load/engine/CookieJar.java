package dev.assay.load.engine;

import dev.assay.load.extract.Bytes;
import dev.assay.load.request.CompiledRequest;
import dev.assay.load.request.Segment;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one user (RFC 6265). At most {@link #MOST} are kept, the oldest go first. Text is
 * made only of responses that set a cookie, not of those that do not. Not thread-safe.
 */
final class CookieJar {

  private static final int MOST = 50;
  private static final int LONGEST = 4096;
  private static final byte[] HEADER = "Cookie: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LINE = {'\r', '\n'};

  private record Cookie(
      String name, String domain, boolean hostOnly, String path, boolean secure, byte[] pair) {}

  private final List<Cookie> cookies = new ArrayList<>(0);

  void clear() {
    if (!cookies.isEmpty()) {
      cookies.clear();
    }
  }

  /** Reads the value of a {@code Set-Cookie} header (RFC 6265 5.2 and 5.3). */
  void set(byte[] line, int from, int to, String host, String resource, Instant now) {
    if (to - from > LONGEST) {
      return;
    }
    String[] parts = new String(line, from, to - from, StandardCharsets.ISO_8859_1).split(";");
    int equals = parts[0].indexOf('=');
    if (equals <= 0) {
      return;
    }
    String name = parts[0].substring(0, equals).strip();
    String pair = name + "=" + parts[0].substring(equals + 1).strip();
    String domain = host.toLowerCase(Locale.ROOT);
    boolean hostOnly = true;
    String path = directory(resource);
    boolean secure = false;
    boolean expired = false;
    boolean aged = false;
    for (int i = 1; i < parts.length; i++) {
      int at = parts[i].indexOf('=');
      String key = (at < 0 ? parts[i] : parts[i].substring(0, at)).strip().toLowerCase(Locale.ROOT);
      String value = at < 0 ? "" : parts[i].substring(at + 1).strip();
      switch (key) {
        case "domain" -> {
          String wide = value.startsWith(".") ? value.substring(1) : value;
          if (!wide.isEmpty()) {
            if (!matches(domain, wide.toLowerCase(Locale.ROOT))) {
              return;
            }
            domain = wide.toLowerCase(Locale.ROOT);
            hostOnly = false;
          }
        }
        case "path" -> path = value.startsWith("/") ? value : path;
        case "secure" -> secure = true;
        case "max-age" -> {
          aged = true;
          expired = value.startsWith("-") || value.equals("0");
        }
        case "expires" -> expired = aged ? expired : past(value, now);
        default -> {
          // SameSite and HttpOnly are for browsers.
        }
      }
    }
    String of = domain;
    String below = path;
    cookies.removeIf(
        one -> one.name().equals(name) && one.domain().equals(of) && one.path().equals(below));
    if (!expired) {
      if (cookies.size() == MOST) {
        cookies.removeFirst();
      }
      cookies.add(
          new Cookie(
              name, of, hostOnly, below, secure, pair.getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  private static boolean past(String date, Instant now) {
    try {
      return ZonedDateTime.parse(date.replace('-', ' '), DateTimeFormatter.RFC_1123_DATE_TIME)
          .toInstant()
          .isBefore(now);
    } catch (DateTimeException unreadable) {
      return false;
    }
  }

  private static String directory(String resource) {
    int query = resource.indexOf('?');
    String path = query < 0 ? resource : resource.substring(0, query);
    int last = path.lastIndexOf('/');
    return last <= 0 ? "/" : path.substring(0, last);
  }

  private static boolean matches(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }

  /** Appends the line of an HTTP/1.1 header, or nothing where no cookie fits. */
  void line(Origin origin, CompiledRequest request, Bytes into) {
    if (fits(origin, request)) {
      into.append(HEADER, 0, HEADER.length);
      value(origin, request, into);
      into.append(LINE, 0, LINE.length);
    }
  }

  /** Whether there is a cookie for a request. */
  boolean fits(Origin origin, CompiledRequest request) {
    for (Cookie cookie : cookies) {
      if (fits(cookie, origin, request)) {
        return true;
      }
    }
    return false;
  }

  private static boolean fits(Cookie cookie, Origin origin, CompiledRequest request) {
    String host = origin.host().toLowerCase(Locale.ROOT);
    boolean here =
        cookie.hostOnly() ? host.equals(cookie.domain()) : matches(host, cookie.domain());
    return here && (origin.tls() || !cookie.secure()) && below(cookie.path(), request);
  }

  /** Appends the value of a cookie header. */
  void value(Origin origin, CompiledRequest request, Bytes into) {
    boolean any = false;
    for (Cookie cookie : cookies) {
      if (fits(cookie, origin, request)) {
        if (any) {
          into.append((byte) ';');
          into.append((byte) ' ');
        }
        into.append(cookie.pair(), 0, cookie.pair().length);
        any = true;
      }
    }
  }

  private static boolean below(String path, CompiledRequest request) {
    if (path.equals("/") || request.resource().isEmpty()) {
      return true;
    }
    if (!(request.resource().getFirst() instanceof Segment.Fixed(byte[] bytes))) {
      return false;
    }
    // A slot in the path is behind its first fixed piece, which is what a cookie's path covers.
    String resource = new String(bytes, StandardCharsets.ISO_8859_1);
    return resource.startsWith(path)
        && (path.endsWith("/")
            || resource.length() == path.length()
            || "/?".indexOf(resource.charAt(path.length())) >= 0);
  }

  /** The value of a cookie, or null. */
  @Nullable String value(String name) {
    for (Cookie cookie : cookies) {
      if (cookie.name().equals(name)) {
        String pair = new String(cookie.pair(), StandardCharsets.ISO_8859_1);
        return pair.substring(pair.indexOf('=') + 1);
      }
    }
    return null;
  }
}
