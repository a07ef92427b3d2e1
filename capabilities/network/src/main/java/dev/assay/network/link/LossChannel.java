package dev.assay.network.link;

import java.util.SplittableRandom;

/** Decides which packets of a direction are lost. Owned by one thread. */
final class LossChannel {

  private Loss loss;
  private boolean bad;

  LossChannel(Loss loss) {
    this.loss = loss;
  }

  void become(Loss next) {
    if (!next.equals(loss)) {
      loss = next;
      bad = false;
    }
  }

  /** Whether the next packet is lost. */
  boolean loses(SplittableRandom random) {
    return switch (loss) {
      case Loss.Independent alone -> alone.share() > 0 && random.nextDouble() < alone.share();
      case Loss.GilbertElliott channel -> {
        // the state changes before the packet, as in netem's loss_gilb_ell
        double change = random.nextDouble();
        bad = bad ? change >= channel.goodAfter() : change < channel.badAfter();
        double share = bad ? channel.lostWhenBad() : channel.lostWhenGood();
        yield share > 0 && random.nextDouble() < share;
      }
    };
  }

  /**
   * Whether a packet is lost that is sent so much later that the channel has forgotten its state.
   */
  boolean losesLater(SplittableRandom random) {
    return random.nextDouble() < loss.mean();
  }
}
