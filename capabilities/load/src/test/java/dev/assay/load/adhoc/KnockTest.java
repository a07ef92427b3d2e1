package dev.assay.load.adhoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemKind;
import dev.assay.testkit.ScriptedServer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KnockTest {

  private static Problem refusal(String url) {
    return assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> Knock.at(URI.create(url), Duration.ofSeconds(5)))
        .actual()
        .problems()
        .getFirst();
  }

  @Test
  void whoIsThereIsAskedNothing() {
    try (ScriptedServer server =
        ScriptedServer.start(request -> ScriptedServer.Reply.status(200, ""))) {
      Knock.at(server.uri(), Duration.ofSeconds(5));

      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void aClosedPortIsNamed() {
    int port = ScriptedServer.refusedPort();

    Problem problem = refusal("http://127.0.0.1:" + port + "/");

    assertThat(problem.code()).isEqualTo("ASSAY-LOAD-090");
    assertThat(problem.kind()).isEqualTo(ProblemKind.ENVIRONMENT);
    assertThat(problem.what()).contains("port " + port, "127.0.0.1", "refused");
  }

  @Test
  void aNameWithoutAnAddressIsLeftToTheLoad() {
    assertThatNoException()
        .isThrownBy(() -> Knock.at(URI.create("http://nobody.invalid/"), Duration.ofSeconds(5)));
  }
}
