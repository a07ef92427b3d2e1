package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever sends a run says now and then that it is there. */
@Timeout(60)
class SignOfLifeTest {

  private static void await(BooleanSupplier met) {
    while (!met.getAsBoolean()) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static ServerProject project(ScriptedServer server) {
    return new ServerProject(server.uri().resolve("/api/v1/projects/shop"), "assay_x");
  }

  @Test
  void itSendsNoEntriesAgainAndAgainAlsoWhereTheServerWasAway() {
    List<String> asked = new CopyOnWriteArrayList<>();
    try (ScriptedServer server =
            ScriptedServer.start(request -> {
              asked.add(request.head().lines().findFirst().orElseThrow() + request.body());
              return asked.size() == 1
                  ? Reply.status(503, "{\"detail\":\"full\",\"mend\":\"wait\"}")
                  : Reply.status(200, "{\"run\":\"r1\",\"entries\":7}");
            });
        ServerProject project = project(server);
        SignOfLife _ = new SignOfLife("r1", project, Duration.ofMillis(5))) {
      await(() -> asked.size() >= 4);
    }
    assertThat(asked)
        .allMatch("POST /api/v1/projects/shop/runs/r1/entries?from=0&again=20 HTTP/1.1"::equals);
  }

  @Test
  void aServerThatRefusesItIsAskedOnce() {
    List<String> asked = new CopyOnWriteArrayList<>();
    try (ScriptedServer server =
            ScriptedServer.start(request -> {
              asked.add(request.head());
              return Reply.status(401, "{\"detail\":\"no key\",\"mend\":\"make one\"}");
            });
        ServerProject project = project(server);
        SignOfLife sign = new SignOfLife("r1", project, Duration.ofMillis(5))) {
      await(sign::ended);
    }
    assertThat(asked).hasSize(1);
  }
}
