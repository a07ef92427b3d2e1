package dev.assay.gateway.http;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Problem;
import dev.assay.gateway.http.SubmitReader.Submit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request and its one answer, which may be given on any thread. */
final class Exchange {

  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  private static final byte[] CREATED =
      ("HTTP/1.1 202 Accepted\r\ncontent-type: " + JSON + "\r\ncontent-length: ")
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ChannelHandlerContext context;
  private final ServerHandler connection;
  private final boolean keepAlive;
  private final @Nullable HttpHeaders headers;
  private final @Nullable Submit submit;
  private final String method;
  private final String uri;
  private final byte[] body;
  private @Nullable QueryStringDecoder decoder;
  private @Nullable RateLimit limit;

  private Exchange(
      ChannelHandlerContext context,
      ServerHandler connection,
      boolean keepAlive,
      @Nullable HttpHeaders headers,
      @Nullable Submit submit,
      String method,
      String uri,
      byte[] body) {
    this.context = context;
    this.connection = connection;
    this.keepAlive = keepAlive;
    this.headers = headers;
    this.submit = submit;
    this.method = method;
    this.uri = uri;
    this.body = body;
  }

  /** Of a request that the general codec read. */
  static Exchange of(
      ChannelHandlerContext context, ServerHandler connection, FullHttpRequest request) {
    return new Exchange(
        context,
        connection,
        HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess(),
        request.headers(),
        null,
        request.method().name(),
        request.uri(),
        ByteBufUtil.getBytes(request.content()));
  }

  /** Of a submit. */
  static Exchange of(Submit submit, ServerHandler connection) {
    return new Exchange(
        submit.context(), connection, true, null, submit, "POST", Api.MESSAGES, submit.body());
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

  @Nullable String header(String name) {
    if (headers != null) {
      return headers.get(name);
    }
    return submit == null ? null : submit.header(name);
  }

  Map<String, String> headers() {
    Map<String, String> all = new HashMap<>();
    if (headers != null) {
      headers.forEach(entry -> all.put(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue()));
    }
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
    Submit to = submit;
    if (to != null) {
      onItsThread(() -> connection.answer(to, written(status, type, content)));
      return;
    }
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(status),
            context.alloc().buffer(content.length).writeBytes(content));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, content.length);
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, "close");
    }
    more(status, type).forEach(response.headers()::set);
    onItsThread(() -> connection.answer(context, response, keepAlive));
  }

  private void onItsThread(Runnable work) {
    if (context.executor().inEventLoop()) {
      work.run();
    } else {
      context.executor().execute(work);
    }
  }

  /** An answer to a submit, as it goes over the wire. */
  private ByteBuf written(int status, String type, byte[] content) {
    ByteBuf to = context.alloc().ioBuffer(content.length + 192);
    Map<String, String> more = more(status, type);
    if (status == 202 && more.isEmpty()) {
      to.writeBytes(CREATED);
    } else {
      StringBuilder head = new StringBuilder(256);
      head.append("HTTP/1.1 ").append(HttpResponseStatus.valueOf(status)).append("\r\n");
      head.append("content-type: ").append(type).append("\r\n");
      more.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      head.append("content-length: ");
      to.writeCharSequence(head, StandardCharsets.ISO_8859_1);
    }
    to.writeCharSequence(Integer.toString(content.length), StandardCharsets.US_ASCII);
    return to.writeBytes(END).writeBytes(content);
  }

  /** What else the answer says. */
  private Map<String, String> more(int status, String type) {
    RateLimit by = limit;
    if (by == null && status == 202) {
      return Map.of();
    }
    Map<String, String> to = new LinkedHashMap<>();
    if (by != null) {
      to.put("RateLimit-Policy", by.policy());
      to.put("RateLimit", by.state());
    }
    if (status == 429 || status == 503) {
      to.put("Retry-After", by == null ? "1" : Long.toString(Math.max(1, by.after())));
    }
    if (status == 401) {
      to.put("WWW-Authenticate", "Bearer, Basic realm=\"gateway\"");
    }
    if (type.startsWith("text/html")) {
      to.put(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
      to.put("X-Content-Type-Options", "nosniff");
      to.put("Referrer-Policy", "no-referrer");
    }
    return to;
  }
}
