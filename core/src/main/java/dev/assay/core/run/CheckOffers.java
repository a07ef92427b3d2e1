package dev.assay.core.run;

import dev.assay.api.ledger.PastRuns;
import dev.assay.api.spi.ChangedFiles;
import dev.assay.api.spi.EnvironmentRules;
import dev.assay.api.spi.LiveChecks;
import dev.assay.api.spi.Services;
import dev.assay.api.spi.SharedQuarantine;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one check may use.
 *
 * @param services the services of the run
 * @param parts what capabilities run for the length of the run
 * @param rules what the environment lets checks do
 * @param past what the check found in earlier runs
 * @param changed the files that changed since the checks last ran, or null where nobody watches
 * @param quarantine the tests in quarantine that a server keeps, or null
 * @param liveChecks other checks as a part of this one; null in a check that is such a part itself
 */
record CheckOffers(
    Services services,
    Parts parts,
    EnvironmentRules rules,
    PastRuns past,
    @Nullable ChangedFiles changed,
    @Nullable SharedQuarantine quarantine,
    @Nullable LiveChecks liveChecks)
    implements RunContext.Offers {

  @Override
  public <T> Optional<T> find(Class<T> type) {
    if (type == Services.class) {
      return Optional.of(type.cast(services));
    }
    if (type == EnvironmentRules.class) {
      return Optional.of(type.cast(rules));
    }
    if (type == PastRuns.class) {
      return Optional.of(type.cast(past));
    }
    if (type == ChangedFiles.class) {
      return Optional.ofNullable(changed).map(type::cast);
    }
    if (type == SharedQuarantine.class) {
      return Optional.ofNullable(quarantine).map(type::cast);
    }
    if (type == LiveChecks.class) {
      return Optional.ofNullable(liveChecks).map(type::cast);
    }
    return parts.find(type);
  }
}
