package dev.assay.load;

import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The check type {@code smpp}. */
final class SmppCheckType implements CheckType<SmppCheckConfiguration> {

  private static final int MOST_SESSIONS = 1_000;
  private static final int MOST_WINDOW = 100_000;

  @Override
  public String name() {
    return "smpp";
  }

  @Override
  public String summary() {
    return "Sends messages to a message centre at a rate, and measures how long answers and receipts"
        + " take.";
  }

  @Override
  public Class<SmppCheckConfiguration> configuration() {
    return SmppCheckConfiguration.class;
  }

  @Override
  public List<Metric> metrics() {
    return SmppMetrics.all();
  }

  @Override
  public List<Implied> implied(SmppCheckConfiguration configuration) {
    return List.of(new Implied("requests", "> 0", true), new Implied("errors", "< 1 %", false));
  }

  @Override
  public Optional<SmppCheckConfiguration> lasting(
      SmppCheckConfiguration configuration, Duration duration) {
    return Optional.of(configuration.lasting(duration));
  }

  @Override
  public boolean wantsMachine() {
    return true;
  }

  @Override
  public void validate(SmppCheckConfiguration configuration, Consumer<Problem> problems) {
    range("sessions", configuration.sessions(), MOST_SESSIONS, configuration, problems);
    range("window", configuration.window(), MOST_WINDOW, configuration, problems);
    Duration longest = LoadCheckType.LONGEST_RUN;
    if (!configuration.duration().isPositive() || configuration.duration().compareTo(longest) > 0) {
      problems.accept(out(configuration, "'for' is not more than 0 and at most 7 d"));
    }
    if (configuration.warmUp().compareTo(longest) > 0) {
      problems.accept(out(configuration, "'warm up' is longer than 7 d"));
    }
    if (configuration.rate() != null && configuration.rate().perSecond() <= 0) {
      problems.accept(out(configuration, "'rate' is not more than 0"));
    }
  }

  private static void range(
      String key,
      int value,
      int most,
      SmppCheckConfiguration configuration,
      Consumer<Problem> problems) {
    if (value < 1 || value > most) {
      problems.accept(out(configuration, "'" + key + "' is " + value));
    }
  }

  private static Problem out(SmppCheckConfiguration configuration, String what) {
    return LoadProblems.SMPP_RANGE.at(
        configuration.place(),
        what,
        "give 'sessions' from 1 to 1000, 'window' from 1 to 100000, a 'rate' above 0, and times"
            + " of at most 7 d");
  }

  @Override
  public Check prepare(SmppCheckConfiguration configuration) {
    return new SmppCheck(configuration);
  }
}
