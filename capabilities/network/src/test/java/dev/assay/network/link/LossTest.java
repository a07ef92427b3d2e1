package dev.assay.network.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LossTest {

  private static final int PACKETS = 400_000;

  @Test
  void independentLossesAreWithinTheirBinomialInterval() {
    for (double share : new double[] {0.001, 0.01, 0.1, 0.5}) {
      double lost = lostShare(new Loss.Independent(share), 17);
      double error = 4 * Math.sqrt(share * (1 - share) / PACKETS);
      assertThat(lost).as("share %s", share).isCloseTo(share, within(error));
    }
  }

  @Test
  void aChannelOfGilbertAndElliottLosesItsShare() {
    Loss.GilbertElliott loss = new Loss.GilbertElliott(0.01, 0.2, 0.5, 0.001);
    assertThat(loss.mean()).isCloseTo(0.01 / 0.21 * 0.5 + 0.2 / 0.21 * 0.001, within(1e-12));
    // the losses are not independent: the variance is larger by about (1 + λ)/(1 − λ), λ = 0.79
    double error = 4 * Math.sqrt(loss.mean() / PACKETS * 9);
    assertThat(lostShare(loss, 3)).isCloseTo(loss.mean(), within(error));
  }

  @Test
  void aBadMomentLosesSeveralPackets() {
    LossChannel channel = new LossChannel(new Loss.GilbertElliott(0.01, 0.25, 1, 0));
    SplittableRandom random = new SplittableRandom(8);
    int runs = 0;
    int lost = 0;
    boolean before = false;
    for (int i = 0; i < PACKETS; i++) {
      boolean now = channel.loses(random);
      lost += now ? 1 : 0;
      runs += now && !before ? 1 : 0;
      before = now;
    }
    assertThat((double) lost / runs).isCloseTo(4, within(0.2));
    double events = new Loss.GilbertElliott(0.01, 0.25, 1, 0).events();
    assertThat((double) runs / PACKETS).isCloseTo(events, within(0.0005));
  }

  @Test
  void theThroughputOfTcpIsThatOfTheFormulas() {
    // with rare losses time-outs do not count, and it is Mathis' √(3/2) / (RTT √p)
    double mathis = Math.sqrt(1.5) / (0.1 * Math.sqrt(1e-6));
    assertThat(StreamModel.packetsPerSecond(1e-6, 0.1, 0.3)).isCloseTo(mathis, within(mathis / 50));
    // PFTK, equation 30, by hand: p = 2 %, RTT 200 ms, T0 400 ms
    double growing = 0.2 * Math.sqrt(2 * 0.02 / 3);
    double stalled = 0.4 * 3 * Math.sqrt(3 * 0.02 / 8) * 0.02 * (1 + 32 * 0.0004);
    assertThat(StreamModel.packetsPerSecond(0.02, 0.2, 0.4))
        .isCloseTo(1 / (growing + stalled), within(1e-9));
  }

  private static double lostShare(Loss loss, long seed) {
    LossChannel channel = new LossChannel(loss);
    SplittableRandom random = new SplittableRandom(seed);
    int lost = 0;
    for (int i = 0; i < PACKETS; i++) {
      lost += channel.loses(random) ? 1 : 0;
    }
    return (double) lost / PACKETS;
  }
}
