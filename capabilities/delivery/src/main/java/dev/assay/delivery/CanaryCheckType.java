package dev.assay.delivery;

import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Metric;
import dev.assay.api.spi.Reference;
import dev.assay.api.value.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A canary and its control, under the key {@code canary}. */
public final class CanaryCheckType implements CheckType<CanaryConfiguration> {

  static final String EVIDENCE = "evidence";
  static final String PART = "evidence.part";
  static final String ERRORS = "errors";
  static final String LATENCY = "latency";

  private static final double LEAST_ERROR = 0.0001;
  private static final double MOST_ERROR = 0.5;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(7);

  private static final List<Metric> METRICS =
      List.of(
          new Metric(
              EVIDENCE,
              Unit.NONE,
              Metric.Shape.SCALAR,
              Metric.Better.LOWER,
              "What a fair bet on \"the canary is worse\" has made of its stake, each second"),
          new Metric(
              PART,
              Unit.NONE,
              Metric.Shape.SCALAR,
              Metric.Better.LOWER,
              "The same of each thing that is watched; `evidence` is their average"),
          new Metric(
              ERRORS,
              Unit.RATIO,
              Metric.Shape.PROPORTION,
              Metric.Better.LOWER,
              "Requests that failed, each second, of the steps `control` and `canary`"),
          new Metric(
              LATENCY,
              Unit.NANOSECONDS,
              Metric.Shape.DISTRIBUTION,
              Metric.Better.LOWER,
              "How long requests took that did not fail, of the steps `control` and `canary`"));

  @Override
  public String name() {
    return "canary";
  }

  @Override
  public String summary() {
    return "Compares a canary with its control every second while both have traffic, and ends as soon"
        + " as the canary is shown to be worse.";
  }

  @Override
  public Class<CanaryConfiguration> configuration() {
    return CanaryConfiguration.class;
  }

  @Override
  public List<Metric> metrics() {
    return METRICS;
  }

  @Override
  public List<Implied> implied(CanaryConfiguration configuration) {
    return List.of(
        new Implied("tests", "> 0", true),
        new Implied("failed", "= 0", false),
        new Implied(EVIDENCE + ".max", "< " + threshold(configuration), false));
  }

  /** The evidence that is an alarm, as it is written in an expectation. */
  private static String threshold(CanaryConfiguration configuration) {
    String text = String.format(Locale.ROOT, "%.2f", 1 / configuration.error().ratio());
    return text.replaceAll("\\.?0+$", "");
  }

  @Override
  public void validate(CanaryConfiguration configuration, Consumer<Problem> problems) {
    if (configuration.experiment().equals(configuration.control())) {
      wrong(
          configuration,
          problems,
          "'" + configuration.control() + "' is the experiment and the control",
          "name two checks");
    }
    Duration length = configuration.duration();
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
      wrong(configuration, problems, "'for' is not from 1 s to 7 d", "write how long, as 5min");
    }
    if (configuration.warmUp().isNegative() || configuration.warmUp().compareTo(LONGEST) > 0) {
      wrong(configuration, problems, "'warm up' is not from 0 s to 7 d", "write how long, as 5s");
    }
    double error = configuration.error().ratio();
    if (error < LEAST_ERROR || error > MOST_ERROR) {
      wrong(
          configuration,
          problems,
          "'error' is " + configuration.error(),
          "write the probability of a false alarm, 0.01 % to 50 %");
    }
  }

  private static void wrong(
      CanaryConfiguration configuration, Consumer<Problem> problems, String what, String mend) {
    problems.accept(DeliveryProblems.WRONG_CANARY.at(configuration.place(), what, mend));
  }

  @Override
  public List<Reference> references(CanaryConfiguration configuration) {
    return List.of(
        new Reference("checks", configuration.experiment(), configuration.place()),
        new Reference("checks", configuration.control(), configuration.place()));
  }

  @Override
  public boolean wantsMachine() {
    return true;
  }

  @Override
  public Check prepare(CanaryConfiguration configuration) {
    return (context, sink) -> new CanaryCheck(configuration, context, sink).run();
  }
}
