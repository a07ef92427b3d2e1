package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is printed is sent beside the evidence, and nothing that a server does disturbs the run. */
@Timeout(60)
class OutputUploadTest {

  private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

  private static String place(ScriptedServer.Request request) {
    return request.head().lines().findFirst().orElseThrow().replaceAll(".*after=(\\d+) .*", "$1");
  }

  private static void await(BooleanSupplier met) {
    while (!met.getAsBoolean()) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static OutputUpload upload(ScriptedServer server) {
    URI address = server.uri().resolve("/api/v1/projects/shop");
    return new OutputUpload("r1", new ServerProject(address, "assay_x"));
  }

  @Test
  void whatWasNotAnsweredIsSentAgainToTheSamePlaceAndWhatIsTooMuchIsSaid() {
    List<String> sent = new CopyOnWriteArrayList<>();
    AtomicBoolean refused = new AtomicBoolean();
    try (ScriptedServer server =
            ScriptedServer.start(request -> {
              if (request.body().isEmpty()) {
                return Reply.status(200, "{\"last\":7}"); // of a sender before
              }
              sent.add(place(request) + " " + request.body());
              if (refused.compareAndSet(false, true)) {
                return Reply.status(503, "{\"detail\":\"full\",\"mend\":\"wait\"}");
              }
              long lines = request.body().lines().count();
              return Reply.status(
                  200, "{\"last\":" + (Long.parseLong(place(request)) + lines) + "}");
            });
        OutputUpload upload = upload(server)) {
      upload.leftOut("service:shop", AT, 100);
      for (int i = 1; i <= 2_000; i++) {
        upload.printed("service:shop", AT, "line " + i);
      }
      await(() -> sent.size() == 2);
      upload.printed("unit", AT, "later");
      await(() -> sent.size() == 3);
    }
    assertThat(sent.get(0)).startsWith("7 ").isEqualTo(sent.get(1));
    List<String> lines = sent.get(1).substring(2).lines().toList();
    assertThat(lines).hasSize(500);
    assertThat(lines.getFirst())
        .isEqualTo(
            "{\"at\":\"2026-11-22T10:00:00Z\",\"leftOut\":1601,\"source\":\"service:shop\"}");
    assertThat(lines.getLast()).contains("\"line 2000\"");
    assertThat(sent.get(2)).startsWith("507 ").contains("\"later\"", "\"source\":\"unit\"");
  }

  @Test
  void aServerThatTakesNoneIsAskedOnce() {
    List<String> asked = new CopyOnWriteArrayList<>();
    try (ScriptedServer server =
            ScriptedServer.start(request -> {
              asked.add(request.head());
              return Reply.status(404, "{\"detail\":\"there is nothing here\",\"mend\":\"look\"}");
            });
        OutputUpload upload = upload(server)) {
      await(() -> !asked.isEmpty());
      await(upload::ended);
      upload.printed("service:shop", AT, "nobody hears");
      assertThat(asked).hasSize(1);
    }
  }

  @Test
  void aRunThatIsNotThereYetIsWaitedFor() {
    List<String> sent = new CopyOnWriteArrayList<>();
    AtomicBoolean there = new AtomicBoolean();
    try (ScriptedServer server =
            ScriptedServer.start(request -> {
              if (!there.getAndSet(true)) {
                return Reply.status(404, "{\"detail\":\"there is no run 'r1'\",\"mend\":\"look\"}");
              }
              sent.add(request.body());
              return Reply.status(200, "{\"last\":" + request.body().lines().count() + "}");
            });
        OutputUpload upload = upload(server)) {
      upload.printed("service:shop", AT, "listening");
      await(() -> sent.stream().anyMatch(body -> body.contains("listening")));
    }
  }
}
