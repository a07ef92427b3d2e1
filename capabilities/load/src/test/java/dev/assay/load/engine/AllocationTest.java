package dev.assay.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.assay.api.spi.Clock;
import dev.assay.load.extract.BodyPlan;
import dev.assay.load.request.CompiledRequest;
import dev.assay.load.request.Segment;
import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class AllocationTest {

  private static final int RATE = 3000;
  private static final int SECONDS = 6;

  private static final Clock CLOCK =
      new Clock() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLoopAllocatesNothingPerRequestInTheSteadyState() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(request -> Reply.status(200, "hello"));
        LoadEngine engine =
            LoadEngine.start(plan(server), CLOCK, new Sockets(SocketKind.best(), null))) {
      long allocated = 0;
      long requests = 0;
      long before = 0;
      for (Interval second = engine.next(); second != null; second = engine.next()) {
        long now = allocatedByLoops();
        // Connections, classes and compiled code settle in the first two seconds.
        if (second.from() >= 2 && second.to() <= SECONDS - 1) {
          allocated += now - before;
          requests += second.steps().getFirst().requests();
        }
        before = now;
      }
      assertThat(requests).isPositive();
      assertThat((double) allocated / requests).as("bytes for each request").isLessThan(64);
    }
  }

  private static long allocatedByLoops() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(LoadEngine.THREADS))
        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.threadId()))
        .sum();
  }

  private static LoadPlan plan(ScriptedServer server) {
    BitSet accepted = new BitSet();
    accepted.set(200);
    int port = server.uri().getPort();
    CompiledRequest request =
        new CompiledRequest(
            0,
            "GET /",
            0,
            "GET",
            "x",
            List.of(Segment.text("/")),
            List.of(),
            List.of(),
            false,
            TimeUnit.SECONDS.toNanos(5),
            accepted,
            List.of(),
            BodyPlan.nothing(),
            List.of(),
            List.of(),
            false,
            0);
    List<Instruction> program = List.of(new Instruction.Call(request), new Instruction.End());
    Arrivals arrivals = Arrivals.constant(RATE, TimeUnit.SECONDS.toNanos(SECONDS));
    return new LoadPlan(
        List.of(
            new Origin(
                "http",
                "127.0.0.1",
                port,
                "127.0.0.1",
                new InetSocketAddress("127.0.0.1", port),
                Protocol.HTTP1)),
        List.of(new Scenario("flow", program, 0, 0, List.of())),
        List.of(new Phase.Open("load", 0, 0, true, 0, arrivals)),
        1,
        List.of(Map.of("step", "GET /")),
        List.of(),
        16,
        1,
        TimeUnit.SECONDS.toNanos(5),
        1000,
        1000,
        1,
        42);
  }
}
