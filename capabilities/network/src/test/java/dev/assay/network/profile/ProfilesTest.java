package dev.assay.network.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.network.link.Condition;
import org.junit.jupiter.api.Test;

class ProfilesTest {

  @Test
  void theUsualNetworksAreKnown() {
    assertThat(Profiles.builtIn().names())
        .containsExactlyInAnyOrder(
            "3g",
            "3g-slow",
            "4g",
            "4g-slow",
            "lte",
            "5g",
            "wifi",
            "wifi-poor",
            "ethernet",
            "cable",
            "dsl",
            "edge",
            "satellite",
            "lossy-mobile",
            "offline");
  }

  @Test
  void everyFigureHasASource() {
    for (Profile profile : Profiles.builtIn().all()) {
      assertThat(profile.title()).isNotBlank();
      assertThat(profile.figures()).isNotEmpty();
      for (Profile.Figure figure : profile.figures()) {
        assertThat(figure.source()).as("%s %s", profile.name(), figure.name()).contains(" ");
      }
    }
  }

  @Test
  void theRoundTripIsTheWholeOne() {
    for (Profile profile : Profiles.builtIn().all()) {
      Condition condition = profile.condition();
      assertThat(condition.up().delay()).isEqualTo(condition.down().delay());
    }
    Condition slow = Profiles.builtIn().find("3g").orElseThrow().condition();
    assertThat(slow.roundTrip()).isEqualTo(300e6);
    assertThat(slow.down().bitsPerSecond()).isEqualTo(1.6e6);
    assertThat(slow.up().bitsPerSecond()).isEqualTo(768e3);
    Condition poor = Profiles.builtIn().find("wifi-poor").orElseThrow().condition();
    assertThat(poor.up().delay().distribution().deviation())
        .isCloseTo(15e6 / Math.sqrt(2), within(1.0));
    assertThat(poor.down().loss().mean()).isEqualTo(0.02);
    assertThat(Profiles.builtIn().find("offline").orElseThrow().condition())
        .isEqualTo(Condition.OFFLINE);
  }
}
