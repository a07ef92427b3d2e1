package dev.assay.chaos;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EnvironmentRules;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Asks whether an environment may be broken: one on this machine, or one that says so. */
final class ChaosPermission {

  private ChaosPermission() {}

  /**
   * Refuses an environment that is not marked for chaos.
   *
   * @throws dev.assay.api.problem.ProblemException if it may not be broken
   */
  static void ensure(CheckContext context, Place place) {
    Optional<EnvironmentRules> rules = context.find(EnvironmentRules.class);
    Optional<Boolean> said = rules.flatMap(EnvironmentRules::chaos);
    String name = rules.map(one -> "'" + one.name() + "'").orElse("of this run");
    if (said.isPresent() && !said.get()) {
      throw ExperimentProblems.FORBIDDEN.failure(
          place,
          "the environment " + name + " refuses chaos",
          "run it against another environment with --env");
    }
    String where = context.target().map(URI::toString).orElse("");
    if (said.isEmpty() && !context.target().map(ChaosPermission::local).orElse(true)) {
      throw ExperimentProblems.FORBIDDEN.failure(
          place,
          "the environment " + name + " at " + where + " is not on this machine and not marked",
          "write `chaos: allowed` in the environment, if it may be broken");
    }
  }

  private static boolean local(URI target) {
    String host = target.getHost();
    if (host == null) {
      return target.getAuthority() == null;
    }
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.equals("localhost")
        || lower.endsWith(".localhost")
        || lower.matches("127(\\.\\d{1,3}){3}")
        || lower.equals("[::1]");
  }
}
