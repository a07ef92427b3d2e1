package dev.assay.server.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.plan.Subject;
import dev.assay.api.verdict.Decision;
import dev.assay.server.database.Migration;
import dev.assay.server.database.SqliteServerDatabase;
import dev.assay.testkit.SetClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a run is silent, and when it is not. The time is the test's own. */
class HeardRunsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final SetClock clock = new SetClock("2026-03-01T12:00:00Z");
  @TempDir private Path folder;
  private SqliteServerDatabase database;

  @BeforeEach
  void aProject() throws IOException {
    try (InputStream sql =
        HeardRuns.class.getResourceAsStream("/dev/assay/server/accounts/110.sql")) {
      database =
          SqliteServerDatabase.open(
              folder.resolve("accounts.db"),
              List.of(
                  Migration.of(1, "CREATE TABLE project (name TEXT NOT NULL PRIMARY KEY)", null),
                  Migration.of(110, new String(sql.readAllBytes(), StandardCharsets.UTF_8), null)));
    }
    assertThat(database.statements().sql("INSERT INTO project VALUES ('shop')").update()).isOne();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private HeardRuns started(RunSummary... runs) {
    return new HeardRuns(clock, new HeardStore(database, "shop"), List.of(runs));
  }

  private static RunSummary run(String id, @Nullable Instant closed) {
    return new RunSummary(
        id,
        "shop",
        "d",
        new Subject("local", null, null, false, null),
        NOON,
        closed,
        closed == null ? Decision.NOT_RUN : Decision.PASS,
        closed == null ? null : LedgerEntry.Ending.COMPLETED,
        3);
  }

  /** What falls silent while so much time passes, in the turns that a server makes. */
  private List<String> pass(HeardRuns heard, Duration time) {
    List<String> fallen = new ArrayList<>();
    for (Duration past = Duration.ZERO;
        past.compareTo(time) < 0;
        past = past.plus(HeardRuns.TURN)) {
      clock.pass(HeardRuns.TURN);
      fallen.addAll(heard.turn());
      heard.keep();
    }
    return fallen;
  }

  @Test
  void aRunIsSilentOnceItsSenderWasMissedThreeTimesAndToldSoOnce() {
    HeardRuns heard = started();
    assertThat(heard.heard("r1", 20)).isFalse();
    assertThat(pass(heard, Duration.ofSeconds(58))).isEmpty();
    assertThat(heard.silentSince("r1")).isNull();

    assertThat(pass(heard, Duration.ofSeconds(10))).containsExactly("r1");
    assertThat(heard.silentSince("r1")).isEqualTo(NOON);
    assertThat(heard.silent()).isOne();

    assertThat(heard.heard("r1", null)).isTrue();
    assertThat(heard.silentSince("r1")).isNull();
    assertThat(pass(heard, Duration.ofSeconds(58))).isEmpty();
    assertThat(pass(heard, Duration.ofSeconds(4))).containsExactly("r1");
  }

  @Test
  void aSenderThatPromisesNothingMayBeQuietForHalfAnHourAndNoneForLonger() {
    HeardRuns heard = started();
    assertThat(heard.heard("old", 0)).isFalse();
    assertThat(heard.heard("boasts", Integer.MAX_VALUE)).isFalse();
    assertThat(heard.heard("wrong", -7)).isFalse();
    assertThat(pass(heard, Duration.ofMinutes(29))).isEmpty();
    assertThat(pass(heard, Duration.ofMinutes(2)))
        .containsExactlyInAnyOrder("old", "boasts", "wrong");
  }

  @Test
  void aSignOfLifeInTimeKeepsAQuietRunGoing() {
    HeardRuns heard = started();
    for (int i = 0; i < 100; i++) {
      assertThat(heard.heard("r1", 20)).isFalse();
      assertThat(pass(heard, Duration.ofSeconds(20))).isEmpty();
    }
  }

  @Test
  void onlyTimeInWhichItWasWatchedCounts() {
    HeardRuns heard = started();
    assertThat(heard.heard("r1", 20)).isFalse();
    // the machine slept: nobody could be heard
    clock.pass(Duration.ofHours(8));
    assertThat(heard.turn()).isEmpty();
    // somebody sets the clock
    clock.set(Duration.ofDays(400));
    assertThat(heard.turn()).isEmpty();
    assertThat(pass(heard, Duration.ofSeconds(54))).isEmpty();
    assertThat(pass(heard, Duration.ofSeconds(4))).containsExactly("r1");
  }

  @Test
  void aStartForgetsNoSilenceAndClaimsNone() {
    HeardRuns before = started();
    assertThat(before.heard("dead", 20)).isFalse();
    assertThat(pass(before, Duration.ofMinutes(2))).containsExactly("dead");
    assertThat(before.heard("alive", 20)).isFalse();
    assertThat(before.heard("ends", 20)).isFalse();
    before.keep();
    clock.pass(Duration.ofHours(3)); // the server is down, and one ends meanwhile

    HeardRuns after = started(run("dead", null), run("alive", null), run("ends", NOON));
    assertThat(after.silentSince("dead")).isEqualTo(NOON);
    assertThat(after.silentSince("alive")).isNull();
    assertThat(pass(after, Duration.ofSeconds(58))).isEmpty();
    assertThat(pass(after, Duration.ofSeconds(4))).containsExactly("alive");
    // since it was heard of last, not since the start
    assertThat(after.silentSince("alive")).isEqualTo(NOON.plus(Duration.ofMinutes(2)));
    assertThat(new HeardStore(database, "shop").all()).containsOnlyKeys("dead", "alive");
  }

  @Test
  void aRunOfWhichNothingIsKeptGetsItsTimeAndOneThatEndedIsGone() {
    HeardRuns heard = started(run("r1", null));
    assertThat(pass(heard, Duration.ofMinutes(31))).containsExactly("r1");
    assertThat(heard.silentSince("r1")).isEqualTo(NOON);

    heard.ended("r1");
    heard.keep();
    assertThat(heard.silentSince("r1")).isNull();
    assertThat(new HeardStore(database, "shop").all()).isEmpty();
  }

  @Test
  void aRunThatIsHeardAllTheTimeIsWrittenNowAndThen() {
    HeardRuns heard = started();
    assertThat(heard.heard("r1", 20)).isFalse();
    heard.keep();
    clock.pass(Duration.ofSeconds(14));
    assertThat(heard.heard("r1", 20)).isFalse();
    heard.keep();
    assertThat(new HeardStore(database, "shop").all().get("r1").heard()).isEqualTo(NOON);
    clock.pass(Duration.ofSeconds(1));
    assertThat(heard.heard("r1", 20)).isFalse();
    heard.keep();
    assertThat(new HeardStore(database, "shop").all().get("r1").heard())
        .isEqualTo(NOON.plusSeconds(15));
  }
}
