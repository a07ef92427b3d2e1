package dev.assay.suite.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.suite.git.ProjectCode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ClusterTest {

  private static final ProjectCode CODE =
      ProjectCode.of(
          List.of(
              "src/main/java/shop/Order.java",
              "src/main/java/shop/Check.java",
              "src/test/java/shop/OrderTest.java",
              "src/test/java/shop/CartTest.java"));

  private static Failure failure(String suite, String name, String thrown, String... frames) {
    StringBuilder detail = new StringBuilder(thrown);
    for (String frame : frames) {
      detail.append(frame.startsWith("Caused") ? "\n" : "\n\tat ").append(frame);
    }
    String type = thrown.substring(0, thrown.indexOf(':'));
    String message = thrown.substring(thrown.indexOf(':') + 1).strip();
    return Failure.of(Pasts.failed(suite, name, type, message, detail.toString()), CODE);
  }

  private static final String PARSE = "java.lang.Integer.parseInt(Integer.java:1)";
  private static final String TOTAL = "shop.Order.total(Order.java:12)";
  private static final String IN_ORDER_TEST = "shop.OrderTest.adds(OrderTest.java:3)";
  private static final String IN_CART_TEST = "shop.CartTest.sums(CartTest.java:9)";

  @Test
  void oneFaultSeenByTwoTestsIsOneFailureWithOneFingerprint() {
    Failure one =
        failure(
            "shop.OrderTest",
            "adds",
            "java.lang.NumberFormatException: For input \"12x\"",
            PARSE,
            TOTAL,
            IN_ORDER_TEST);
    Failure other =
        failure(
            "shop.CartTest",
            "sums",
            "java.lang.NumberFormatException: For input \"7\"",
            PARSE,
            TOTAL,
            IN_CART_TEST);

    assertThat(one.fingerprint()).isEqualTo(other.fingerprint()).hasSize(16);
    assertThat(Cluster.of(List.of(one, other))).hasSize(1);
    assertThat(one.place().orElseThrow().place()).isEqualTo("src/main/java/shop/Order.java:12");
  }

  @Test
  void linesAndIdsOfAnotherBuildChangeNoFingerprint() {
    Failure before =
        failure(
            "shop.OrderTest",
            "adds",
            "java.lang.IllegalStateException: order 8f14e45f-ceea-467f-a8b9-3b3d5a1c9f21 at 10.0.0.1:8080 took 12 ms",
            "shop.Order.lambda$total$0(Order.java:12)",
            IN_ORDER_TEST);
    Failure after =
        failure(
            "shop.OrderTest",
            "adds",
            "java.lang.IllegalStateException: order 0e6cd4c1-0000-4a3b-9c1d-aaaaaaaaaaaa at 10.0.0.9:9090 took 480 ms",
            "shop.Order.lambda$total$3(Order.java:99)",
            IN_ORDER_TEST);

    assertThat(before.fingerprint()).isEqualTo(after.fingerprint());
  }

  @Test
  void differentChainsOfExceptionsAreNeverOneFailure() {
    Failure one =
        failure("shop.OrderTest", "adds", "java.lang.IllegalStateException: no total", TOTAL);
    Failure other =
        failure(
            "shop.OrderTest",
            "adds",
            "java.lang.IllegalStateException: no total",
            TOTAL,
            "Caused by: java.io.IOException: no total",
            TOTAL);

    assertThat(Cluster.of(List.of(one, other))).hasSize(2);
    assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
  }

  @Test
  void assertionsOfTwoTestsThatOnlyLookAlikeAreTwo() {
    Failure one =
        failure(
            "shop.OrderTest",
            "adds",
            "org.opentest4j.AssertionFailedError: expected: <1> but was: <2>",
            IN_ORDER_TEST);
    Failure other =
        failure(
            "shop.CartTest",
            "sums",
            "org.opentest4j.AssertionFailedError: expected: <1> but was: <2>",
            IN_CART_TEST);
    Failure truth =
        failure(
            "shop.CartTest",
            "sums",
            "org.opentest4j.AssertionFailedError: expected: <true> but was: <false>",
            IN_CART_TEST);

    assertThat(Cluster.of(List.of(one, other, truth))).hasSize(3);
  }

  @Test
  void whatTwoTestsSayLiterallyIsOneWhereItIsTelling() {
    String refused =
        "java.net.ConnectException: Connection refused to database shop-db on port 5432";
    Failure one = failure("shop.OrderTest", "adds", refused, IN_ORDER_TEST);
    Failure other = failure("shop.CartTest", "sums", refused, IN_CART_TEST);

    assertThat(Cluster.of(List.of(one, other))).hasSize(1);
    assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
  }

  @Test
  void aCommonCheckThatSaysDifferentThingsIsNotOneFailure() {
    String place = "shop.Check.that(Check.java:5)";
    Failure one =
        failure(
            "shop.OrderTest",
            "adds",
            "java.lang.IllegalArgumentException: the price must not be negative",
            place,
            IN_ORDER_TEST);
    Failure other =
        failure(
            "shop.CartTest",
            "sums",
            "java.lang.IllegalArgumentException: unknown currency 'XXX' requested",
            place,
            IN_CART_TEST);

    assertThat(Cluster.of(List.of(one, other))).hasSize(2);
  }

  @Test
  void theLargestClusterComesFirst() {
    List<Failure> failures = new ArrayList<>();
    failures.add(failure("shop.CartTest", "sums", "java.io.IOException: alone", IN_CART_TEST));
    for (int i = 0; i < 3; i++) {
      failures.add(
          failure(
              "shop.OrderTest",
              "adds" + i,
              "java.lang.NumberFormatException: For input \"" + i + "\"",
              PARSE,
              TOTAL,
              IN_ORDER_TEST));
    }

    List<Cluster> clusters = Cluster.of(failures);

    assertThat(clusters).extracting(cluster -> cluster.failures().size()).containsExactly(3, 1);
    assertThat(clusters.getFirst().tests()).hasSize(3);
  }

  @Property(tries = 100)
  void everyFailureIsInOneClusterOfItsOwnChain(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String[] types = {"java.io.IOException", "shop.Wrong", "java.lang.IllegalStateException"};
    String[] messages = {"no total of 17 orders", "no", "expected: <1> but was: <3>", ""};
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String cause =
          random.nextBoolean() ? "Caused by: " + types[random.nextInt(3)] + ": x" : TOTAL;
      failures.add(
          failure(
              "shop.OrderTest",
              "adds" + random.nextInt(5),
              types[random.nextInt(3)] + ": " + messages[random.nextInt(4)],
              TOTAL,
              cause,
              IN_ORDER_TEST));
    }

    List<Cluster> clusters = Cluster.of(failures);

    assertThat(clusters.stream().mapToInt(cluster -> cluster.failures().size()).sum())
        .isEqualTo(20);
    assertThat(clusters)
        .allSatisfy(cluster ->
            assertThat(cluster.failures().stream().map(Failure::chain).distinct()).hasSize(1));
  }
}
