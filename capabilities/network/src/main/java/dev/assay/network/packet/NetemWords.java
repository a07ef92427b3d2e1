package dev.assay.network.packet;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Distribution;
import dev.assay.network.link.Loss;
import dev.assay.network.link.Percentiles;
import dev.assay.network.link.Reordering;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The arguments of netem for a condition (tc-netem(8)). */
public final class NetemWords {

  /** More than a second of packets at 1 Gbit/s; netem holds the delayed ones in it, too. */
  private static final int PACKETS = 100_000;

  private NetemWords() {}

  /**
   * The words behind {@code netem}.
   *
   * @throws dev.assay.api.problem.ProblemException if netem has no equal
   */
  public static List<String> of(DirectionCondition condition) {
    List<String> words = new ArrayList<>();
    if (condition.trace() != null) {
      throw impossible("a trace");
    }
    if (condition.queue().target() > 0) {
      throw impossible("CoDel");
    }
    long limit = condition.queue().limit();
    words.addAll(List.of("limit", Long.toString(limit > 0 ? Math.max(1, limit / 1514) : PACKETS)));
    delay(condition.delay(), words);
    loss(condition.offline() ? new Loss.Independent(1) : condition.loss(), words);
    if (condition.duplicate() > 0) {
      words.addAll(List.of("duplicate", share(condition.duplicate())));
    }
    Reordering reordering = condition.reordering();
    if (reordering.share() > 0) {
      words.addAll(List.of("reorder", share(reordering.share())));
      if (reordering.gap() > 1) {
        words.addAll(List.of("gap", Integer.toString(reordering.gap())));
      }
    }
    if (condition.bitsPerSecond() > 0) {
      words.addAll(List.of("rate", Math.round(condition.bitsPerSecond()) + "bit"));
    }
    return List.copyOf(words);
  }

  private static void delay(Delay delay, List<String> words) {
    switch (delay.distribution()) {
      case Distribution.Constant constant -> {
        if (constant.nanos() > 0) {
          words.addAll(List.of("delay", time(constant.nanos())));
        }
      }
      case Distribution.Uniform uniform ->
          spread(uniform.middle(), uniform.spread(), delay, "", words);
      case Distribution.Normal normal ->
          spread(normal.middle(), normal.spread(), delay, "normal", words);
      case Distribution.Pareto pareto -> {
        if (pareto.shape() != 3) {
          throw impossible("a Pareto delay of shape " + pareto.shape());
        }
        double middle = pareto.shift() + 1.5 * pareto.scale();
        spread(middle, pareto.deviation(), delay, "pareto", words);
      }
      case Distribution.LogNormal log -> throw impossible("a log-normal delay");
      case Percentiles table -> throw impossible("a delay by percentiles");
    }
  }

  private static void spread(
      double middle, double spread, Delay delay, String distribution, List<String> words) {
    words.addAll(List.of("delay", time(middle), time(spread)));
    if (delay.correlation() > 0) {
      words.add(share(delay.correlation()));
    }
    if (!distribution.isEmpty()) {
      words.addAll(List.of("distribution", distribution));
    }
  }

  private static void loss(Loss loss, List<String> words) {
    switch (loss) {
      case Loss.Independent alone -> {
        if (alone.share() > 0) {
          words.addAll(List.of("loss", "random", share(alone.share())));
        }
      }
      case Loss.GilbertElliott channel ->
          words.addAll(
              List.of(
                  "loss",
                  "gemodel",
                  share(channel.badAfter()),
                  share(channel.goodAfter()),
                  share(channel.lostWhenBad()),
                  share(channel.lostWhenGood())));
    }
  }

  private static String time(double nanos) {
    return String.format(Locale.ROOT, "%.3fus", nanos / 1e3);
  }

  private static String share(double ratio) {
    return String.format(Locale.ROOT, "%.6f%%", ratio * 100);
  }

  private static ProblemException impossible(String what) {
    return PacketProblems.NO_NETEM.failure(
        Where.named("netem"),
        "netem does not have " + what,
        "use the link model on packets, or another condition");
  }
}
