package dev.assay.gateway.schedule;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.gateway.ChannelProblems;
import dev.assay.gateway.Documents.Document;
import dev.assay.gateway.Draft;
import dev.assay.gateway.Host;
import dev.assay.gateway.optout.OptOuts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Keeps messages for later, and submits them when they are due. What is kept is durable, and each
 * time is submitted by a key of its own: a scheduler that dies between submitting and writing that
 * down submits the same message again, which the gateway takes for the one that it has.
 * Thread-safe.
 */
final class Scheduler {

  private static final int BATCH = 200;
  private static final long PATIENCE_SECONDS = 60;

  private final Host host;
  private final OptOuts optOuts;
  private final ZoneId zone;
  private long number;

  Scheduler(Host host, OptOuts optOuts, ZoneId zone) {
    this.host = host;
    this.optOuts = optOuts;
    this.zone = zone;
  }

  /**
   * Keeps a message; returns when it is durable.
   *
   * @throws IllegalArgumentException where its schedule is wrong, or has no time to come
   */
  synchronized ScheduledMessage keep(Json.Obj written, Draft draft) {
    Instant now = host.clock().now();
    Plan plan = Plan.begin(Schedule.read(written, draft.to(), zone, now), now);
    if (plan.next() == null) {
      throw new IllegalArgumentException("the schedule has no time to come");
    }
    ScheduledMessage kept =
        new ScheduledMessage(id(written, draft, now), now, zone, written, draft, plan, "");
    put(kept).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    return kept;
  }

  /** Unique, as the time and a number are in it; not to be guessed, as the message is. */
  private String id(Json.Obj written, Draft draft, Instant now) {
    number++;
    String all =
        now
            + " "
            + host.clock().nanos()
            + " "
            + number
            + " "
            + JsonWriter.canonical(written)
            + " "
            + draft;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return "sch_" + HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private CompletableFuture<Void> put(ScheduledMessage message) {
    return host.documents().put(ScheduledMessage.KIND, message.document());
  }

  Optional<ScheduledMessage> find(String id) {
    return host.documents().get(ScheduledMessage.KIND, id).map(ScheduledMessage::read);
  }

  List<ScheduledMessage> list(String after, int most) {
    return host.documents().list(ScheduledMessage.KIND, after, most).stream()
        .map(ScheduledMessage::read)
        .toList();
  }

  /** Pauses, resumes or cancels; returns when that is durable. */
  synchronized ScheduledMessage change(ScheduledMessage message, UnaryOperator<Plan> how) {
    // what was sent since it was read counts
    ScheduledMessage newest = find(message.id()).orElse(message);
    ScheduledMessage changed = newest.with(how.apply(newest.plan()));
    put(changed).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    return changed;
  }

  /** Submits what is due; how many that were. */
  int run() {
    int submitted = 0;
    int last = BATCH;
    while (last == BATCH && !Thread.currentThread().isInterrupted()) {
      last = batch();
      submitted += last;
    }
    return submitted;
  }

  private synchronized int batch() {
    Instant now = host.clock().now();
    List<Document> due = host.documents().due(ScheduledMessage.KIND, now, BATCH);
    List<CompletableFuture<ScheduledMessage>> sent = new ArrayList<>();
    for (Document document : due) {
      sent.add(submit(document, now));
    }
    List<CompletableFuture<Void>> written = new ArrayList<>();
    int good = 0;
    for (CompletableFuture<ScheduledMessage> one : sent) {
      try {
        written.add(put(one.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join()));
        good++;
      } catch (CompletionException later) {
        // it stays due, and is submitted again with its key
      }
    }
    written.forEach(each -> each.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    return good;
  }

  private CompletableFuture<ScheduledMessage> submit(Document document, Instant now) {
    ScheduledMessage message = ScheduledMessage.read(document);
    Draft draft = message.draft();
    Plan next = message.plan().sent(now);
    OptOuts.Judgement judgement = optOuts.judge(new OptOuts.Pair(draft.from(), draft.to()));
    if (!judgement.allowed()) {
      return CompletableFuture.completedFuture(
          message.with(message.plan().cancel(), "not sent: " + judgement.reason()));
    }
    return host.submit(draft, message.id() + " " + message.plan().sent())
        .thenApply(id -> message.with(next, id))
        .exceptionallyCompose(failure -> refused(message, next, failure));
  }

  /** What the gateway will never take is not tried again; anything else is. */
  private CompletableFuture<ScheduledMessage> refused(
      ScheduledMessage message, Plan next, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ProblemException refused
        && refused.problems().getFirst().kind() == dev.assay.api.problem.ProblemKind.USER) {
      String what = refused.problems().getFirst().what();
      host.note(
          ChannelProblems.SCHEDULE.at(
              Where.named("schedule " + message.id()),
              "a message that was due is not taken: " + what,
              "look at /v1/schedules/" + message.id()));
      return CompletableFuture.completedFuture(message.with(next, "not sent: " + what));
    }
    return CompletableFuture.failedFuture(failure);
  }
}
