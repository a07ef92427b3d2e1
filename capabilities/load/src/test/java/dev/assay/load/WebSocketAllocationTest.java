package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.assay.load.engine.Interval;
import dev.assay.load.engine.LoadEngine;
import dev.assay.load.engine.LoadPlan;
import dev.assay.load.engine.SocketKind;
import dev.assay.load.engine.Sockets;
import dev.assay.load.engine.StepInterval;
import dev.assay.testkit.TestContext;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class WebSocketAllocationTest {

  private static final int SECONDS = 6;

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLoopAllocatesNothingPerMessageInTheSteadyState() throws Exception {
    try (WebSocketPeer peer = WebSocketPeer.start()) {
      TestContext context = new TestContext(Path.of("."), Path.of("."), peer.uri());
      LoadConfiguration configuration =
          new LoadFixture()
              .model("users: 4\nfor: " + SECONDS + "s")
              .step("websocket: /quiet")
              .step(
                  "repeat: 1000000\n"
                      + "do:\n"
                      + "  - { send: '{\"n\":7}', await: { json: { $.n: 7 } } }\n"
                      + "  - pause: 1 ms")
              .configuration();
      LoadPlan plan = new PlanCompiler(context, configuration).compile(1);
      long allocated = 0;
      long messages = 0;
      long before = 0;
      try (LoadEngine engine =
          LoadEngine.start(plan, context.clock(), new Sockets(SocketKind.best(), null))) {
        for (Interval second = engine.next();
            second != null && second.to() < SECONDS;
            second = engine.next()) {
          long now = allocatedByLoops();
          // The WebSockets, classes and compiled code settle in the first two seconds.
          if (second.from() >= 2) {
            allocated += now - before;
            for (StepInterval step : second.steps()) {
              messages += step.messagesSent() + step.messagesReceived();
            }
          }
          before = now;
        }
      }
      assertThat(messages).isGreaterThan(1000);
      assertThat((double) allocated / messages).as("bytes for each message").isLessThan(64);
    }
  }

  private static long allocatedByLoops() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(LoadEngine.THREADS))
        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.threadId()))
        .sum();
  }
}
