package dev.assay.gateway.http;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request and its one answer, which may be given on any thread. */
final class Exchange {

  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  private final ChannelHandlerContext context;
  private final ServerHandler connection;
  private final boolean keepAlive;
  private final HttpHeaders headers;
  private final String method;
  private final String uri;
  private final byte[] body;
  private @Nullable QueryStringDecoder decoder;
  private @Nullable RateLimit limit;

  Exchange(
      ChannelHandlerContext context,
      ServerHandler connection,
      boolean keepAlive,
      HttpHeaders headers,
      String method,
      String uri,
      ByteBuf content) {
    this.context = context;
    this.connection = connection;
    this.keepAlive = keepAlive;
    this.headers = headers;
    this.method = method;
    this.uri = uri;
    this.body = ByteBufUtil.getBytes(content);
  }

  String method() {
    return method;
  }

  String path() {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  /** A parameter of the query, or empty. */
  String query(String name) {
    List<String> values = decoder().parameters().get(name);
    return values == null || values.isEmpty() ? "" : values.getLast();
  }

  Map<String, String> query() {
    Map<String, String> all = new HashMap<>();
    decoder().parameters().forEach((name, values) -> all.put(name, values.getLast()));
    return all;
  }

  private QueryStringDecoder decoder() {
    QueryStringDecoder made = decoder;
    if (made == null) {
      made = new QueryStringDecoder(uri);
      decoder = made;
    }
    return made;
  }

  @Nullable String header(CharSequence name) {
    return headers.get(name);
  }

  Map<String, String> headers() {
    Map<String, String> all = new HashMap<>();
    headers.forEach(
        entry -> all.put(entry.getKey().toLowerCase(java.util.Locale.ROOT), entry.getValue()));
    return all;
  }

  byte[] body() {
    return body;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  InetAddress from() {
    return context.channel().remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  /** Whose limit the answer tells. */
  void limited(RateLimit by) {
    limit = by;
  }

  void json(int status, Json json) {
    respond(status, JSON, JsonWriter.canonicalBytes(json));
  }

  void problem(int status, Problem problem) {
    respond(status, PROBLEM, JsonWriter.canonicalBytes(Failure.json(status, problem)));
  }

  void respond(int status, String type, byte[] content) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(status),
            context.alloc().buffer(content.length).writeBytes(content));
    HttpHeaders to = response.headers();
    to.set(HttpHeaderNames.CONTENT_TYPE, type);
    to.setInt(HttpHeaderNames.CONTENT_LENGTH, content.length);
    if (!keepAlive) {
      to.set(HttpHeaderNames.CONNECTION, "close");
    }
    RateLimit by = limit;
    if (by != null) {
      to.set("RateLimit-Policy", by.policy());
      to.set("RateLimit", by.state());
    }
    if (status == 429 || status == 503) {
      to.set(
          HttpHeaderNames.RETRY_AFTER, by == null ? "1" : Long.toString(Math.max(1, by.after())));
    }
    if (status == 401) {
      to.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer, Basic realm=\"gateway\"");
    }
    if (type.startsWith("text/html")) {
      to.set(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
      to.set("X-Content-Type-Options", "nosniff");
      to.set("Referrer-Policy", "no-referrer");
    }
    if (context.executor().inEventLoop()) {
      connection.answer(context, response, keepAlive);
    } else {
      context.executor().execute(() -> connection.answer(context, response, keepAlive));
    }
  }
}
