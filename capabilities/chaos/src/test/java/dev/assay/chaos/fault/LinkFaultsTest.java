package dev.assay.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.value.Share;
import dev.assay.chaos.fault.FaultConfiguration.Bandwidth;
import dev.assay.chaos.fault.FaultConfiguration.Direction;
import dev.assay.chaos.fault.FaultConfiguration.Down;
import dev.assay.chaos.fault.FaultConfiguration.Latency;
import dev.assay.chaos.fault.FaultConfiguration.Loss;
import dev.assay.chaos.fault.FaultConfiguration.Partition;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Delay;
import dev.assay.network.link.Distribution;
import dev.assay.network.proxy.OpenLink;
import dev.assay.network.proxy.ProxyFaults;
import dev.assay.network.proxy.ProxyFaults.Admission;
import dev.assay.network.proxy.ProxyStatistics;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What faults lay over links, and what is there when they end in any order. */
class LinkFaultsTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  private final Orders orders = new Orders();

  @SuppressWarnings("NullAway.Init") // see begin
  private TestRun run;

  @BeforeEach
  void begin() {
    run = new TestRun(folder);
    run.open(orders);
  }

  @AfterEach
  void theLinkIsWhole() {
    assertThat(orders.condition()).isEqualTo(Condition.NONE);
    assertThat(orders.faults()).isEqualTo(ProxyFaults.NONE);
    assertThat(run.open()).isEmpty();
  }

  private static Fault latency(int millis) {
    return LinkFaults.latency(
        new Latency("orders", Duration.ofMillis(millis), Direction.BOTH, Written.HERE));
  }

  @Test
  void latencyIsAddedToBothDirections() {
    try (Injected late = latency(300).inject(run)) {
      assertThat(orders.condition().roundTrip()).isEqualTo(600e6);
      assertThat(late.effect().seen()).isTrue();
    }
  }

  @Test
  void faultsOfOneLinkAddUpAndEndInAnyOrder() {
    Injected first = latency(100).inject(run);
    Injected second =
        LinkFaults.loss(new Loss("orders", new Share(0.5), Direction.UP, Written.HERE)).inject(run);
    Injected third = latency(10).inject(run);
    assertThat(orders.condition().roundTrip()).isEqualTo(220e6);
    assertThat(orders.condition().up().loss().mean()).isEqualTo(0.5);
    assertThat(orders.condition().down().loss().mean()).isZero();

    first.close();

    assertThat(orders.condition().roundTrip()).isEqualTo(20e6);
    assertThat(orders.condition().up().loss().mean()).isEqualTo(0.5);
    third.close();
    second.close();
  }

  @Test
  void aDependencyThatIsDownRefusesAndLosesItsConnections() {
    try (Injected _ = LinkFaults.down(new Down("orders", Written.HERE)).inject(run)) {
      assertThat(orders.faults().admission()).isEqualTo(Admission.REFUSE);
      assertThat(orders.resets).isOne();
    }
  }

  @Test
  void aPartitionOneWayCutsThatWayAndNewConnections() {
    Partition written = new Partition("orders", null, null, Direction.DOWN, Written.HERE);

    try (Injected _ = LinkFaults.partition(written).inject(run)) {
      assertThat(orders.faults().upCut()).isFalse();
      assertThat(orders.faults().downCut()).isTrue();
      assertThat(orders.faults().admission()).isEqualTo(Admission.IGNORE);
    }
  }

  @Test
  void aMilderFormIsLess() {
    Fault slow =
        LinkFaults.bandwidth(new Bandwidth("orders", "1 Mbit/s", Direction.BOTH, Written.HERE));

    try (Injected _ = latency(300).at(0.5).inject(run);
        Injected _ = slow.at(0.25).inject(run)) {
      assertThat(orders.condition().roundTrip()).isEqualTo(300e6);
      assertThat(orders.condition().up().bitsPerSecond()).isEqualTo(4e6);
    }
  }

  @Test
  void everyDistributionIsMovedByItsMean() {
    for (Distribution distribution :
        new Distribution[] {
          new Distribution.Constant(50_000_000),
          new Distribution.Uniform(50e6, 10e6),
          new Distribution.Normal(50e6, 5e6),
          Distribution.LogNormal.of(50e6, 20e6),
          Distribution.Pareto.ofDeviation(50e6, 5e6)
        }) {
      Delay later = LinkFaults.later(new Delay(distribution, 0.25), 100_000_000);

      assertThat(later.mean()).isCloseTo(distribution.mean() + 100e6, within(1e3));
      assertThat(later.correlation()).isEqualTo(0.25);
    }
  }

  @Test
  void aLinkThatIsNotOpenIsSaidWithTheNearestName() {
    assertThatThrownBy(() -> LinkFaults.down(new Down("order", Written.HERE)).ensurePossible(run))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ASSAY-CHAOS-010")
        .hasMessageContaining("did you mean 'orders'?");
  }

  /** A link that remembers. */
  private static final class Orders implements OpenLink {
    private Condition condition = Condition.NONE;
    private ProxyFaults faults = ProxyFaults.NONE;
    private int resets;

    @Override
    public String name() {
      return "orders";
    }

    @Override
    public InetSocketAddress address() {
      return InetSocketAddress.createUnresolved("127.0.0.1", 1);
    }

    @Override
    public InetSocketAddress upstream() {
      return InetSocketAddress.createUnresolved("127.0.0.1", 2);
    }

    @Override
    public Condition condition() {
      return condition;
    }

    @Override
    public void change(Condition changed) {
      condition = changed;
    }

    @Override
    public ProxyFaults faults() {
      return faults;
    }

    @Override
    public void faults(ProxyFaults changed) {
      faults = changed;
    }

    @Override
    public void resetConnections() {
      resets++;
    }

    @Override
    public ProxyStatistics statistics() {
      throw new UnsupportedOperationException("nobody asks here");
    }
  }
}
