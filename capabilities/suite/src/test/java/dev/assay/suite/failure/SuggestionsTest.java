package dev.assay.suite.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.suite.git.ProjectCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

  private static final ProjectCode CODE =
      ProjectCode.of(
          List.of("src/test/resources/orders.json", "src/test/java/shop/OrderTest.java"));

  private static List<Suggestion> of(String type, String message) {
    return Suggestions.of(
        Failure.of(Pasts.failed("shop.OrderTest", "adds", type, message, ""), CODE), CODE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          java.net.BindException | Address already in use (Bind failed) | port 0
          Error | listen EADDRINUSE: address already in use :::3000 | another process listens
          java.net.ConnectException | Connection refused | nothing listens
          Error | connect ECONNREFUSED 127.0.0.1:5432 | nothing listens
          java.net.UnknownHostException | shop-db | not found from here
          java.util.concurrent.TimeoutException | call() timed out after 5 seconds | what it waits for
          Error | Timeout of 2000ms exceeded. | what it waits for
          java.lang.NoSuchMethodError | 'void a.B.c()' | another version
          ModuleNotFoundError | No module named 'requests' | install
          OSError | [Errno 24] Too many open files | not closed
          java.lang.NullPointerException | Cannot invoke "Order.total()" because "this.order" is null | `this.order`
          """)
  void wordsThatMeanOneThingSuggestIt(String type, String message, String expected) {
    assertThat(of(type, message))
        .anySatisfy(suggestion -> {
          assertThat(suggestion.text()).contains(expected);
          assertThat(suggestion.reason()).isNotBlank();
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          expected: <2026-01-01T12:00> but was: <2026-01-01T13:00> | time zone
          expected: <1,234.50> but was: <1.234,50> | locale
          expected: <0.3> but was: <0.30000000000000004> | tolerance
          expected: <[a, b]> but was: <[b, a]> | same elements in another order
          expected: <shop.Order@1f2a> but was: <shop.Order@77ab> | `toString`
          expected: <Order 1> but was: <order 1> | case only
          """)
  void valuesThatDifferInOneThingOnlySuggestIt(String message, String expected) {
    assertThat(of("org.opentest4j.AssertionFailedError", message).toString()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          org.opentest4j.AssertionFailedError | expected: <3> but was: <4>
          org.opentest4j.AssertionFailedError | expected: <2026-01-01T12:00> but was: <2026-01-02T17:23>
          org.opentest4j.AssertionFailedError | expected: <1234> but was: <1235>
          java.lang.IllegalStateException | the order has no lines
          """)
  void nothingIsSuggestedWhereNothingSpeaksForIt(String type, String message) {
    assertThat(of(type, message)).isEmpty();
  }

  @Test
  void aFileThatTheProjectHasElsewhereIsNamed() {
    assertThat(of("java.nio.file.NoSuchFileException", "fixtures/orders.json").getFirst().text())
        .contains("src/test/resources/orders.json");
  }
}
