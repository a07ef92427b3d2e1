package dev.assay.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.Subject;
import dev.assay.api.verdict.Decision;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StalenessTest {

  private static final Instant ENDED = Instant.parse("2026-01-01T00:00:00Z");

  private static RunSummary run(@Nullable String commit, boolean dirty) {
    return new RunSummary(
        "r",
        "shop",
        "digest",
        new Subject("local", commit, "main", dirty, null),
        ENDED,
        ENDED,
        Decision.PASS,
        Ending.COMPLETED,
        1);
  }

  private static Staleness now(@Nullable String commit, boolean dirty, String digest) {
    return new Staleness(
        new Subject("", commit, "main", dirty, null), digest, ENDED.plus(Duration.ofHours(2)));
  }

  @Test
  void theSameBuildOfTheSameWorkspaceIsNotStale() {
    assertThat(now("abc", false, "digest").why(run("abc", false), null)).isEmpty();
    assertThat(now("abc", false, "digest").why(run("abc", false), Duration.ofHours(3))).isEmpty();
  }

  @Test
  void anotherCommitIs() {
    assertThat(now("def", false, "digest").why(run("abc", false), null).orElseThrow())
        .isEqualTo("It is of commit abc, and this is commit def.");
  }

  @Test
  void changesBesideTheCommitAre() {
    assertThat(now("abc", true, "digest").why(run("abc", false), null)).isPresent();
    assertThat(now("abc", false, "digest").why(run("abc", true), null)).isPresent();
  }

  @Test
  void anotherWorkspaceFileIs() {
    assertThat(now("abc", false, "other").why(run("abc", false), null)).isPresent();
  }

  @Test
  void ageIsWhereItMatters() {
    assertThat(
            now("abc", false, "digest").why(run("abc", false), Duration.ofHours(1)).orElseThrow())
        .contains("2 h 0 min ago")
        .contains("60 min 0 s old");
  }

  @Test
  void withoutARepositoryTheWorkspaceFileCounts() {
    assertThat(now(null, false, "digest").why(run(null, false), null)).isEmpty();
    assertThat(now(null, false, "other").why(run(null, false), null)).isPresent();
  }
}
