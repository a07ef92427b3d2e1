package dev.assay.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.assay.api.spi.Clock;
import dev.assay.load.http1.CompiledRequest;
import dev.assay.load.http1.Segment;
import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
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
        LoadEngine engine = LoadEngine.start(plan(server), CLOCK, SocketKind.best(), null)) {
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
    byte[] bytes = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    return new LoadPlan(
        new Origin("127.0.0.1", new InetSocketAddress("127.0.0.1", server.uri().getPort()), false),
        List.of(new CompiledRequest("GET /", false, List.of(new Segment.Fixed(bytes)), accepted)),
        Schedule.constant(RATE, 0, TimeUnit.SECONDS.toNanos(SECONDS)),
        16,
        TimeUnit.SECONDS.toNanos(5),
        1000,
        1);
  }
}
