package dev.assay.server;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a browser: keeps cookies, follows redirects, and sends what forms send. */
final class Visitor implements AutoCloseable {

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final String server;
  private final CookieManager cookies = new Cookies();
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /** As browsers do: what is of this machine may be trusted without TLS. */
  private static final class Cookies extends CookieManager {

    Cookies() {
      super(null, CookiePolicy.ACCEPT_ALL);
    }

    @Override
    public void put(URI from, Map<String, List<String>> headers) throws IOException {
      Map<String, List<String>> trusted = new HashMap<>(headers);
      if ("127.0.0.1".equals(from.getHost())) {
        trusted.replaceAll((name, values) ->
            "set-cookie".equalsIgnoreCase(name)
                ? values.stream().map(value -> value.replaceAll("(?i); *Secure", "")).toList()
                : values);
      }
      super.put(from, trusted);
    }
  }

  Visitor(String server) {
    this.server = server;
  }

  /** What the browser sends as a cookie. */
  String cookie() {
    return cookies.getCookieStore().getCookies().stream()
        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> get(String path, Map<String, String> headers) {
    HttpRequest.Builder request = request(path).GET();
    headers.forEach(request::header);
    return send(request);
  }

  /** Fills the form of a page. */
  HttpResponse<String> post(String page, String path, Map<String, String> fields) {
    Matcher token = TOKEN.matcher(get(page).body());
    if (!token.find()) {
      throw new AssertionError("there is no form at " + page);
    }
    String body =
        "_csrf="
            + encoded(token.group(1))
            + fields.entrySet().stream()
                .map(field -> "&" + field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining());
    return postRaw(path, body);
  }

  /** Sends a form to another server, with its cookies. */
  HttpResponse<String> postAbsolute(URI address, String body) {
    return send(
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  /** As a proxy before the server asks, to which somebody came by HTTPS. */
  HttpResponse<String> getThroughHttps(String path) {
    return send(
        request(path)
            .header("X-Forwarded-Proto", "https")
            .header("X-Forwarded-For", "192.0.2.7")
            .GET());
  }

  HttpResponse<String> postRaw(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  /** What a program with a key asks. */
  HttpResponse<String> ask(String method, String path, String key, byte[] body) {
    return send(
        request("/api/v1/" + path)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/octet-stream")
            .method(method, BodyPublishers.ofByteArray(body)));
  }

  /** The same with more headers. */
  HttpResponse<String> ask(
      String method, String path, String key, byte[] body, Map<String, String> headers) {
    HttpRequest.Builder request =
        request("/api/v1/" + path)
            .header("Authorization", "Bearer " + key)
            .method(method, BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return send(request);
  }

  HttpResponse<String> ask(String path, String key) {
    return send(request("/api/v1/" + path).header("Authorization", "Bearer " + key).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path)).timeout(Duration.ofSeconds(60));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
