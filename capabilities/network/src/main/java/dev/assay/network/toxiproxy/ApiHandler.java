package dev.assay.network.toxiproxy;

import dev.assay.network.toxiproxy.ToxiproxyApi.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;

/**
 * Takes requests off a connection and has the API's thread answer them, in the order in which they
 * came.
 */
final class ApiHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private final EventExecutor worker;
  private final ToxiproxyApi api;

  ApiHandler(EventExecutor worker, ToxiproxyApi api) {
    this.worker = worker;
    this.api = api;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    String method = request.method().name();
    String path = path(request.uri());
    String agent = request.headers().get(HttpHeaderNames.USER_AGENT, "");
    String body = request.content().toString(StandardCharsets.UTF_8);
    boolean good = request.decoderResult().isSuccess();
    boolean keep = good && HttpUtil.isKeepAlive(request);
    boolean headless = method.equals("HEAD");
    worker.execute(() -> {
      Answer answer =
          good
              ? answered(method, path, agent, body)
              : new Answer(400, "text/plain; charset=utf-8", "400 Bad Request");
      write(context, answer, keep, headless);
    });
  }

  private static String path(String uri) {
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    int scheme = path.indexOf("://");
    if (scheme > 0) { // absolute form, RFC 9112 section 3.2.2
      int slash = path.indexOf('/', scheme + 3);
      return slash < 0 ? "/" : path.substring(slash);
    }
    return path;
  }

  private Answer answered(String method, String path, String agent, String body) {
    try {
      return api.answer(method, path, agent, body);
    } catch (RuntimeException e) { // a defect must not end the thread that all requests share
      return new Answer(500, "text/plain; charset=utf-8", "internal error: " + e + "\n");
    }
  }

  private static void write(
      ChannelHandlerContext context, Answer answer, boolean keep, boolean headless) {
    ByteBuf body = Unpooled.copiedBuffer(headless ? "" : answer.body(), StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), body);
    if (!answer.contentType().isEmpty()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    }
    if (answer.status() != 204) {
      HttpUtil.setContentLength(response, body.readableBytes());
    }
    HttpUtil.setKeepAlive(response, keep);
    ChannelFuture written = context.writeAndFlush(response);
    if (!keep) {
      var _ = written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
