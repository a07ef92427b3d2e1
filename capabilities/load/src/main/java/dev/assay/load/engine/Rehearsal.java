package dev.assay.load.engine;

import dev.assay.api.spi.Clock;
import dev.assay.load.request.CompiledRequest;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs the scenarios of a plan against a server inside this process, for a fraction of a second and
 * with nothing recorded, so that the code that measures is loaded and compiled before it measures.
 * Otherwise the first second of every run would show the generator's own cold start.
 */
public final class Rehearsal {

  private static final long LONGEST = 100_000_000L;
  private static final int USERS = 4;
  private static final long PASSES = 4_000;
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"id\": 123}"
          .getBytes(StandardCharsets.US_ASCII);

  private Rehearsal() {}

  /** Whether a plan begins with measuring, and its protocol can be rehearsed. */
  public static boolean wanted(LoadPlan plan) {
    return plan.phases().getFirst() instanceof Phase.Open first
        && first.measured()
        && plan.origins().stream().noneMatch(Origin::tls)
        && plan.scenarios().stream().allMatch(Rehearsal::asks);
  }

  private static boolean asks(Scenario scenario) {
    return scenario.program().stream().anyMatch(Instruction.Call.class::isInstance);
  }

  /** Rehearses a plan; nothing of it reaches the plan's targets. */
  public static void of(LoadPlan plan, Clock clock, SocketKind sockets)
      throws InterruptedException {
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("assay-rehearsal", true), NioIoHandler.newFactory());
    try {
      SocketAddress http1 = server(group, Answering::new);
      SocketAddress http2 = server(group, Http2Answering::new);
      Sockets plain = new Sockets(sockets, null);
      try (LoadEngine engine = LoadEngine.start(rehearsed(plan, http1, http2), clock, plain)) {
        while (engine.next() != null) {
          // What was measured is of no interest.
        }
      }
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
  }

  private static SocketAddress server(
      MultiThreadIoEventLoopGroup group, Supplier<ChannelHandler> answering)
      throws InterruptedException {
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel connection) {
                connection.pipeline().addLast(answering.get());
              }
            })
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .sync()
        .channel()
        .localAddress();
  }

  private static LoadPlan rehearsed(LoadPlan plan, SocketAddress http1, SocketAddress http2) {
    List<Origin> origins =
        plan.origins().stream()
            .map(origin ->
                new Origin(
                    "http",
                    origin.host(),
                    origin.port(),
                    origin.host(),
                    origin.protocol() == Protocol.HTTP2 ? http2 : http1,
                    origin.protocol()))
            .toList();
    List<Phase> phases = new ArrayList<>();
    for (int i = 0; i < plan.scenarios().size(); i++) {
      phases.add(new Phase.Closed("rehearsal", i, 0, true, 0, LONGEST, USERS, USERS, 0, 0, PASSES));
    }
    return new LoadPlan(
        origins,
        plan.scenarios().stream().map(Rehearsal::hurried).toList(),
        phases,
        plan.steps(),
        plan.recorded().subList(0, plan.steps()),
        plan.feeders(),
        Math.max(plan.loops(), USERS * plan.scenarios().size()),
        plan.streams(),
        LONGEST,
        plan.maxWaiting(),
        plan.loops() + USERS * plan.scenarios().size(),
        plan.loops(),
        Networks.NONE,
        plan.seed());
  }

  /** The same scenario without its pauses, and with any status accepted. */
  private static Scenario hurried(Scenario scenario) {
    List<Instruction> program =
        scenario.program().stream()
            .map(instruction ->
                switch (instruction) {
                  case Instruction.Pause _ -> new Instruction.Pause(0, 0);
                  case Instruction.Call(CompiledRequest request) ->
                      new Instruction.Call(request.accepting());
                  // The server of a rehearsal has neither WebSockets nor events.
                  case Instruction.Stream(CompiledRequest request, int _) ->
                      new Instruction.Call(request.accepting());
                  case Instruction.Open _, Instruction.Exchange _, Instruction.Close _ ->
                      new Instruction.Pause(0, 0);
                  default -> instruction;
                })
            .toList();
    return new Scenario(
        scenario.name(), program, scenario.counters(), scenario.slots(), scenario.feeders());
  }

  /** Answers every piece of bytes that comes; requests of a rehearsal come in one piece. */
  private static final class Answering extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ((ByteBuf) message).release();
      var _ = context.writeAndFlush(Unpooled.wrappedBuffer(ANSWER), context.voidPromise());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }
}
