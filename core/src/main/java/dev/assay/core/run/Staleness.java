package dev.assay.core.run;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.plan.Subject;
import dev.assay.api.value.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a verdict is still about what is there: it is stale when it is of another build, of
 * another workspace file, or too old. Then nobody knows, whatever it was.
 */
public final class Staleness {

  private static final int BRIEF = 10;

  private final Subject now;
  private final String digest;
  private final Instant moment;

  Staleness(Subject now, String digest, Instant moment) {
    this.now = now;
    this.digest = digest;
    this.moment = moment;
  }

  /**
   * Looks at what is there.
   *
   * @param folder of the workspace
   * @param digest of its file
   * @param environment the variables of this process
   */
  public static Staleness of(
      Path folder, String digest, Instant moment, Map<String, String> environment) {
    return new Staleness(new SubjectReader(environment).read(folder, ""), digest, moment);
  }

  /**
   * Why a run's verdict is stale, in one sentence; empty where it is not.
   *
   * @param within how old it may be at the most; null where it may be of any age
   */
  public Optional<String> why(RunSummary run, @Nullable Duration within) {
    Subject then = run.subject();
    if (!Objects.equals(then.commit(), now.commit())) {
      return Optional.of(
          "It is of " + build(then.commit()) + ", and this is " + build(now.commit()) + ".");
    }
    if (then.dirty() || now.dirty()) {
      return Optional.of(
          (now.dirty() ? "There are" : "There were")
              + " changes beside "
              + build(now.commit())
              + ", so it may be of another build.");
    }
    if (!run.digest().equals(digest)) {
      return Optional.of("The workspace file has changed since.");
    }
    return old(run.closed(), moment, within);
  }

  /**
   * Why what ended then is too old; empty where it is not.
   *
   * @param ended null where it did not
   */
  public static Optional<String> old(
      @Nullable Instant ended, Instant moment, @Nullable Duration within) {
    if (ended == null || within == null) {
      return Optional.empty();
    }
    Duration age = Duration.between(ended, moment);
    return age.compareTo(within) <= 0
        ? Optional.empty()
        : Optional.of(
            "It ended "
                + Unit.NANOSECONDS.format(age.toNanos())
                + " ago, and may be at most "
                + Unit.NANOSECONDS.format(within.toNanos())
                + " old.");
  }

  private static String build(@Nullable String commit) {
    return commit == null
        ? "no commit"
        : "commit " + commit.substring(0, Math.min(BRIEF, commit.length()));
  }
}
