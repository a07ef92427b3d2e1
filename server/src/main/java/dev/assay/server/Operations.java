package dev.assay.server;

import dev.assay.server.account.Members;
import dev.assay.server.facts.ProjectFacts;
import dev.assay.server.hook.Hooks;
import dev.assay.server.observe.Watchrooms;
import dev.assay.server.project.Projects;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * For whoever operates the server: whether it can serve, and figures in Prometheus' text format.
 * They are for this machine, or whoever shows the token of {@code ASSAY_METRICS_TOKEN}; only the
 * latter sees names of projects.
 */
@RestController
class Operations {

  private static final String BEARER = "Bearer ";

  private final Members members;
  private final Projects projects;
  private final ProjectFacts facts;
  private final Hooks hooks;
  private final Watchrooms watchrooms;
  private final RequestFigures requests;
  private final UsageFigures usage;

  Operations(
      Members members,
      Projects projects,
      ProjectFacts facts,
      Hooks hooks,
      Watchrooms watchrooms,
      RequestFigures requests,
      UsageFigures usage) {
    this.usage = usage;
    this.members = members;
    this.projects = projects;
    this.facts = facts;
    this.hooks = hooks;
    this.watchrooms = watchrooms;
    this.requests = requests;
  }

  /** 200 where the accounts and the database of runs answer, else 503. */
  @GetMapping(path = "/ready", produces = "application/json")
  ResponseEntity<String> ready() {
    boolean ready;
    try {
      members.setUpToken();
      ready = projects.answers();
    } catch (RuntimeException away) {
      ready = false;
    }
    return ResponseEntity.status(ready ? 200 : 503)
        .header("Cache-Control", "no-store")
        .body("{\"ready\":" + ready + "}");
  }

  @GetMapping("/metrics")
  ResponseEntity<String> metrics(HttpServletRequest request) {
    String token = System.getenv("ASSAY_METRICS_TOKEN");
    if (!may(request, token)) {
      return ResponseEntity.status(403).body("for this machine, or with ASSAY_METRICS_TOKEN\n");
    }
    return ResponseEntity.ok()
        .header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        .header("Cache-Control", "no-store")
        .body(text(shows(request, token)));
  }

  static boolean may(HttpServletRequest request, @Nullable String token) {
    String shown = request.getHeader("Authorization");
    if (token != null && !token.isBlank() && shown != null && shown.startsWith(BEARER)) {
      return shows(request, token);
    }
    try {
      return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
    } catch (UnknownHostException never) {
      return false; // it is an address
    }
  }

  private static boolean shows(HttpServletRequest request, @Nullable String token) {
    String shown = request.getHeader("Authorization");
    return token != null
        && !token.isBlank()
        && shown != null
        && shown.startsWith(BEARER)
        && MessageDigest.isEqual(
            shown.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8),
            token.strip().getBytes(StandardCharsets.UTF_8));
  }

  private String text(boolean named) {
    Exposition text = new Exposition();
    text.family("assay_http_requests_total", "counter", "Requests that were answered.");
    requests
        .answered()
        .forEach((status, number) ->
            text.sample("assay_http_requests_total", Map.of("status", status), number));
    text.family(
        "assay_http_request_duration_seconds", "histogram", "How long answers took, but streams.");
    long all = 0;
    for (Map.Entry<String, Long> within : requests.within().entrySet()) {
      all = within.getValue();
      text.sample("assay_http_request_duration_seconds_bucket", Map.of("le", within.getKey()), all);
    }
    text.sample("assay_http_request_duration_seconds_sum", Map.of(), requests.seconds());
    text.sample("assay_http_request_duration_seconds_count", Map.of(), all);
    text.gauge("assay_members", "Members of this server.", members.count());
    text.gauge("assay_projects", "Projects of this server.", projects.list().count());
    text.gauge("assay_projects_open", "Projects whose runs are in memory.", projects.opened());
    text.gauge("assay_runs_known", "Runs that are in memory.", projects.known());
    text.gauge(
        "assay_runs_silent", "Runs that have not ended and are not heard of.", projects.silent());
    text.gauge(
        "assay_runs_unread",
        "Runs that ended and are still to be read for the pages.",
        facts.unread());
    text.family("assay_webhook_deliveries", "gauge", "Webhook deliveries by how far they are.");
    hooks
        .states()
        .forEach((state, number) ->
            text.sample("assay_webhook_deliveries", Map.of("state", state), number));
    text.family(
        "assay_alert_ways_failing", "gauge", "Ways by which people are not told of alerts.");
    watchrooms
        .failing()
        .forEach((state, number) ->
            text.sample("assay_alert_ways_failing", Map.of("state", state), number));
    usage.write(text, named);
    machine(text);
    return text.toString();
  }

  private static void machine(Exposition text) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    text.family("assay_jvm_memory_used_bytes", "gauge", "Memory in use.");
    text.sample(
        "assay_jvm_memory_used_bytes",
        Map.of("area", "heap"),
        memory.getHeapMemoryUsage().getUsed());
    text.sample(
        "assay_jvm_memory_used_bytes",
        Map.of("area", "nonheap"),
        memory.getNonHeapMemoryUsage().getUsed());
    text.gauge(
        "assay_jvm_threads",
        "Platform threads that live.",
        ManagementFactory.getThreadMXBean().getThreadCount());
    text.gauge(
        "process_start_time_seconds",
        "When the process started, since 1970.",
        ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
  }
}
