package dev.assay.network.profile;

import dev.assay.network.link.Loss;

/** netem's losses as this model has them. */
final class NetemLoss {

  private NetemLoss() {}

  /**
   * Losses with a correlation. netem draws each from {@code c·before + (1−c)·fresh}; what it means
   * by that is that losses come in a row, so they become a channel with the same share in which a
   * loss follows a loss with the chance p + c (1 − p).
   */
  static Loss correlated(double share, double correlation) {
    if (correlation <= 0 || share <= 0 || share >= 1) {
      return new Loss.Independent(share);
    }
    double again = share + Math.min(correlation, 0.99) * (1 - share);
    double goodAfter = 1 - again;
    double badAfter = goodAfter * share / (1 - share);
    return new Loss.GilbertElliott(badAfter, goodAfter, 1, 0);
  }

  /** One loss after the other: what passes the first can be lost by the second. */
  static Loss together(Loss one, double other) {
    if (other <= 0) {
      return one;
    }
    return switch (one) {
      case Loss.Independent alone -> new Loss.Independent(join(alone.share(), other));
      case Loss.GilbertElliott channel ->
          new Loss.GilbertElliott(
              channel.badAfter(),
              channel.goodAfter(),
              join(channel.lostWhenBad(), other),
              join(channel.lostWhenGood(), other));
    };
  }

  private static double join(double one, double other) {
    return 1 - (1 - one) * (1 - other);
  }
}
