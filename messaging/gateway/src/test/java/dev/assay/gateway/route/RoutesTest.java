package dev.assay.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.problem.Place;
import dev.assay.gateway.config.RouteConfiguration;
import dev.assay.gateway.config.RouteConfiguration.By;
import dev.assay.gateway.config.RouteConfiguration.Via;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTest {

  private static final Place PLACE = new Place("gateway.yaml", 1, 1, "");
  private static final Countries COUNTRIES = new Countries();

  private final Map<String, Health> health = new HashMap<>();

  private static RouteConfiguration route(
      List<String> to, List<String> countries, By by, Via... via) {
    return new RouteConfiguration(
        to, countries, List.of(), List.of(), List.of(), List.of(via), by, "pool", PLACE);
  }

  private static RouteConfiguration network(String network, String provider) {
    return new RouteConfiguration(
        List.of(),
        List.of(),
        List.of(network),
        List.of(),
        List.of(),
        List.of(new Via(provider, 1, 0)),
        By.ORDER,
        null,
        PLACE);
  }

  private Routes routes(RouteConfiguration... routes) {
    return new Routes(
        COUNTRIES,
        List.of(routes),
        Map.of("pool", List.of("4930111", "4930222", "4930333")),
        List.of("alpha", "beta"),
        name -> health.computeIfAbsent(name, _ -> new Health()));
  }

  private static List<String> names(Decision decision) {
    return decision.candidates().stream().map(Candidate::provider).toList();
  }

  @Test
  void theLongestPrefixWinsThenTheFirstRoute() {
    Routes routes =
        routes(
            route(List.of("+49"), List.of(), By.ORDER, new Via("alpha", 1, 0)),
            route(List.of("+49151", "+49160"), List.of(), By.ORDER, new Via("beta", 1, 0)),
            route(List.of(), List.of(), By.ORDER, new Via("gamma", 1, 0)));

    assertThat(names(routes.decide("shop", "", "+4917012345"))).containsExactly("alpha");
    assertThat(names(routes.decide("shop", "", "0049 151 123 456"))).containsExactly("beta");
    assertThat(names(routes.decide("shop", "", "+33612345678"))).containsExactly("gamma");
    assertThat(routes.decide("shop", "", "+4915112345").why())
        .isEqualTo("route 2 by +49151, by order");
  }

  @Test
  void countriesAreToldByTheWholeNumberWhereACodeIsShared() {
    Routes routes = routes(route(List.of(), List.of("ca"), By.ORDER, new Via("alpha", 1, 0)));

    assertThat(routes.decide("shop", "", "+16135550123").country()).isEqualTo("CA");
    assertThat(routes.decide("shop", "", "+12125550123").country()).isEqualTo("US");
    assertThat(routes.decide("shop", "", "+77012345678").country()).isEqualTo("KZ");
    assertThat(names(routes.decide("shop", "", "+16135550123"))).containsExactly("alpha");
    assertThat(routes.decide("shop", "", "+12125550123").why()).contains("no routes");
  }

  @Test
  void networksAreToldByTheRangeOfAMobileNumber() {
    Routes routes =
        routes(
            network("vodafone", "alpha"),
            network("O2", "beta"),
            route(List.of(), List.of(), By.ORDER, new Via("gamma", 1, 0)));

    assertThat(routes.network("491721234567")).isEqualTo("Vodafone");
    assertThat(names(routes.decide("shop", "", "+491721234567"))).containsExactly("alpha");
    assertThat(names(routes.decide("shop", "", "+491761234567"))).containsExactly("beta");
    assertThat(names(routes.decide("shop", "", "+491701234567"))).containsExactly("gamma");
    // nobody's range, as it is no mobile number
    assertThat(routes.network("4930123456")).isEmpty();
    assertThat(names(routes.decide("shop", "", "+4930123456"))).containsExactly("gamma");
  }

  @Test
  void theCheapestIsFirstAndTheIllIsLast() {
    Routes routes =
        routes(
            route(
                List.of(),
                List.of(),
                By.COST,
                new Via("alpha", 1, 0.08),
                new Via("beta", 1, 0.05),
                new Via("gamma", 1, 0.06)));
    assertThat(names(routes.decide("shop", "", "+4917012345")))
        .containsExactly("beta", "gamma", "alpha");

    for (int i = 0; i < 100; i++) {
      health.get("beta").answered(false, 10);
    }

    assertThat(names(routes.decide("shop", "", "+4917012345")))
        .containsExactly("gamma", "alpha", "beta");
  }

  @Test
  void theBestReceiptsAreFirstByQuality() {
    Routes routes =
        routes(
            route(List.of(), List.of(), By.QUALITY, new Via("alpha", 1, 0), new Via("beta", 1, 0)));
    routes.decide("shop", "", "+4917012345");
    health.get("alpha").told(false);

    assertThat(names(routes.decide("shop", "", "+4917012345"))).containsExactly("beta", "alpha");
  }

  @Test
  void weightsAreSharesAndTheSameNumberGoesTheSameWay() {
    Routes routes =
        routes(
            route(List.of(), List.of(), By.WEIGHT, new Via("alpha", 3, 0), new Via("beta", 1, 0)));
    int alpha = 0;
    for (int i = 0; i < 10_000; i++) {
      String number = "+49170" + (1_000_000 + i);
      String first = names(routes.decide("shop", "", number)).getFirst();
      assertThat(names(routes.decide("shop", "", number)).getFirst()).isEqualTo(first);
      alpha += first.equals("alpha") ? 1 : 0;
    }

    assertThat(alpha).isBetween(7_200, 7_800);
  }

  @Test
  void theSameRecipientGetsTheSameSenderOfAPool() {
    Routes routes = routes(route(List.of(), List.of(), By.ORDER, new Via("alpha", 1, 0)));

    String sender = routes.decide("shop", "", "+4917012345").from();

    assertThat(sender).startsWith("4930");
    assertThat(routes.decide("shop", "pool", "+4917012345").from()).isEqualTo(sender);
    assertThat(routes.decide("shop", "Shop", "+4917012345").from()).isEqualTo("Shop");
    assertThat(
            java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> routes.decide("shop", "", "+49170123" + (100 + i)).from())
                .distinct())
        .hasSize(3);
  }

  @Test
  void whatIsNoNumberGoesNowhere() {
    assertThat(Countries.digits("+49 (170) 123-45")).isEqualTo("4917012345");
    for (String none : List.of("", "+", "abc", "017012345", "+1", "+491701234567890123", "4917x")) {
      assertThat(Countries.digits(none)).as(none).isEmpty();
    }
  }
}
