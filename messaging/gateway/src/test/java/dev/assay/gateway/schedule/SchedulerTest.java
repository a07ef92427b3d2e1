package dev.assay.gateway.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.gateway.ChannelProblems;
import dev.assay.gateway.Draft;
import dev.assay.gateway.MemoryDocuments;
import dev.assay.gateway.TestHost;
import dev.assay.gateway.optout.OptOuts;
import dev.assay.testkit.SetClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SchedulerTest {

  private final SetClock clock = new SetClock("2026-12-01T12:00:00Z");
  private final MemoryDocuments documents = new MemoryDocuments();
  private final TestHost host = new TestHost(clock, documents, Path.of("."));
  private final Scheduler scheduler =
      new Scheduler(host, new OptOuts(documents, clock), ZoneOffset.UTC);

  private static Draft draft(String to) {
    return new Draft(
        "shop",
        "Shop",
        to,
        "Hello",
        List.of("sms", "mail"),
        Duration.ofHours(48),
        "r-1",
        null,
        true,
        Map.of("subject", "Hi"));
  }

  private ScheduledMessage keep(String schedule) {
    return scheduler.keep(JsonReader.read(schedule).asObject(), draft("+4917012345678"));
  }

  @Test
  void aMessageForLaterIsSentWhenItIsDueAndOnce() {
    keep("{\"at\": \"2026-12-01T14:00\"}"); // in Berlin

    assertThat(scheduler.run()).isZero();
    clock.pass(Duration.ofMinutes(60));
    assertThat(scheduler.run()).isEqualTo(1);
    assertThat(scheduler.run()).isZero();

    assertThat(host.submitted.values()).containsExactly(draft("+4917012345678"));
  }

  @Test
  void whatRecursIsSentEachTime() {
    ScheduledMessage kept = keep("{\"cron\": \"0 * * * *\", \"count\": 3}");

    for (int i = 0; i < 5; i++) {
      clock.pass(Duration.ofHours(1));
      scheduler.run();
    }

    assertThat(host.submitted.keySet())
        .containsExactly(kept.id() + " 0", kept.id() + " 1", kept.id() + " 2");
    assertThat(scheduler.find(kept.id()).orElseThrow().told(5).text("state")).isEqualTo("done");
  }

  @Test
  void aSchedulerThatDiedBeforeItWroteDownWhatItSubmittedUsesTheSameKey() {
    ScheduledMessage kept = keep("{\"at\": \"2026-12-01T13:00:00Z\"}");
    clock.pass(Duration.ofHours(2));
    MemoryDocuments before = new MemoryDocuments();
    before.put("schedule", documents.get("schedule", kept.id()).orElseThrow());
    scheduler.run();

    TestHost again = new TestHost(clock, before, Path.of("."));
    new Scheduler(again, new OptOuts(before, clock), ZoneOffset.UTC).run();

    assertThat(again.submitted.keySet()).isEqualTo(host.submitted.keySet());
  }

  @Test
  void whatTheStoreCannotTakeNowStaysDue() {
    keep("{\"at\": \"2026-12-01T13:00:00Z\"}");
    clock.pass(Duration.ofHours(1));
    host.taking = _ -> CompletableFuture.failedFuture(new IllegalStateException("disk full"));
    assertThat(scheduler.run()).isZero();

    host.taking = _ -> CompletableFuture.completedFuture("msg-1");
    assertThat(scheduler.run()).isEqualTo(1);
  }

  @Test
  void whatTheGatewayWillNeverTakeIsToldAndNotTriedAgain() {
    ScheduledMessage kept = keep("{\"at\": \"2026-12-01T13:00:00Z\"}");
    clock.pass(Duration.ofHours(1));
    host.taking =
        _ ->
            CompletableFuture.failedFuture(
                new ProblemException(
                    ChannelProblems.CHANNEL.at(Where.named("x"), "no channel", "add one")));

    scheduler.run();
    scheduler.run();

    assertThat(host.notes).hasSize(1);
    assertThat(scheduler.find(kept.id()).orElseThrow().last()).isEqualTo("not sent: no channel");
  }

  @Test
  void whoSaidNoMeanwhileIsSentNothing() {
    ScheduledMessage kept = keep("{\"cron\": \"0 * * * *\"}");
    documents.put(
        "optout",
        new dev.assay.gateway.Documents.Document(
            "4917012345678\nshop",
            null,
            JsonReader.read(
                    "{\"sender\": \"Shop\", \"state\": \"out\", \"at\": \"now\", \"by\": \"him\"}")
                .asObject()));

    clock.pass(Duration.ofHours(1));
    scheduler.run();

    assertThat(host.submitted).isEmpty();
    assertThat(scheduler.find(kept.id()).orElseThrow().plan().state())
        .isEqualTo(Plan.State.CANCELLED);
  }

  @Test
  void whatIsPausedWaitsAndWhatIsCancelledNeverComes() {
    ScheduledMessage hourly = keep("{\"cron\": \"0 * * * *\"}");
    ScheduledMessage once = keep("{\"at\": \"2026-12-01T13:00:00Z\"}");
    scheduler.change(hourly, Plan::pause);
    scheduler.change(once, Plan::cancel);

    clock.pass(Duration.ofHours(3));
    assertThat(scheduler.run()).isZero();

    scheduler.change(hourly, plan -> plan.resume(clock.now()));
    assertThat(scheduler.run()).isZero();
    clock.pass(Duration.ofHours(1));
    assertThat(scheduler.run()).isEqualTo(1);
    assertThatThrownBy(() -> scheduler.change(once, Plan::pause))
        .hasMessageContaining("it is cancelled");
  }

  @Test
  void manyAreDueAtOnce() {
    for (int i = 0; i < 1000; i++) {
      scheduler.keep(
          JsonReader.read("{\"at\": \"2026-12-01T13:00:00Z\"}").asObject(),
          draft("+49170" + (1000000 + i)));
    }
    clock.pass(Duration.ofHours(1));

    assertThat(scheduler.run()).isEqualTo(1000);
    assertThat(host.submitted).hasSize(1000);
  }

  @Test
  void whatHasNoTimeToComeIsRefused() {
    assertThatThrownBy(() -> keep("{\"rrule\": \"FREQ=DAILY;UNTIL=20200101T000000Z\"}"))
        .hasMessageContaining("no time to come");
  }
}
