package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.Place;
import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Load written in Java. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LoadTestTest {

  private static LoadTest orders() {
    return LoadTest.open(50)
        .perSecond()
        .lasting(Duration.ofSeconds(1))
        .everyHeader("X-A", "b")
        .get("/products")
        .expectStatus(200)
        .save("id", "$[0].id")
        .pause(Duration.ofMillis(1), Duration.ofMillis(2))
        .post("/orders")
        .named("order")
        .json("{\"product\": \"${id}\"}")
        .expectStatus(201)
        .expectBody("$.ok", "true");
  }

  @Test
  void yieldsTheConfigurationThatAWorkspaceYields() {
    LoadConfiguration written =
        new LoadFixture()
            .rate(50)
            .header("X-A", "b")
            .step("{ get: /products, expect: { status: 200 }, save: { id: \"$[0].id\" } }")
            .step("pause: 1 ms..2 ms")
            .step(
                """
                post: /orders
                name: order
                json: { product: "${id}" }
                expect: { status: 201, body: { "$.ok": "true" } }
                """)
            .configuration();
    // Only the places differ: Java code has none.
    assertThat(orders().configuration().toString())
        .isEqualTo(written.toString().replaceAll("test\\.yaml:\\d+:\\d+", Place.NONE.toString()));
  }

  @Test
  void runsByItselfAndSaysWhatItMeasured() throws Exception {
    List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    try (ScriptedServer server =
        ScriptedServer.start(request -> {
          if (request.head().startsWith("GET")) {
            return Reply.status(200, "[{\"id\": \"p7\"}]");
          }
          bodies.add(request.body());
          return Reply.status(201, "{\"ok\": true}");
        })) {
      LoadResult result = orders().run(server.uri());
      assertThat(result.requests()).isEqualTo(100);
      assertThat(result.failed()).isZero();
      assertThat(result.latency("order", 99)).isBetween(Duration.ZERO, Duration.ofSeconds(20));
      assertThat(result.latency(50)).isLessThanOrEqualTo(result.latency(100));
      assertThat(bodies).hasSize(50).containsOnly("{\"product\":\"p7\"}");
      assertThat(result.evidence()).isNotEmpty();
    }
  }

  @Test
  void phasesUsersAndErrors() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(request -> Reply.status(500, "x"))) {
      LoadResult result =
          LoadTest.open(600)
              .perMinute()
              .lasting(Duration.ofSeconds(1))
              .asWarmUp()
              .thenClosed(2)
              .thinking(Duration.ofMillis(100), Duration.ofMillis(100))
              .lasting(Duration.ofSeconds(1))
              .get("/")
              .run(server.uri());
      assertThat(result.errors()).containsOnlyKeys("status");
      assertThat(result.failed()).isEqualTo(result.requests()).isBetween(2L, 22L);
    }
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThatThrownBy(() -> LoadTest.open(5).perSecond().get("/").configuration())
        .hasMessageContaining("ASSAY-LOAD-013");
    assertThatThrownBy(() ->
            LoadTest.open(5)
                .perSecond()
                .lasting(Duration.ofSeconds(1))
                .asWarmUp()
                .get("/")
                .configuration())
        .hasMessageContaining("every phase is a warm-up");
    assertThatThrownBy(() -> LoadTest.closed(5).header("a", "b"))
        .hasMessageContaining("there is no request to change");
    assertThatThrownBy(() ->
            LoadTest.open(5)
                .perSecond()
                .lasting(Duration.ofSeconds(1))
                .get("/${nothing}")
                .run(URI.create("http://127.0.0.1:9")))
        .hasMessageContaining("ASSAY-LOAD-024")
        .hasMessageContaining("nothing");
  }
}
