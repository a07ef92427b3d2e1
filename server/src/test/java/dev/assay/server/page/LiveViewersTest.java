package dev.assay.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.server.ServerRooms;
import dev.assay.server.output.RunOutputs;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.testkit.Chromium;
import dev.assay.testkit.LedgerEntries;
import dev.assay.testkit.SetClock;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Which runs are followed, for how long, and that nothing of them is read twice. */
@Timeout(120)
class LiveViewersTest {

  private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

  private final SetClock clock = new SetClock("2026-03-01T08:00:00Z");

  /** Nothing ticks by itself. */
  private final ScheduledThreadPoolExecutor still =
      new ScheduledThreadPoolExecutor(1) {
        @Override
        public void execute(Runnable command) {
          throw new AssertionError("only the test ticks");
        }

        @Override
        public java.util.concurrent.ScheduledFuture<?> scheduleWithFixedDelay(
            Runnable command, long first, long delay, java.util.concurrent.TimeUnit unit) {
          return schedule(() -> {}, 1, java.util.concurrent.TimeUnit.DAYS);
        }
      };

  @TempDir private Path folder;
  private ServerRooms rooms;
  private Project shop;
  private ProjectRuns runs;
  private LiveViewers viewers;

  @BeforeEach
  void aProject() {
    rooms = new ServerRooms(folder, clock);
    shop = rooms.project("shop");
    runs = rooms.projects().runs(shop);
    viewers =
        new LiveViewers(
            new Template(TemplateEngine.createPrecompiled(ContentType.Html)),
            new RunOutputs(),
            rooms.projects(),
            clock,
            still);
  }

  @AfterEach
  void close() {
    viewers.stop();
    rooms.close();
  }

  private static List<EncodedEntry> begun(int outcomes) {
    List<LedgerEntry> entries = new ArrayList<>();
    entries.add(LedgerEntries.everyKind().getFirst());
    entries.add(new CheckOpened(AT, "smoke"));
    for (int i = 0; i < outcomes; i++) {
      entries.add(outcome(i));
    }
    return entries.stream().map(EncodedEntry::of).toList();
  }

  private static LedgerEntry outcome(int number) {
    return new Recorded(
        new Outcome(
            "smoke",
            AT,
            "suite",
            "case " + number,
            List.of(Attempt.passed(Duration.ofMillis(1))),
            Map.of()));
  }

  private void take(String run, long from, List<EncodedEntry> entries) throws Exception {
    assertThat(runs.take(run, from, entries)).isEqualTo(from + entries.size());
  }

  private void more(String run) throws Exception {
    long there = runs.find(run).orElseThrow().entries();
    take(run, there, List.of(EncodedEntry.of(outcome((int) there))));
  }

  private void ticks(int number) {
    for (int i = 0; i < number; i++) {
      clock.pass(Duration.ofMillis(500));
      viewers.tick();
    }
  }

  /** What the page says of the outcomes of the only check that began. */
  private String counted(String run) {
    RunPages.@Nullable State state = viewers.state("shop", runs, runs.find(run).orElseThrow());
    return state == null ? "not read yet" : state.checks().getFirst().counts();
  }

  private SseEmitter watch(String run) {
    return viewers.add("shop", runs, run, 0, new LiveRights.Watcher("kim", () -> true));
  }

  @Test
  void aRunIsFollowedFromItsBeginningAndNothingOfItIsReadTwice() throws Exception {
    take("r1", 0, begun(5));
    assertThat(viewers.followed("shop")).containsExactly("r1");
    for (int i = 0; i < 20; i++) {
      more("r1");
    }
    // many come at once, while more comes
    CountDownLatch together = new CountDownLatch(1);
    List<Thread> people = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      people.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  together.await();
                  SseEmitter _ = watch("r1");
                  String _ = counted("r1");
                } catch (InterruptedException stopped) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    together.countDown();
    for (int i = 0; i < 20; i++) {
      more("r1");
    }
    for (Thread each : people) {
      each.join();
    }
    Chromium.await(() -> counted("r1").equals("45 outcomes"));
    ticks(3);
    assertThat(counted("r1")).isEqualTo("45 outcomes");
    assertThat(viewers.followed("shop")).containsExactly("r1");
  }

  @Test
  void aLongRunIsReadOnlyOnceSomebodyComes() throws Exception {
    int many = (int) LiveViewers.JUST_BEGUN + 500;
    take("long", 0, begun(many));
    more("long");
    assertThat(viewers.followed("shop")).isEmpty();

    SseEmitter _ = watch("long");
    more("long");
    Chromium.await(() -> counted("long").equals("2,502 outcomes"));
    assertThat(viewers.followed("shop")).containsExactly("long");
  }

  @Test
  void aRunThatNobodyWatchesAndOfWhichNothingComesIsForgottenAfterAMinute() throws Exception {
    take("r1", 0, begun(5));
    Chromium.await(() -> counted("r1").equals("5 outcomes"));
    ticks(LiveViewers.TICKS_UNWATCHED - 1);
    assertThat(viewers.followed("shop")).containsExactly("r1");
    more("r1");
    ticks(LiveViewers.TICKS_UNWATCHED);
    assertThat(viewers.followed("shop")).containsExactly("r1");
    ticks(2);
    assertThat(viewers.followed("shop")).isEmpty();

    // who comes later has all of it, read once more
    assertThat(counted("r1")).isIn("6 outcomes", "not read yet");
    Chromium.await(() -> counted("r1").equals("6 outcomes"));
  }

  @Test
  void aRunThatIsWatchedStaysHoweverLongNothingComes() throws Exception {
    take("r1", 0, begun(5));
    SseEmitter _ = watch("r1");
    Chromium.await(() -> counted("r1").equals("5 outcomes"));
    ticks(10 * LiveViewers.TICKS_UNWATCHED);
    assertThat(viewers.followed("shop")).containsExactly("r1");
  }

  @Test
  void onlySoManyAreFollowedThatNobodyWatchesAndPeopleComeFirst() throws Exception {
    for (int i = 0; i < LiveViewers.MOST_UNWATCHED + 20; i++) {
      take("r" + i, 0, begun(1));
    }
    assertThat(viewers.followed("shop")).hasSize(LiveViewers.MOST_UNWATCHED);

    String last = "r" + (LiveViewers.MOST_UNWATCHED + 19);
    assertThat(viewers.followed("shop")).doesNotContain(last);
    SseEmitter _ = watch(last);
    assertThat(viewers.followed("shop")).contains(last);
    Chromium.await(() -> counted(last).equals("1 outcome"));
    Chromium.await(() -> {
      ticks(2);
      return viewers.followed("shop").size() <= LiveViewers.MOST_UNWATCHED;
    });
    assertThat(viewers.followed("shop")).contains(last);
  }

  @Test
  void aRunThatIsOverIsNotFollowed() throws Exception {
    List<LedgerEntry> all = LedgerEntries.everyKind();
    take("r1", 0, all.stream().map(EncodedEntry::of).toList());
    assertThat(viewers.followed("shop")).isEmpty();
    SseEmitter _ = watch("r1");
    assertThat(viewers.followed("shop")).isEmpty();
  }
}
