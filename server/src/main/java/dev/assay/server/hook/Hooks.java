package dev.assay.server.hook;

import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.spi.Clock;
import dev.assay.server.account.Secrets;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.audit.Target;
import dev.assay.server.database.ServerDatabase;
import dev.assay.server.hook.Delivery.State;
import dev.assay.server.hook.HookEvent.Kind;
import dev.assay.server.hook.Outbox.Letter;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import dev.assay.server.project.RunFilter;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells webhooks what happens. An event is in the database before anything is sent; a receiver that
 * is away gets it later, with pauses that grow from 5 seconds to 6 hours, ten times in about a day;
 * then it is dead, and somebody may send it again. Whoever receives may hear of an event twice,
 * with the same id. Thread-safe.
 */
public final class Hooks implements AutoCloseable {

  private static final int MOST_HOOKS = 20;
  private static final int MOST_ATTEMPTS = 10;
  private static final int AT_ONCE = 16;
  private static final int SECRET_BYTES = 32;
  private static final int ID_BYTES = 6;
  private static final int CAUGHT_UP = 200;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration OVERLAP = Duration.ofDays(1);
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

  private final Outbox outbox;
  private final Projects projects;
  private final Secrets secrets;
  private final AuditLog audit;
  private final Clock clock;
  private final String address;
  private final boolean privateHooks;
  private final Semaphore something = new Semaphore(0);
  private final Set<Long> flying = ConcurrentHashMap.newKeySet();
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private final PinnedPost post;
  private final HookPost letters;
  private volatile boolean closed;

  /**
   * Those of a database; {@link #begin} begins to send.
   *
   * @param address how people reach the server; null for where events do not say it
   * @param privateHooks whether private addresses are allowed, too
   */
  public Hooks(
      ServerDatabase accounts,
      Projects projects,
      Secrets secrets,
      AuditLog audit,
      Clock clock,
      @Nullable String address,
      boolean privateHooks) {
    this.outbox = new Outbox(accounts);
    this.projects = projects;
    this.secrets = secrets;
    this.audit = audit;
    this.clock = clock;
    this.address = address == null ? "" : address.replaceAll("/+$", "");
    this.privateHooks = privateHooks;
    this.post = PinnedPost.plain(privateHooks);
    this.letters = new HookPost(post, new TelemetryLetters(projects), PATIENCE);
  }

  /** Catches up with what ended while the server was away, then listens and sends. */
  public void begin() {
    projects.listen(this::changed);
    projects.listenForSilence(this::silent);
    for (Webhook hook : outbox.all()) {
      projects
          .list()
          .find(hook.project())
          .map(projects::runs)
          .ifPresent(runs ->
              runs.page(new RunFilter(null, null, null, null, CAUGHT_UP))
                  .runs()
                  .forEach(run -> tell(hook, runs, run)));
    }
    outbox.sweep(clock.now());
    Thread _ = Thread.ofPlatform().daemon().name("assay-webhooks").start(this::work);
  }

  private String source(String project) {
    return address + "/projects/" + project;
  }

  private void changed(Project project, String run) {
    ProjectRuns runs = projects.runs(project);
    RunSummary summary = runs.find(run).orElse(null);
    if (summary != null && summary.closed() != null && summary.monitor() == null) {
      outbox.of(project.name()).forEach(hook -> tell(hook, runs, summary));
    }
  }

  private void silent(Project project, String run) {
    ProjectRuns runs = projects.runs(project);
    RunSummary summary = runs.find(run).orElse(null);
    Instant since = runs.silentSince(run);
    if (summary != null && since != null && summary.monitor() == null) {
      String source = source(project.name());
      publish(
          project.name(), RunEvents.silent(project.name(), source, summary, since, clock.now()));
    }
  }

  private void tell(Webhook hook, ProjectRuns runs, RunSummary run) {
    Instant ended = run.closed();
    if (ended != null && !ended.isBefore(hook.created())) {
      String source = source(hook.project());
      RunEvents.of(hook.project(), source, runs, run).forEach(event -> put(hook, event));
    }
  }

  /** Tells all webhooks of a project that want to hear of it and were there when it happened. */
  public void publish(String project, HookEvent event) {
    outbox.of(project).stream()
        .filter(hook -> !event.time().isBefore(hook.created()))
        .forEach(hook -> put(hook, event));
  }

  private void put(Webhook hook, HookEvent event) {
    boolean wanted = event.kind() == Kind.TEST || hook.events().contains(event.kind());
    if (wanted && !hook.gone()) {
      String body = JsonWriter.canonical(event.json(source(hook.project())));
      if (outbox.put(hook.id(), event, body, clock.now())) {
        wake();
      }
    }
  }

  /** The webhooks of a project. */
  public List<Webhook> of(String project) {
    return outbox.of(project);
  }

  /** Deliveries of a project, the newest first. */
  public List<Delivery> deliveries(String project, DeliveryFilter filter) {
    return outbox.deliveries(project, filter);
  }

  /** Forgets what tells of a run that is erased, told or not; how many that were. */
  public int forget(String project, String run) {
    return outbox.forget(project, run);
  }

  /** How many deliveries there are, by how far they are. */
  public Map<String, Long> states() {
    return outbox.states();
  }

  /** What became of an attempt to make a webhook: its secret, or what is wrong. Immutable. */
  public sealed interface Made {

    /**
     * It is there.
     *
     * @param id what it is called by
     * @param secret what it signs with; kept to sign with, and shown this once
     */
    record Done(String id, String secret) implements Made {}

    /**
     * It is not.
     *
     * @param wrong what is wrong, as a sentence
     */
    record Refused(String wrong) implements Made {}
  }

  /** Makes a webhook. */
  public Made make(String project, WantedHook wanted) {
    String wrong =
        outbox.of(project).size() >= MOST_HOOKS
            ? "A project has 20 webhooks at most."
            : wrong(wanted, true);
    if (wrong != null) {
      return new Made.Refused(wrong);
    }
    String id = secrets.hex(ID_BYTES);
    String secret = secret();
    audit.recorded(() -> {
      HookHeader header = wanted.kept();
      outbox.add(
          new Webhook(
              id,
              project,
              wanted.url(),
              wanted.events(),
              wanted.form(),
              header == null ? null : header.name(),
              clock.now(),
              false),
          header,
          secret);
      audit.note("webhook.made", project, Target.thing("webhook " + id), noted(wanted));
      return id;
    });
    return new Made.Done(id, secret);
  }

  private String secret() {
    return Signing.PREFIX
        + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(secrets.hex(SECRET_BYTES)));
  }

  /**
   * Signs with another secret from now on, and for a day with the one before, too, so that whoever
   * receives has time to take the new one.
   *
   * @return the new one, shown this once; empty where there is no such webhook
   */
  public Optional<String> rotate(String project, String id) {
    return audit.recorded(() -> {
      String secret = secret();
      if (!outbox.rotate(project, id, secret, clock.now().plus(OVERLAP))) {
        return Optional.empty();
      }
      audit.note("webhook.rotated", project, Target.thing("webhook " + id), Map.of());
      return Optional.of(secret);
    });
  }

  /**
   * Changes where a webhook is told and of what; one that said it is gone is told again.
   *
   * @return what is wrong, or null where it was done
   */
  public @Nullable String change(String project, String id, WantedHook wanted) {
    String wrong = wrong(wanted, false);
    return wrong != null
        ? wrong
        : audit.recorded(() -> {
          if (!outbox.change(project, id, wanted)) {
            return "There is no such webhook.";
          }
          audit.note("webhook.changed", project, Target.thing("webhook " + id), noted(wanted));
          return null;
        });
  }

  private static Map<String, String> noted(WantedHook wanted) {
    return Map.of(
        "host", String.valueOf(URI.create(wanted.url()).getHost()), "form", wanted.form().label());
  }

  private @Nullable String wrong(WantedHook wanted, boolean made) {
    if (wanted.events().isEmpty()) {
      return "Choose at least one kind of event.";
    }
    String header = wanted.wrongHeader(made);
    return header == null ? wrong(wanted.url()) : header;
  }

  private @Nullable String wrong(String url) {
    try {
      URI place = new URI(url);
      String host = place.getHost();
      boolean scheme =
          "https".equals(place.getScheme()) || privateHooks && "http".equals(place.getScheme());
      if (host == null || !scheme || place.getUserInfo() != null || url.length() > 1_000) {
        return privateHooks
            ? "The address begins with https:// or http:// and has no user in it."
            : "The address begins with https:// and has no user in it.";
      }
      return privateHooks ? null : post.wrong(host);
    } catch (URISyntaxException none) {
      return "That is no address.";
    }
  }

  /** Removes a webhook, and what waits for it. Returns whether there was one. */
  public boolean remove(String project, String id) {
    return audit.recorded(() -> {
      boolean removed = outbox.remove(project, id);
      if (removed) {
        audit.note("webhook.removed", project, Target.thing("webhook " + id), Map.of());
      }
      return removed;
    });
  }

  /** Sends something to one webhook, so that somebody sees whether it works, if it is there. */
  public boolean test(String project, String id) {
    Webhook hook = outbox.find(project, id).orElse(null);
    if (hook == null) {
      return false;
    }
    put(
        hook,
        new HookEvent(
            Kind.TEST,
            secrets.hex(ID_BYTES),
            HookEvent.TEST,
            id,
            clock.now(),
            dev.assay.api.json.Json.object().put("webhook", id).build()));
    return true;
  }

  /** Sends a delivery again, now. Returns whether there is one. */
  public boolean again(String project, long delivery) {
    boolean there = outbox.again(project, delivery, clock.now());
    if (there) {
      audit.note("webhook.replayed", project, Target.thing("delivery " + delivery), Map.of());
      wake();
    }
    return there;
  }

  private void wake() {
    something.release();
  }

  private void work() {
    while (!closed) {
      try {
        Instant now = clock.now();
        for (Letter letter : outbox.due(now, AT_ONCE)) {
          if (flying.size() < AT_ONCE && flying.add(letter.delivery().id())) {
            var _ = senders.submit(() -> send(letter));
          }
        }
        sleep(now);
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException unlucky) {
        // The database is away or full: what waits is in it, and is tried again.
        if (!pause()) {
          return;
        }
      }
    }
  }

  private boolean pause() {
    try {
      Thread.sleep(FIRST_PAUSE);
      return true;
    } catch (InterruptedException stopped) {
      return false;
    }
  }

  /** Until something is due after that moment; what flies wakes this thread when it has landed. */
  private void sleep(Instant looked) throws InterruptedException {
    Duration wait =
        outbox.next(looked).map(due -> Duration.between(clock.now(), due)).orElse(LONGEST_SLEEP);
    long millis = Math.clamp(wait.toMillis() + 1, 0, LONGEST_SLEEP.toMillis());
    if (something.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
      something.drainPermits();
    }
  }

  private void send(Letter letter) {
    try {
      attempt(letter);
    } finally {
      flying.remove(letter.delivery().id());
      wake();
    }
  }

  private void attempt(Letter letter) {
    Delivery delivery = letter.delivery();
    int attempts = delivery.attempts() + 1;
    Instant now = clock.now();
    Duration asked = Duration.ZERO;
    String answer;
    try {
      PinnedPost.Answer response = letters.post(letter, source(letter.project()), now);
      if (response == null) {
        outbox.settle(delivery.id(), State.DEAD, attempts, now, "the run is no longer here");
        return;
      }
      int status = response.status();
      answer = "answered " + status;
      if (status / 100 == 2) {
        outbox.settle(delivery.id(), State.DELIVERED, attempts, now, answer);
        return;
      }
      if (status == 410) {
        outbox.gone(delivery.webhook(), now);
      }
      asked = sensible(response.after());
    } catch (IOException away) {
      answer = away.getMessage() == null ? "nobody answers there" : away.getMessage();
    }
    if (closed) {
      return; // it is tried again after the next start
    }
    boolean dead = attempts >= MOST_ATTEMPTS;
    Duration pause = pauseAfter(delivery, attempts);
    Instant due = now.plus(asked.compareTo(pause) > 0 ? asked : pause);
    outbox.settle(delivery.id(), dead ? State.DEAD : State.WAITING, attempts, due, answer);
  }

  private static Duration sensible(Duration asked) {
    return asked.compareTo(LONGEST_PAUSE) < 0 ? asked : Duration.ZERO;
  }

  /**
   * 5 s, 17 s, 58 s and so on up to 6 hours, each up to a fifth longer, by the delivery's number,
   * so that not all come back at once.
   */
  static Duration pauseAfter(Delivery delivery, int attempts) {
    double plain =
        Math.min(FIRST_PAUSE.toMillis() * Math.pow(3.4, attempts - 1.0), LONGEST_PAUSE.toMillis());
    double jitter =
        Math.floorMod((delivery.id() * 31 + attempts) * 0x9E3779B97F4A7C15L, 1_000L) / 5e3;
    return Duration.ofMillis((long) (plain * (1 + jitter)));
  }

  /**
   * Lets what is on its way end, for a moment; what is not sent by then is sent after the start.
   */
  @Override
  public void close() {
    closed = true;
    wake();
    senders.shutdownNow();
    try {
      var _ = senders.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
