package dev.assay.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A complete answer to a request, the last one where redirects were followed. For one thread. */
final class Answer {

  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([A-Za-z0-9._:-]{1,40})\"?", Pattern.CASE_INSENSITIVE);

  private final URI uri;
  private final int status;
  private final HttpClient.Version version;
  private final HttpHeaders headers;
  private final byte[] body;
  private final long firstByteNanos;
  private final long totalNanos;
  private final @Nullable TlsDetails tls;

  private @Nullable String text;
  private boolean parsed;
  private @Nullable Object json;
  private StrictJson.@Nullable NotJson broken;

  Answer(
      URI uri,
      int status,
      HttpClient.Version version,
      HttpHeaders headers,
      byte[] body,
      long firstByteNanos,
      long totalNanos,
      @Nullable TlsDetails tls) {
    this.uri = uri;
    this.status = status;
    this.version = version;
    this.headers = headers;
    this.body = body;
    this.firstByteNanos = firstByteNanos;
    this.totalNanos = totalNanos;
    this.tls = tls;
  }

  URI uri() {
    return uri;
  }

  int status() {
    return status;
  }

  HttpClient.Version version() {
    return version;
  }

  HttpHeaders headers() {
    return headers;
  }

  List<String> header(String name) {
    return headers.allValues(name);
  }

  int size() {
    return body.length;
  }

  long firstByteNanos() {
    return firstByteNanos;
  }

  long totalNanos() {
    return totalNanos;
  }

  Optional<TlsDetails> tls() {
    return Optional.ofNullable(tls);
  }

  /** The body as text, in the character set that the answer names or UTF-8. */
  String text() {
    String known = text;
    if (known == null) {
      known = new String(body, charset(headers));
      text = known;
    }
    return known;
  }

  /** The body as a JSON document; null for JSON's null. */
  @Nullable Object json() throws StrictJson.NotJson {
    if (!parsed) {
      parsed = true;
      try {
        json = StrictJson.read(body, charset(headers));
      } catch (StrictJson.NotJson wrong) {
        broken = wrong;
      }
    }
    StrictJson.NotJson wrong = broken;
    if (wrong != null) {
      throw wrong;
    }
    return json;
  }

  /** The character set that the headers name, or UTF-8. */
  static Charset charset(HttpHeaders headers) {
    Matcher matcher = CHARSET.matcher(headers.firstValue("content-type").orElse(""));
    if (!matcher.find()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(matcher.group(1));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return StandardCharsets.UTF_8;
    }
  }
}
