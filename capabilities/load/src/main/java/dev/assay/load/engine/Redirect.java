package dev.assay.load.engine;

import dev.assay.load.request.CompiledRequest;
import dev.assay.load.request.Segment;
import dev.assay.load.request.Source;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Where a redirect leads (RFC 9110 15.4). Off the hot path: it makes text. */
final class Redirect {

  private static final Set<String> OF_BODY = Set.of("content-type", "content-encoding");
  private static final Set<String> PRIVATE = Set.of("authorization", "cookie");

  private Redirect() {}

  /** What becomes of it. */
  sealed interface Result {}

  /** A further request of the same step. */
  record To(CompiledRequest request) implements Result {}

  /** It cannot be followed. */
  record Nowhere(String why) implements Result {}

  static boolean is(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /** The request that a redirect asks for. */
  static Result of(List<Origin> origins, CompiledRequest from, Answer answer, int left) {
    int at = from.wanted().indexOf(CompiledRequest.LOCATION);
    Source.Header header = new Source.Header(at);
    if (at < 0 || !answer.found(header)) {
      return new Nowhere("status " + answer.status() + " without a Location");
    }
    String location = answer.value(header).text();
    Origin here = origins.get(from.origin());
    try {
      URI to = base(here, from).resolve(new URI(location));
      for (int i = 0; i < origins.size(); i++) {
        if (same(origins.get(i), to)) {
          return new To(request(from, answer.status(), i, to, left));
        }
      }
      return new Nowhere(
          "a redirect to " + location + ", which is no server that a step of this check names");
    } catch (URISyntaxException | IllegalArgumentException broken) {
      return new Nowhere("a redirect to '" + location + "', which is no address");
    }
  }

  private static URI base(Origin origin, CompiledRequest from) throws URISyntaxException {
    StringBuilder path = new StringBuilder();
    for (Segment segment : from.resource()) {
      path.append(
          segment instanceof Segment.Fixed(byte[] bytes)
              ? new String(bytes, StandardCharsets.UTF_8)
              : "x");
    }
    String host = origin.host().contains(":") ? "[" + origin.host() + "]" : origin.host();
    return new URI(origin.scheme() + "://" + host + ":" + origin.port() + path);
  }

  private static boolean same(Origin origin, URI to) {
    String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
    int port = to.getPort() >= 0 ? to.getPort() : scheme.equals("https") ? 443 : 80;
    String host = String.valueOf(to.getHost()).replace("[", "").replace("]", "");
    return scheme.equals(origin.scheme())
        && port == origin.port()
        && host.equalsIgnoreCase(origin.host());
  }

  private static CompiledRequest request(
      CompiledRequest from, int status, int origin, URI to, int left) {
    boolean get =
        status == 303 && !from.head()
            || (status == 301 || status == 302) && from.method().equals("POST");
    String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
    String resource = to.getRawQuery() == null ? path : path + "?" + to.getRawQuery();
    String authority =
        to.getPort() >= 0 ? to.getHost() + ":" + to.getPort() : String.valueOf(to.getHost());
    List<CompiledRequest.Header> headers =
        from.headers().stream()
            .filter(header -> !get || !OF_BODY.contains(header.name().toLowerCase(Locale.ROOT)))
            .filter(header ->
                origin == from.origin()
                    || !PRIVATE.contains(header.name().toLowerCase(Locale.ROOT)))
            .toList();
    return new CompiledRequest(
        from.step(),
        from.name(),
        origin,
        get ? "GET" : from.method(),
        authority,
        List.of(Segment.text(resource)),
        headers,
        get ? List.of() : from.content(),
        !get && from.framed(),
        from.timeoutNanos(),
        from.accepted(),
        from.wanted(),
        from.body(),
        from.expectations(),
        from.saves(),
        from.cookies(),
        left - 1);
  }
}
