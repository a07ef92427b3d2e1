package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.JsonReader;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is sent at the same moment, and what a process left that died. */
@ParameterizedClass
@EnumSource(Keeping.class)
@Timeout(180)
class IdempotencyTest {

  private static final int ROUNDS = 10;
  private static final int AT_ONCE = 4;

  @Parameter Keeping keeping;
  @TempDir private Path folder;
  private final List<FurnishedServer> servers = new ArrayList<>();
  private String key;

  /** One server, and on PostgreSQL another beside it that is of the same accounts. */
  private void start() {
    ServerOptions options = keeping.options(folder.resolve("one"));
    servers.add(new FurnishedServer(options));
    if (keeping == Keeping.POSTGRES) {
      servers.add(
          FurnishedServer.again(
              new ServerOptions(
                  folder.resolve("other"), options.listen(), 0, options.database(), null)));
    }
    key =
        servers
            .getFirst()
            .server
            .bean(ProjectKeys.class)
            .make("shop", "CI", EnumSet.allOf(Scope.class), Duration.ofDays(1));
  }

  @AfterEach
  void stop() {
    servers.forEach(FurnishedServer::close);
  }

  private HttpResponse<String> make(FurnishedServer server, String idempotencyKey) {
    return server.owner.ask(
        "POST",
        "projects/shop/invitations",
        key,
        "{\"role\":\"viewer\"}".getBytes(StandardCharsets.UTF_8),
        Map.of("Content-Type", "application/json", "Idempotency-Key", idempotencyKey));
  }

  private int made() {
    return JsonReader.read(servers.getFirst().owner.ask("projects/shop/invitations", key).body())
        .asObject()
        .array("invitations")
        .size();
  }

  private JdbcClient accounts() {
    return servers.getFirst().server.bean(JdbcClient.class);
  }

  private void isBeingCarriedOut(String idempotencyKey, Instant until) {
    String program = key.split("_")[1];
    assertThat(
            accounts()
                .sql("INSERT INTO carrying (program, key, process, until) VALUES (?, ?, ?, ?)")
                .params(program, idempotencyKey, "another", until.toEpochMilli())
                .update())
        .isEqualTo(1);
  }

  private long carrying() {
    return accounts()
        .sql("SELECT count(*) FROM carrying")
        .query((rows, _) -> rows.getLong(1))
        .single();
  }

  @Test
  void whatComesToAllServersAtOnceIsCarriedOutOnce() throws Exception {
    start();
    CyclicBarrier together = new CyclicBarrier(AT_ONCE);
    try (ExecutorService programs = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int round = 0; round < ROUNDS; round++) {
        String once = "round-" + round;
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          FurnishedServer server = servers.get(i % servers.size());
          answers.add(
              programs.submit(() -> {
                together.await();
                return make(server, once);
              }));
        }
        String first = answers.getFirst().get().body();
        for (Future<HttpResponse<String>> answer : answers) {
          assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(201);
          assertThat(answer.get().body()).isEqualTo(first);
        }
      }
    }
    assertThat(made()).isEqualTo(ROUNDS);
    assertThat(carrying()).isZero();
  }

  @Test
  void aRequestThatIsBeingCarriedOutElsewhereIsNotBegunAgain() {
    start();
    isBeingCarriedOut("slow", Instant.now().plusSeconds(30));

    HttpResponse<String> answer = make(servers.getLast(), "slow");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    assertThat(answer.body()).contains("ASSAY-SERVER-009", "'slow' is being carried out");
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(make(servers.getLast(), "quick").statusCode()).isEqualTo(201);
    assertThat(made()).isEqualTo(1);
    assertThat(carrying()).as("what another does is not ended").isEqualTo(1);
  }

  @Test
  void whatAProcessLeftThatDiedHoldsNobodyUpForLong() {
    start();
    isBeingCarriedOut("left", Instant.now().minusSeconds(1));
    isBeingCarriedOut("of a wrong clock", Instant.now().plusSeconds(3_600));

    assertThat(make(servers.getLast(), "left").statusCode()).isEqualTo(201);
    assertThat(make(servers.getLast(), "of a wrong clock").statusCode()).isEqualTo(201);
    assertThat(made()).isEqualTo(2);
    assertThat(carrying()).isZero();
  }

  @Test
  void whatWasRefusedIsBegunAnewAtOnce() {
    start();
    HttpResponse<String> refused =
        servers
            .getFirst()
            .owner
            .ask(
                "POST",
                "projects/shop/invitations",
                key,
                "{}".getBytes(StandardCharsets.UTF_8),
                Map.of("Idempotency-Key", "mended"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(carrying()).isZero();
    assertThat(make(servers.getLast(), "mended").statusCode()).isEqualTo(201);
  }
}
