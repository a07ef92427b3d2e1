package dev.assay.network.toxiproxy;

import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.network.NetworkProblems;
import dev.assay.network.toxiproxy.ToxiproxyApi.Answer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Toxiproxy's server: its API on one address, and the proxies that clients make through it. Owns
 * its threads, sockets and proxies until it is closed. Thread-safe.
 */
public final class ToxiproxyServer implements AutoCloseable {

  /** The port that clients of Toxiproxy expect. */
  public static final int DEFAULT_PORT = 8474;

  private static final int LARGEST_BODY = 1 << 20;
  private static final int IDLE_SECONDS = 60;
  private static final int CLOSE_SECONDS = 5;

  private final EventLoopGroup network;
  private final DefaultEventExecutor worker;
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final ProxyCollection proxies;
  private final ToxiproxyApi api;
  private final TcpCarrier carrier;
  private volatile @Nullable Channel listening;

  private ToxiproxyServer(Clock clock, long seed) {
    network =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("toxiproxy-http", true), NioIoHandler.newFactory());
    worker = new DefaultEventExecutor(new DefaultThreadFactory("toxiproxy-api", true));
    carrier = new TcpCarrier(clock, seed);
    proxies =
        new ProxyCollection(wanted ->
            new ToxicProxy(
                wanted.name(),
                wanted.listen(),
                wanted.upstream(),
                carrier,
                seed ^ wanted.name().hashCode()));
    api = new ToxiproxyApi(proxies);
  }

  /**
   * Begins to listen.
   *
   * @param address where the API listens; port 0 finds a free one
   * @param clock the time
   * @param seed of jitter, slices and toxicity
   * @throws dev.assay.api.problem.ProblemException {@code ASSAY-NETWORK-030} if the address cannot
   *     be listened on
   */
  public static ToxiproxyServer start(InetSocketAddress address, Clock clock, long seed) {
    ToxiproxyServer server = new ToxiproxyServer(clock, seed);
    ChannelFuture bound = server.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      server.close();
      throw NetworkProblems.CANNOT_LISTEN.failure(
          Where.named(GoAddress.show(address)),
          "cannot listen on " + GoAddress.show(address) + ": " + bound.cause().getMessage(),
          "end the program that listens there, or give another address");
    }
    server.listening = bound.channel();
    return server;
  }

  private ChannelFuture bind(InetSocketAddress address) {
    return new ServerBootstrap()
        .group(network)
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                clients.add(channel);
                channel
                    .pipeline()
                    .addLast(new ReadTimeoutHandler(IDLE_SECONDS))
                    .addLast(new HttpServerCodec())
                    .addLast(new HttpObjectAggregator(LARGEST_BODY))
                    .addLast(new ApiHandler(worker, api));
              }
            })
        .bind(address);
  }

  /** Where the API listens. */
  public InetSocketAddress address() {
    Channel channel = listening;
    if (channel == null) {
      throw new IllegalStateException("not started");
    }
    return (InetSocketAddress) channel.localAddress();
  }

  /**
   * Adds the proxies of a populate file, as {@code toxiproxy-server -config} does.
   *
   * @param json what {@code POST /populate} takes
   * @param file its name, for problems
   * @return how many proxies there are now as the file asks
   * @throws dev.assay.api.problem.ProblemException {@code ASSAY-NETWORK-060} at the place of the
   *     entry that cannot be one; those before it are there
   */
  public int populate(String json, String file) {
    PopulateFile entries = new PopulateFile(file, json);
    entries.check();
    ProxyCollection.Populated populated = onWorker(() -> proxies.populate(json));
    int made = populated.proxies().size();
    populated
        .failure()
        .ifPresent(failure -> {
          throw entries.cannotBe(made, failure.title());
        });
    return made;
  }

  /** The answer to a request, without a socket. */
  Answer answer(String method, String path, String body) {
    return onWorker(() -> api.answer(method, path, "", body));
  }

  private <T> T onWorker(Callable<T> work) {
    try {
      return worker.submit(work).get(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the API, every proxy and every connection. */
  @Override
  public void close() {
    Channel channel = listening;
    if (channel != null) {
      channel.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
    clients.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    worker.submit(proxies::close).awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    var _ = worker.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    var _ = network.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    worker.terminationFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    network.terminationFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    carrier.close();
  }
}
