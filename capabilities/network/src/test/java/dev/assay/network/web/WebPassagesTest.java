package dev.assay.network.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Passages;
import dev.assay.network.Conditions;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Ways onto named conditions. */
class WebPassagesTest {

  private final Passages passages = new WebPassages(Conditions.profiles());

  @Test
  void requestsGoOverTheConditionOfThatName() throws Exception {
    try (Origin origin = Origin.http();
        Passages.Passage passage = passages.open("3g", 1, Place.NONE);
        HttpClient client =
            HttpClient.newBuilder().proxy(ProxySelector.of(passage.proxy())).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + origin.port() + "/"))
              .timeout(Duration.ofSeconds(60))
              .build();
      long begun = System.nanoTime();
      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("hello from /");
      // Two round trips of at least 300 ms: to connect, and to ask.
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }
  }

  @Test
  void anUnknownConditionIsAProblem() {
    assertThatThrownBy(() -> passages.open("9g", 1, Place.NONE))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ASSAY-NETWORK-001");
  }
}
