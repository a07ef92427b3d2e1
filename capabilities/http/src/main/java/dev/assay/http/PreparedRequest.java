package dev.assay.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request whose templates are filled. Immutable.
 *
 * @param method in capitals
 * @param uri absolute
 * @param headers one for each name
 * @param body null where there is none
 */
record PreparedRequest(String method, URI uri, List<Header> headers, @Nullable String body) {

  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "cookie", "proxy-authorization");

  /**
   * A header.
   *
   * @param name as written
   * @param value filled
   * @param secret whether a secret went into the value
   */
  record Header(String name, String value, boolean secret) {

    /** Whether it must not be sent on to a host that the flow did not name. */
    boolean confidential() {
      return secret || CREDENTIALS.contains(name.toLowerCase(Locale.ROOT));
    }
  }

  /** Copies the list. */
  PreparedRequest {
    headers = List.copyOf(headers);
  }

  /**
   * As the client takes it. Over TLS, HTTP/2 is offered; without, HTTP/1.1 is used, since many
   * servers stumble over an upgrade to h2c.
   *
   * @throws IllegalArgumentException if a header's value holds characters that none may hold
   */
  HttpRequest build() {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri).method(method, publisher);
    builder.version(
        "https".equalsIgnoreCase(uri.getScheme())
            ? HttpClient.Version.HTTP_2
            : HttpClient.Version.HTTP_1_1);
    for (Header header : headers) {
      try {
        builder.setHeader(header.name(), header.value());
      } catch (IllegalArgumentException broken) {
        throw new IllegalArgumentException(
            "the value of the header '" + header.name() + "' cannot be sent", broken);
      }
    }
    return builder.build();
  }

  /**
   * The request that a redirect asks for (RFC 9110, section 15.4): 303, and a POST at 301 and 302,
   * becomes a GET without a body. Credentials stay behind when it leads to another origin.
   */
  PreparedRequest redirected(int status, URI to) {
    boolean get =
        (status == 303 && !method.equals("HEAD"))
            || ((status == 301 || status == 302) && method.equals("POST"));
    boolean same = Address.sameOrigin(uri, to);
    List<Header> kept =
        headers.stream()
            .filter(header -> same || !header.confidential())
            .filter(header -> !(get && header.name().equalsIgnoreCase("content-type")))
            .toList();
    return new PreparedRequest(get ? "GET" : method, to, kept, get ? null : body);
  }
}
