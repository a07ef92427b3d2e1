package dev.assay.network.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.spi.Facility;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PacketFacilitiesTest {

  @Test
  void eachIsThereOrSaysHowToGetIt() {
    List<Facility> facilities = PacketFacilities.look();
    assertThat(facilities).hasSize(4);
    for (Facility facility : facilities) {
      assertThat(facility.what()).isNotBlank();
      assertThat(facility.mend().isEmpty()).as("%s", facility).isEqualTo(facility.there());
    }
    assertThat(facilities.getFirst().there() && facilities.get(1).there())
        .isEqualTo(Namespaces.missing().isEmpty());
  }

  @Test
  void netemIsPutOnADeviceAndTakenOffWhereTheKernelHasIt() {
    assumeTrue(Namespaces.missing().isEmpty(), "no namespaces here");
    String name = Namespaces.PREFIX + ProcessHandle.current().pid() + "-qdisc";
    Namespaces.must("ip", "netns", "add", name);
    try {
      RecordingJournal journal = new RecordingJournal();
      DirectionCondition slow = DirectionCondition.NONE.withDelay(Delay.constant(1_000_000));
      if (PacketFacilities.look().get(2).there()) {
        try (Qdisc qdisc = Qdisc.open("lo", Optional.of(name), slow, journal)) {
          assertThat(qdisc).isNotNull();
          assertThat(journal.open()).hasSize(1);
          assertThat(Tool.run("tc", "-n", name, "qdisc", "show", "dev", "lo").output())
              .contains("netem a55a:");
        }
      } else {
        assertThatThrownBy(() -> Qdisc.open("lo", Optional.of(name), slow, journal))
            .hasMessageContaining("ASSAY-NETWORK-013")
            .hasMessageContaining("netem");
      }
      assertThat(journal.open()).isEmpty();
    } finally {
      Namespaces.remove(name);
    }
  }
}
