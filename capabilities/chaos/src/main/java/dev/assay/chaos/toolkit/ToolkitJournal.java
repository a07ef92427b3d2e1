package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a run in the toolkit's own shape. Thread-safe.
 *
 * @see <a href="https://chaostoolkit.org/reference/api/journal/">Journal</a>
 */
public final class ToolkitJournal {

  /** The release of chaostoolkit-lib whose behaviour this is. */
  static final String VERSION = "1.31.0";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

  private final Json.Obj experiment;
  private final Instant start;
  private String status = "";
  private boolean deviated;
  private @Nullable Json before;
  private @Nullable Json after;
  private final List<Json> during = new ArrayList<>();
  private List<Json> run = List.of();
  private List<Json> rollbacks = List.of();
  private double duration;
  private Instant end;
  private @Nullable String reason;

  ToolkitJournal(Json.Obj experiment, Instant start) {
    this.experiment = experiment;
    this.start = start;
    this.end = start;
  }

  static String time(Instant at) {
    return TIME.format(at.atOffset(ZoneOffset.UTC));
  }

  /** {@code completed}, {@code failed}, {@code aborted} or {@code interrupted}. */
  public synchronized String status() {
    return status;
  }

  /** Whether the steady state did not hold after the method. */
  public synchronized boolean deviated() {
    return deviated;
  }

  /** Why it was aborted or interrupted; null where it was not. */
  public synchronized @Nullable String reason() {
    return reason;
  }

  synchronized void status(String now) {
    status = now;
  }

  synchronized void status(String now, @Nullable String why) {
    status = now;
    reason = why;
  }

  synchronized void deviate() {
    deviated = true;
    status = "failed";
  }

  synchronized void before(Json state) {
    before = state;
  }

  synchronized void after(Json state) {
    after = state;
  }

  synchronized void during(Json state) {
    during.add(state);
  }

  synchronized void run(List<Json> runs) {
    run = List.copyOf(runs);
  }

  synchronized void rollbacks(List<Json> runs) {
    rollbacks = List.copyOf(runs);
  }

  synchronized void end(Instant at, double seconds) {
    end = at;
    duration = seconds;
    if (status.isEmpty()) {
      status = "completed";
    }
  }

  /** The steady state before the method; JSON null where it was not looked at. */
  public synchronized Json before() {
    return before == null ? Json.Null.VALUE : before;
  }

  /** The same after it. */
  public synchronized Json after() {
    return after == null ? Json.Null.VALUE : after;
  }

  /** The looks while it ran. */
  public synchronized List<Json> during() {
    return List.copyOf(during);
  }

  /** What was done in the method. */
  public synchronized List<Json> run() {
    return run;
  }

  /** What was done as rollbacks. */
  public synchronized List<Json> rollbacks() {
    return rollbacks;
  }

  /**
   * The journal.
   *
   * @param redact masks secrets in every text of it
   */
  public synchronized Json.Obj json(UnaryOperator<String> redact) {
    Json.Obj states =
        Json.object()
            .put("before", before())
            .put("after", after())
            .put("during", Json.array(during))
            .build();
    Json.Obj journal =
        Json.object()
            .put("chaoslib-version", VERSION)
            .put("platform", platform())
            .put("node", node())
            .put("experiment", experiment)
            .put("start", time(start))
            .put("status", status)
            .put("deviated", deviated)
            .put("steady_states", states)
            .put("run", Json.array(run))
            .put("rollbacks", Json.array(rollbacks))
            .put("end", time(end))
            .put("duration", duration)
            .build();
    return masked(journal, redact).asObject();
  }

  private static Json masked(Json value, UnaryOperator<String> redact) {
    return switch (value) {
      case Json.Text text -> Json.of(redact.apply(text.value()));
      case Json.Array array ->
          Json.array(array.items().stream().map(one -> masked(one, redact)).toList());
      case Json.Obj object -> {
        Map<String, Json> members = new LinkedHashMap<>();
        object.members().forEach((name, member) -> members.put(name, masked(member, redact)));
        yield new Json.Obj(members);
      }
      default -> value;
    };
  }

  private static String platform() {
    return System.getProperty("os.name")
        + "-"
        + System.getProperty("os.version")
        + "-"
        + System.getProperty("os.arch");
  }

  private static String node() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
