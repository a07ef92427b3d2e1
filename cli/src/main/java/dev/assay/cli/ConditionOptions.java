package dev.assay.cli;

import dev.assay.network.Conditions;
import dev.assay.network.link.Condition;
import dev.assay.network.proxy.AdHocCondition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The condition of a link, as options say it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConditionOptions {

  @Option(names = "--profile", paramLabel = "NAME", description = "A network that Assay knows.")
  private @Nullable String profile;

  @Option(
      names = "--rtt",
      paramLabel = "TIME",
      description = "The delay of the round trip, half of it each way.")
  private @Nullable String rtt;

  @Option(names = "--delay", paramLabel = "TIME", description = "The delay each way.")
  private @Nullable String delay;

  @Option(
      names = "--jitter",
      paramLabel = "TIME",
      description = "The standard deviation of the round trip's delay (normal).")
  private @Nullable String jitter;

  @Option(
      names = "--spread",
      paramLabel = "TIME",
      description = "How much the delay of each way differs at most (uniform).")
  private @Nullable String spread;

  @Option(names = "--down", paramLabel = "RATE", description = "The bandwidth to the client.")
  private @Nullable String down;

  @Option(names = "--up", paramLabel = "RATE", description = "The bandwidth from the client.")
  private @Nullable String up;

  @Option(names = "--rate", paramLabel = "RATE", description = "The bandwidth each way.")
  private @Nullable String rate;

  @Option(names = "--loss", paramLabel = "SHARE", description = "What is lost each way.")
  private @Nullable String loss;

  @Option(
      names = "--counting",
      paramLabel = "WHAT",
      description = "What a bandwidth counts: ip (default) or payload.")
  private @Nullable String counting;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "The seed of everything random (default: ${DEFAULT-VALUE}).")
  private long seed;

  /**
   * The condition.
   *
   * @throws dev.assay.api.problem.ProblemException if an option cannot be read, or two exclude each
   *     other
   */
  Condition condition() {
    return new AdHocCondition(profile, rtt, delay, jitter, spread, rate, down, up, loss, counting)
        .condition(Conditions.profiles());
  }

  long seed() {
    return seed;
  }
}
