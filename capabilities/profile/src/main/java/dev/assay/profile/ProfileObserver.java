package dev.assay.profile;

import dev.assay.api.problem.Problem;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.Metric;
import dev.assay.api.spi.ServiceObserver;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The observer {@code profile}. */
final class ProfileObserver implements ServiceObserver<ProfileConfiguration> {

  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MOST = Duration.ofSeconds(1);

  @Override
  public String name() {
    return "profile";
  }

  @Override
  public String summary() {
    return "Records what services use while a check measures, and where their code spends it.";
  }

  @Override
  public Class<ProfileConfiguration> configuration() {
    return ProfileConfiguration.class;
  }

  @Override
  public List<Metric> metrics() {
    return ProfileMetrics.all();
  }

  @Override
  public void validate(ProfileConfiguration configuration, Consumer<Problem> problems) {
    Duration every = configuration.every();
    if (every.compareTo(LEAST) < 0 || every.compareTo(MOST) > 0) {
      problems.accept(
          ProfileProblems.RANGE.at(
              configuration.place(),
              "'every' is " + every.toNanos() / 1e6 + " ms",
              "write 1ms to 1s, such as 20ms"));
    }
  }

  @Override
  public Watch watch(
      CheckContext context,
      List<Service<ProfileConfiguration>> services,
      @Nullable ProfileConfiguration own,
      EvidenceSink sink) {
    return new ProfileWatch(context, services, own, sink);
  }
}
