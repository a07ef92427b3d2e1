package dev.assay.network.web;

import dev.assay.network.web.Exchange.State;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: takes its requests one after the other, and answers or forwards them.
 * Requests that come before the answer to the one before wait. Owned by the proxy's event loop.
 */
@SuppressWarnings("ReferenceEquality") // whether it is still this exchange, and this server
final class ClientHandler extends ChannelInboundHandlerAdapter {

  private static final int WAITING_MOST = 64;

  private final WebProxy proxy;

  /** Where requests go inside a tunnel that the proxy has opened; elsewhere they say it. */
  private final @Nullable Target inside;

  private final Deque<HttpObject> waiting = new ArrayDeque<>();
  private final Deque<HttpObject> answers = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private @Nullable Exchange exchange;
  private @Nullable Channel server;
  private @Nullable Target serverTarget;
  private @Nullable Channel spare;
  private boolean answersHeld;
  private boolean draining;
  private boolean inputEnded;
  private boolean tunnelled;

  private ClientHandler(WebProxy proxy, @Nullable Target inside, @Nullable Channel spare) {
    this.proxy = proxy;
    this.inside = inside;
    this.spare = spare;
  }

  /** For a client that has just come. */
  static ClientHandler fresh(WebProxy proxy) {
    return new ClientHandler(proxy, null, null);
  }

  /** For what is inside a tunnel, whose connection to the server is there already. */
  static ClientHandler inside(WebProxy proxy, Target target, Channel server) {
    return new ClientHandler(proxy, target, server);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  // --- from the client

  @Override
  public void channelRead(ChannelHandlerContext read, Object message) {
    if (message instanceof HttpObject part && !tunnelled) {
      waiting.add(part);
      drain();
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext read, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      boolean whole =
          waiting.peekLast() instanceof LastHttpContent
              || (waiting.isEmpty() && exchange != null && exchange.requestDone);
      if (!whole) {
        end();
      }
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    passAnswers();
  }

  @Override
  public void channelInactive(ChannelHandlerContext gone) {
    forget();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext read, Throwable cause) {
    forget();
    LinkHandler.reset(read.channel());
  }

  private void forget() {
    exchange = null;
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    answers.forEach(ReferenceCountUtil::release);
    answers.clear();
    if (!tunnelled) {
      closeServer();
      if (spare != null) {
        var _ = spare.close();
        spare = null;
      }
    }
  }

  private void closeServer() {
    Channel before = server;
    server = null;
    serverTarget = null;
    if (before != null) {
      var _ = before.close();
    }
  }

  private void end() {
    closeServer();
    var _ = context().close();
  }

  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    while (!waiting.isEmpty() && !tunnelled && step()) {
      // each step takes one part
    }
    draining = false;
    Channel to = server;
    boolean full =
        waiting.size() > WAITING_MOST
            || (exchange != null
                && exchange.state == State.FORWARDING
                && !waiting.isEmpty()
                && to != null
                && !to.isWritable());
    context().channel().config().setAutoRead(!full || tunnelled);
  }

  /** Takes the next part, if it can be now. */
  private boolean step() {
    Exchange now = exchange;
    if (now == null) {
      HttpObject part = waiting.remove();
      if (part instanceof HttpRequest request) {
        begin(request);
      } else {
        ReferenceCountUtil.release(part);
      }
      return true;
    }
    if (now.requestDone) {
      return false;
    }
    return switch (now.state) {
      case DIALLING -> false;
      case ANSWERED, DROPPED -> {
        HttpObject part = waiting.remove();
        now.requestDone = part instanceof LastHttpContent;
        ReferenceCountUtil.release(part);
        completed(now);
        yield true;
      }
      case FORWARDING -> forward(now);
    };
  }

  private boolean forward(Exchange now) {
    Channel to = Objects.requireNonNull(server);
    if (!to.isWritable()) {
      return false;
    }
    HttpObject part = waiting.remove();
    if (!(part instanceof HttpContent content)) {
      ReferenceCountUtil.release(part);
      return true;
    }
    int size = content.content().readableBytes();
    now.bodySeen |= size > 0;
    now.requestBytes += size;
    if (exceeds(now.requestBytes) && !now.answerBegun) {
      ReferenceCountUtil.release(part);
      closeServer();
      now.keepAlive = false;
      answer(now, Page.tooLarge(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE));
      return true;
    }
    now.requestDone = part instanceof LastHttpContent;
    var _ = to.writeAndFlush(part);
    completed(now);
    return true;
  }

  private boolean exceeds(long bytes) {
    OptionalLong largest = proxy.rules().largestBody();
    return largest.isPresent() && bytes > largest.getAsLong();
  }

  // --- deciding

  private void begin(HttpRequest request) {
    boolean connect = request.method().equals(HttpMethod.CONNECT);
    Optional<Target> target = target(request, connect);
    Exchange now =
        new Exchange(
            request,
            target.orElse(new Target(false, "unknown", 80)),
            request.method().equals(HttpMethod.HEAD));
    exchange = now;
    if (request.decoderResult().isFailure()) {
      now.keepAlive = false;
      now.requestDone = true;
      answer(now, Page.badRequest("This is no HTTP request that can be read."));
    } else if (unknown(request)) {
      answer(now, Page.passwordWanted());
    } else if (target.isEmpty()) {
      answer(
          now,
          Page.badRequest("This is a proxy: it wants requests for http://host/path, or CONNECT."));
    } else if (!refused(now, now.target.literal())) {
      long length = HttpUtil.getContentLength(request, 0L);
      if (exceeds(length)) {
        answer(now, Page.tooLarge(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE));
      } else if (connect) {
        dial(now);
      } else {
        prepare(now);
        toServer(now);
      }
    }
  }

  private Optional<Target> target(HttpRequest request, boolean connect) {
    if (inside != null) {
      return connect ? Optional.empty() : Optional.of(inside);
    }
    return connect ? Target.ofAuthority(request.uri(), false) : Target.ofUri(request.uri());
  }

  private boolean unknown(HttpRequest request) {
    Optional<Credentials> wanted = proxy.rules().credentials();
    return inside == null
        && wanted.isPresent()
        && !wanted.get().accepted(request.headers().get(HttpHeaderNames.PROXY_AUTHORIZATION));
  }

  /** Refuses a target that is blocked. */
  private boolean refused(Exchange now, Optional<InetAddress> address) {
    Target target = now.target;
    Optional<String> rule = proxy.rules().block().refusing(target.host(), address, target.port());
    if (rule.isEmpty()) {
      return false;
    }
    switch (proxy.rules().refusal()) {
      case PAGE -> answer(now, Page.blocked(target, rule.get()));
      case DROP -> now.state = State.DROPPED;
      case RESET -> {
        forget();
        LinkHandler.reset(context().channel());
      }
    }
    return true;
  }

  /** Makes the headers those that the server is to get. */
  private void prepare(Exchange now) {
    HttpRequest request = now.request;
    HttpHeaders headers = request.headers();
    boolean upgrade =
        proxy.rules().upgrades() == Upgrades.PASS
            && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
            && headers.contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    HopByHop.remove(headers);
    if (upgrade) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
      headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    }
    if (inside == null) {
      headers.set(HttpHeaderNames.HOST, now.target.hostHeader());
      request.setUri(Target.originForm(request.uri()));
    }
    HopByHop.addVia(headers);
    request.setProtocolVersion(HttpVersion.HTTP_1_1);
  }

  // --- to the server

  private void toServer(Exchange now) {
    Channel kept = server;
    if (kept != null && kept.isActive() && now.target.equals(serverTarget)) {
      now.reused = true;
      send(now, kept);
      return;
    }
    closeServer();
    Channel ready = spare;
    spare = null;
    if (ready != null && ready.isActive()) {
      connected(now, ready);
    } else {
      dial(now);
    }
  }

  private void dial(Exchange now) {
    proxy
        .dialer()
        .dial(
            now.target,
            new Dialer.Caller() {
              @Override
              public boolean resolved(InetAddress address) {
                return exchange == now && !refused(now, Optional.of(address));
              }

              @Override
              public void connected(Channel channel) {
                if (exchange == now) {
                  ClientHandler.this.connected(now, channel);
                } else {
                  var _ = channel.close();
                }
              }

              @Override
              public void failed(String why) {
                if (exchange == now) {
                  answer(now, Page.unreachable(why));
                  drain();
                }
              }
            });
  }

  private void connected(Exchange now, Channel channel) {
    if (now.request.method().equals(HttpMethod.CONNECT)) {
      tunnel(now, channel);
      return;
    }
    server = channel;
    serverTarget = now.target;
    ChannelPipeline pipeline = channel.pipeline();
    if (now.target.tls()) {
      Interception tls = proxy.interception().orElseThrow();
      pipeline.addLast(
          tls.towardsServers().newHandler(channel.alloc(), now.target.host(), now.target.port()));
    }
    pipeline.addLast(new HttpClientCodec(), new UpstreamHandler(this));
    channel.config().setAutoRead(true);
    send(now, channel);
    drain();
  }

  private void send(Exchange now, Channel channel) {
    now.state = State.FORWARDING;
    var _ = channel.writeAndFlush(now.request);
  }

  /** The server takes more again. */
  void serverWritable() {
    drain();
  }

  // --- from the server

  /** A part of an answer has come. */
  void answered(Channel from, HttpObject part) {
    Exchange now = exchange;
    if (from != server || now == null || now.answerDone) {
      ReferenceCountUtil.release(part);
      if (from == server) {
        closeServer(); // it answers what nobody asked
      }
      return;
    }
    long delay = proxy.rules().answerAfter().toNanos();
    if (part instanceof HttpResponse && delay > 0 && !now.answerBegun) {
      answersHeld = true;
      from.config().setAutoRead(false);
      var _ =
          context()
              .executor()
              .schedule(
                  () -> {
                    answersHeld = false;
                    passAnswers();
                  },
                  delay,
                  TimeUnit.NANOSECONDS);
    }
    now.answerBegun = true;
    answers.add(part);
    passAnswers();
  }

  private void passAnswers() {
    ChannelHandlerContext to = context();
    while (!answers.isEmpty() && !answersHeld && to.channel().isWritable() && exchange != null) {
      pass(exchange, answers.remove());
    }
    to.flush();
    Channel from = server;
    if (from != null && !tunnelled) {
      from.config().setAutoRead(answers.size() < WAITING_MOST && !answersHeld);
    }
  }

  private void pass(Exchange now, HttpObject part) {
    ChannelHandlerContext to = context();
    if (part instanceof HttpResponse response) {
      int status = response.status().code();
      if (part.decoderResult().isFailure()) {
        ReferenceCountUtil.release(part);
        closeServer();
        answer(now, Page.unreachable("The server's answer cannot be read."));
        return;
      }
      if (status == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
        upgraded(response);
        return;
      }
      now.informational = status < 200;
      if (now.informational) {
        if (!now.oldClient) {
          var _ = to.write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, response.status()));
        }
        return;
      }
      if (exceeds(HttpUtil.getContentLength(response, 0L)) && !now.headless) {
        closeServer();
        answers.forEach(ReferenceCountUtil::release);
        answers.clear();
        answer(now, Page.tooLarge(HttpResponseStatus.BAD_GATEWAY));
        return;
      }
      frame(now, response);
      var _ = to.write(response);
      return;
    }
    HttpContent content = (HttpContent) part;
    boolean last = part instanceof LastHttpContent;
    if (now.informational) {
      now.informational = !last;
      now.answerBegun = !last && now.answerBegun;
      ReferenceCountUtil.release(part);
      return;
    }
    now.answerBytes += content.content().readableBytes();
    if (exceeds(now.answerBytes)) {
      ReferenceCountUtil.release(part);
      end();
      return;
    }
    var _ = to.write(part);
    if (last) {
      now.answerDone = true;
      if (!now.serverKeeps || !now.requestDone) {
        closeServer();
      }
      if (!now.requestDone) { // it has answered without reading all
        now.keepAlive = false;
        now.requestDone = true;
      }
      completed(now);
      drain();
    }
  }

  /** Makes the headers of an answer those that the client is to get. */
  private static void frame(Exchange now, HttpResponse response) {
    HttpHeaders headers = response.headers();
    now.serverKeeps = HttpUtil.isKeepAlive(response);
    int status = response.status().code();
    boolean chunked = HttpUtil.isTransferEncodingChunked(response);
    boolean bodiless = now.headless || status == 204 || status == 304;
    HopByHop.remove(headers);
    HopByHop.addVia(headers);
    if (!HttpUtil.isContentLengthSet(response) && !bodiless) {
      if (now.oldClient) {
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        now.keepAlive = false;
      } else if (!chunked) {
        headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        now.serverKeeps = false;
      }
    }
    response.setProtocolVersion(HttpVersion.HTTP_1_1);
    connection(now, headers);
  }

  private static void connection(Exchange now, HttpHeaders headers) {
    if (!now.keepAlive) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (now.oldClient) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
  }

  /** The server's connection is over. */
  void serverGone(Channel which, String why) {
    if (which != server) {
      return;
    }
    server = null;
    serverTarget = null;
    Exchange now = exchange;
    if (now == null || now.state != State.FORWARDING || now.answerDone) {
      return;
    }
    if (now.answerBegun) {
      // What has come is passed on; that the rest is missing shows in the framing.
      answersHeld = false;
      passAnswers();
      if (exchange == now) {
        LinkHandler.finish(context().channel());
        var _ = context().close();
      }
    } else if (now.reused && now.requestDone && !now.bodySeen) {
      // It was closed while the request was on its way (RFC 9112 section 9.3.1): ask once more.
      now.reused = false;
      now.state = State.DIALLING;
      now.requestDone = false;
      waiting.addFirst(LastHttpContent.EMPTY_LAST_CONTENT);
      dial(now);
    } else {
      answer(now, Page.unreachable(why));
      drain();
    }
  }

  // --- the proxy's own answers

  private void answer(Exchange now, FullHttpResponse page) {
    now.state = State.ANSWERED;
    now.answerDone = true;
    if (now.headless) {
      page.content().clear();
    }
    connection(now, page.headers());
    var _ = context().writeAndFlush(page);
    completed(now);
  }

  private void completed(Exchange now) {
    if (exchange != now || !now.over()) {
      return;
    }
    exchange = null;
    context().flush();
    if (!now.keepAlive || (inputEnded && waiting.isEmpty())) {
      end();
    }
  }

  // --- tunnels

  private void tunnel(Exchange now, Channel channel) {
    Channel client = context().channel();
    boolean look = proxy.interception().isPresent() || proxy.rules().upgrades() == Upgrades.STRIP;
    var _ =
        context()
            .writeAndFlush(
                new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, new HttpResponseStatus(200, "Connection established")));
    tunnelled = true;
    if (!look) {
      leave(client);
      Relay.join(client, channel);
      return;
    }
    Target target = now.target;
    TunnelPeek peek = new TunnelPeek(speech -> heard(speech, target, client, channel));
    client.pipeline().addLast(peek);
    leave(client);
    var _ =
        client
            .closeFuture()
            .addListener(closed -> {
              var _ = channel.close();
            });
    client.config().setAutoRead(true);
  }

  private void heard(TunnelPeek.Speech speech, Target target, Channel client, Channel channel) {
    Optional<Interception> tls = proxy.interception();
    if (speech == TunnelPeek.Speech.TLS && tls.isPresent()) {
      client
          .pipeline()
          .addLast(
              tls.get().as(target.host()).newHandler(client.alloc()),
              new HttpServerCodec(),
              inside(proxy, new Target(true, target.host(), target.port()), channel));
    } else if (speech == TunnelPeek.Speech.HTTP) {
      client.pipeline().addLast(new HttpServerCodec(), inside(proxy, target, channel));
    } else {
      Relay.join(client, channel);
    }
  }

  private void leave(Channel client) {
    exchange = null;
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    client.pipeline().remove(this);
    client.pipeline().remove(HttpServerCodec.class);
  }

  /** Both sides speak another protocol now. */
  private void upgraded(HttpResponse response) {
    Channel client = context().channel();
    Channel channel = Objects.requireNonNull(server);
    HopByHop.addVia(response.headers());
    var _ =
        context()
            .writeAndFlush(response)
            .addListener(written -> {
              tunnelled = true;
              answers.forEach(ReferenceCountUtil::release);
              answers.clear();
              server = null;
              Relay.join(client, channel);
              channel.pipeline().remove(UpstreamHandler.class);
              channel.pipeline().remove(HttpClientCodec.class);
              leave(client);
            });
  }
}
