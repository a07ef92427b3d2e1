package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.spi.Cancellation;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends requests as Python's requests does, as far as an experiment can see. Thread-safe. */
final class Http implements AutoCloseable {

  private static final int LARGEST_BODY = 16 << 20;
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration LAST_BREATH = Duration.ofSeconds(5);
  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*[\"']?([\\w.:-]+)", Pattern.CASE_INSENSITIVE);

  /**
   * What is sent.
   *
   * @param method in capitals
   * @param url with its query
   * @param headers by name
   * @param body or null
   * @param connect how long connecting may take; null for as long as it takes
   * @param read how long the answer may take; null likewise
   * @param verify whether certificates are checked
   * @param retries how often connecting is tried again
   */
  record Request(
      String method,
      String url,
      Map<String, String> headers,
      @Nullable String body,
      @Nullable Duration connect,
      @Nullable Duration read,
      boolean verify,
      int retries) {

    /** A request with a JSON body or none, as extensions of the toolkit send it. */
    static Request json(String method, String url, @Nullable Json body) {
      Map<String, String> headers =
          body == null ? Map.of() : Map.of("Content-Type", "application/json");
      return new Request(
          method,
          url,
          headers,
          body == null ? null : JsonWriter.canonical(body),
          null,
          null,
          true,
          0);
    }
  }

  /**
   * What came back.
   *
   * @param status the status code
   * @param headers each once, with the names in their usual capitals
   * @param text the body
   */
  record Answer(int status, Map<String, String> headers, String text) {
    boolean ok() {
      return status < 400;
    }
  }

  /** Requests of one kind share a client. */
  private record Kind(boolean verify, @Nullable Duration connect) {}

  private final Cancellation cancellation;
  private final Map<Kind, HttpClient> clients = new HashMap<>();

  Http(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  /**
   * Sends it.
   *
   * @throws ActivityFailed if nobody answers in time
   * @throws Unforeseen if it is no request that could be sent
   */
  Answer send(Request request) {
    HttpRequest prepared = prepare(request);
    for (int tried = 0; ; tried++) {
      try {
        return exchange(prepared, request);
      } catch (ConnectException | HttpConnectTimeoutException unreachable) {
        if (tried >= request.retries()) {
          throw new ActivityFailed(
              "failed to connect to " + request.url() + ": " + reason(unreachable));
        }
      } catch (HttpTimeoutException late) {
        throw new ActivityFailed("activity took too long to complete");
      } catch (IOException broken) {
        throw new ActivityFailed("failed to connect to " + request.url() + ": " + reason(broken));
      }
    }
  }

  private static String reason(IOException broken) {
    return broken.getMessage() == null ? broken.getClass().getSimpleName() : broken.getMessage();
  }

  private static HttpRequest prepare(Request request) {
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(URI.create(Urls.quoted(request.url())))
              .version(HttpClient.Version.HTTP_1_1)
              .method(
                  request.method(),
                  request.body() == null
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofString(request.body()))
              .setHeader("User-Agent", "assay")
              .setHeader("Accept", "*/*");
      request.headers().forEach(builder::setHeader);
      if (request.read() != null) {
        builder.timeout(whole(request));
      }
      return builder.build();
    } catch (IllegalArgumentException wrong) {
      throw new Unforeseen("cannot send to '" + request.url() + "': " + wrong.getMessage());
    }
  }

  private static Duration whole(Request request) {
    Duration read = request.read() == null ? LONGEST : request.read();
    return request.connect() == null ? read : read.plus(request.connect());
  }

  private Answer exchange(HttpRequest prepared, Request request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client(request)
            .sendAsync(prepared, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_BODY));
    try (Cancellation.Registration _ = cancellation.onRequest(() -> answer.cancel(true))) {
      return answer(answer.get(whole(request).toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException broken) {
        throw broken;
      }
      throw new Unforeseen("sending to " + request.url() + ": " + failed.getCause());
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new HttpTimeoutException("no end of the answer");
    } catch (CancellationException stopped) {
      throw Surroundings.stopped();
    } catch (InterruptedException ended) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw Surroundings.stopped();
    }
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    Map<String, String> headers = new LinkedHashMap<>();
    response
        .headers()
        .map()
        .forEach((name, all) -> headers.put(usual(name), String.join(", ", all)));
    String type = headers.getOrDefault("Content-Type", "");
    return new Answer(response.statusCode(), headers, decode(response.body(), type));
  }

  /** {@code content-type} as {@code Content-Type}: the JDK does not keep how it was written. */
  private static String usual(String name) {
    StringBuilder usual = new StringBuilder(name.toLowerCase(Locale.ROOT));
    for (int i = 0; i < usual.length(); i++) {
      if (i == 0 || usual.charAt(i - 1) == '-') {
        usual.setCharAt(i, Character.toUpperCase(usual.charAt(i)));
      }
    }
    return usual.toString();
  }

  private static String decode(byte[] body, String type) {
    Matcher named = CHARSET.matcher(type);
    try {
      if (named.find()) {
        return new String(body, Charset.forName(named.group(1)));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException
        | IllegalCharsetNameException
        | UnsupportedCharsetException unknown) {
      return new String(body, StandardCharsets.ISO_8859_1);
    }
  }

  private synchronized HttpClient client(Request request) {
    return clients.computeIfAbsent(new Kind(request.verify(), request.connect()), Http::client);
  }

  private static HttpClient client(Kind kind) {
    HttpClient.Builder builder =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS);
    if (kind.connect() != null) {
      builder.connectTimeout(kind.connect());
    }
    try {
      return kind.verify() ? builder.build() : builder.sslContext(NoTrust.context()).build();
    } catch (GeneralSecurityException none) {
      throw new Unforeseen("this Java has no TLS: " + none.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    clients.values().forEach(Http::end);
    clients.clear();
  }

  private static void end(HttpClient client) {
    client.shutdownNow();
    try {
      client.awaitTermination(LAST_BREATH);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
