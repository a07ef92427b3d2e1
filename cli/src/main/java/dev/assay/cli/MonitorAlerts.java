package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Clock;
import dev.assay.core.parse.RecordFile;
import dev.assay.observe.alert.Alert;
import dev.assay.observe.alert.AlertEngine;
import dev.assay.observe.alert.AlertJson;
import dev.assay.observe.alert.AlertingFile;
import dev.assay.observe.alert.JdbcDocuments;
import dev.assay.observe.alert.Routing;
import dev.assay.observe.notify.AlertDriver;
import dev.assay.observe.notify.HttpPost;
import dev.assay.observe.notify.Notifier;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way of a monitor's alerts: to a server, which routes them, or from here. What lasts is posted
 * again once a minute, as Prometheus does, so that it is known to last. For one thread.
 */
final class MonitorAlerts implements AutoCloseable {

  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final @Nullable AlertEngine engine;
  private final @Nullable AlertDriver driver;
  private final @Nullable ServerProject project;
  private final @Nullable HttpClient http;
  private final Clock clock;
  private final MonitorOutput output;

  /** By fingerprint; what is over stays until it could be posted. */
  private final Map<String, Alert> open = new LinkedHashMap<>();

  private java.time.Instant posted = java.time.Instant.EPOCH;

  private MonitorAlerts(
      @Nullable AlertEngine engine,
      @Nullable AlertDriver driver,
      @Nullable ServerProject project,
      @Nullable HttpClient http,
      Clock clock,
      MonitorOutput output) {
    this.engine = engine;
    this.driver = driver;
    this.project = project;
    this.http = http;
    this.clock = clock;
    this.output = output;
  }

  /** Opens the way; with neither a file nor a server alerts are only printed. */
  static MonitorAlerts open(
      @Nullable Path file,
      @Nullable ServerProject project,
      Path folder,
      Console console,
      Clock clock,
      MonitorOutput output) {
    if (file == null) {
      return new MonitorAlerts(null, null, project, null, clock, output);
    }
    Routing routing = Routing.of(RecordFile.read(file, AlertingFile.class, console.environment()));
    routing
        .unreachable()
        .forEach(name ->
            output.note("warning", name, "this receiver has ways that Assay does not know"));
    try {
      Files.createDirectories(folder);
    } catch (IOException denied) {
      throw CliProblems.NOT_WRITTEN.failure(
          dev.assay.api.problem.Where.named(folder.toString()),
          IoReason.of(denied),
          "make the folder writable");
    }
    AlertEngine engine = new AlertEngine(routing, JdbcDocuments.open(folder.resolve("alerts.db")));
    HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    AlertDriver driver =
        new AlertDriver(
            new Notifier(new HttpPost(http), _ -> ""),
            clock,
            (notification, failing) ->
                output.note(
                    failing == null ? "told" : failing.next() == null ? "gave up" : "not told",
                    notification.way().receiver() + " by " + notification.way().kind(),
                    failing == null ? notification.title() : failing.why()));
    return new MonitorAlerts(engine, driver, project, http, clock, output);
  }

  /** An alert that began, goes on or is over. */
  void take(Alert alert) {
    open.put(alert.fingerprint(), alert);
    posted = java.time.Instant.EPOCH;
  }

  /** Posts what there is to post, and sends what is due; called often. */
  void tick() {
    java.time.Instant now = clock.now();
    if (!open.isEmpty() && !posted.plus(AGAIN).isAfter(now)) {
      post(now);
    }
    AlertEngine own = engine;
    AlertDriver sends = driver;
    if (own != null && sends != null) {
      sends.tick(own);
    }
  }

  private void post(java.time.Instant now) {
    List<Alert> all =
        open.values().stream()
            .map(alert ->
                alert.firing(now)
                    ? new Alert(
                        alert.labels(),
                        alert.annotations(),
                        alert.startsAt(),
                        now.plus(AlertJson.RESOLVE_TIMEOUT),
                        now,
                        alert.generator())
                    : alert)
            .toList();
    try {
      AlertEngine own = engine;
      if (own != null) {
        own.post(all, now);
      }
      ServerProject server = project;
      if (server != null) {
        Json _ =
            server.call(
                "POST",
                "/alertmanager/api/v2/alerts",
                Json.array(all.stream().map(alert -> AlertJson.json(alert).build()).toList()));
      }
      open.values().removeIf(alert -> !alert.firing(now));
      posted = now;
    } catch (IOException away) {
      output.note("warning", "server", "alerts wait, as it is away: " + ServerProject.why(away));
      posted = now.minus(AGAIN).plusSeconds(5);
    } catch (ProblemException refused) {
      output.note("warning", "server", String.valueOf(refused.getMessage()));
      posted = now;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    AlertDriver sends = driver;
    if (sends != null) {
      sends.close();
    }
    HttpClient client = http;
    if (client != null) {
      client.shutdownNow();
      client.close();
    }
    ServerProject server = project;
    if (server != null) {
      server.close();
    }
  }
}
