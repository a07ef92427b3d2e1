package dev.assay.server.observe;

import dev.assay.api.json.Json;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.verdict.Decision;
import dev.assay.server.project.Began;
import dev.assay.server.project.ProjectRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a monitor stands, of what its agent tells and what came of it. Immutable.
 *
 * @param told what its agent told last
 * @param state how it stands
 * @param since since when it stands so, as far as its newest 2,000 results go back; null where
 *     nothing came of it yet
 * @param newest its newest results that are whole, the newest first; at most 2,000
 */
public record MonitorStanding(
    Json.Obj told, State state, @Nullable Instant since, List<RunSummary> newest) {

  /** When the project came back from the archive, where its agent was not heard of since. */
  static final String RETURNED = "returned";

  private static final int MOST_RESULTS = 2_000;
  private static final Duration GRACE = Duration.ofSeconds(60);

  /** In the words that pages and programs are told. */
  public enum State {
    /** Nothing came of it yet. */
    NEW,
    /** Its newest result passed. */
    UP,
    /** Its newest result did not pass; not often enough for an alert. */
    FAILING,
    /** It did not pass so often that it makes an alert. */
    DOWN,
    /** Nothing was heard in time. */
    SILENT;

    /** One word, in small letters. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the list. */
  public MonitorStanding {
    newest = List.copyOf(newest);
  }

  /** Those of a project, by name. */
  public static List<MonitorStanding> of(Watchroom room, ProjectRuns runs, Instant now) {
    Map<String, List<RunSummary>> results = new HashMap<>();
    for (RunSummary run : runs.newestFirst(Began.MONITORS)) {
      List<RunSummary> own =
          results.computeIfAbsent(
              run.labels().getOrDefault("from", "") + "/" + run.monitor(), _ -> new ArrayList<>());
      if (run.closed() != null && own.size() < MOST_RESULTS) {
        own.add(run);
      }
    }
    return room.monitors().stream()
        .map(told ->
            of(
                told,
                results.getOrDefault(told.text("from") + "/" + told.text("name"), List.of()),
                now))
        .toList();
  }

  private static MonitorStanding of(Json.Obj told, List<RunSummary> newest, Instant now) {
    if (isSilent(told, now)) {
      return new MonitorStanding(told, State.SILENT, heard(told), newest);
    }
    RunSummary last = newest.isEmpty() ? null : newest.getFirst();
    boolean passed = last != null && last.decision() == Decision.PASS;
    State state =
        told.get("alerting").asBool()
            ? State.DOWN
            : last == null ? State.NEW : passed ? State.UP : State.FAILING;
    return new MonitorStanding(
        told,
        state,
        state == State.DOWN && passed ? heard(told) : beganAlike(newest, passed),
        newest);
  }

  /** Whether an agent should have been heard of by now. */
  static boolean isSilent(Json.Obj told, Instant now) {
    Instant expected = moment(told, "expected");
    if (expected == null) {
      return false;
    }
    Instant heard = moment(told, "heard");
    Instant returned = moment(told, RETURNED);
    Instant until =
        heard != null && returned != null && returned.isAfter(heard)
            ? later(expected, returned.plus(time(heard, expected)))
            : expected;
    return until.plus(GRACE).isBefore(now);
  }

  /** How long an agent may be silent; none where it told of itself too late. */
  private static Duration time(Instant heard, Instant expected) {
    return expected.isAfter(heard) ? Duration.between(heard, expected) : Duration.ZERO;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static @Nullable Instant heard(Json.Obj told) {
    return moment(told, "heard");
  }

  private static @Nullable Instant moment(Json.Obj told, String name) {
    String moment = told.findText(name);
    return moment == null ? null : Instant.parse(moment);
  }

  /** When the first of the newest results that came out alike began. */
  private static @Nullable Instant beganAlike(List<RunSummary> newest, boolean passed) {
    Instant since = null;
    for (RunSummary result : newest) {
      if (result.decision() == Decision.PASS != passed) {
        break;
      }
      since = result.opened();
    }
    return since;
  }

  /** Its newest result; null for none. */
  public @Nullable RunSummary last() {
    return newest.isEmpty() ? null : newest.getFirst();
  }

  /** Where its agent stands, as that or its newest result says; empty where neither says it. */
  public String place() {
    String place = told.findText("place");
    RunSummary last = last();
    String recorded = last == null ? "" : last.labels().getOrDefault("place", "");
    return place == null || place.isEmpty() ? recorded : place;
  }

  /** How many of the results passed. */
  public long passed() {
    return newest.stream().filter(run -> run.decision() == Decision.PASS).count();
  }

  /** For programs: what the agent told, how it stands, since when, and its newest result. */
  public Json.Obj json() {
    RunSummary last = last();
    Json.Builder json = Json.object();
    told.members()
        .forEach((name, value) -> {
          if (!name.equals("place") && !name.equals(RETURNED)) {
            json.put(name, value);
          }
        });
    json.put("state", state.word())
        .putIfPresent("since", since == null ? null : since.toString())
        .put("passed", passed())
        .put("results", newest.size());
    if (!place().isEmpty()) {
      json.put("place", place());
    }
    if (last != null) {
      json.put(
          "last",
          Json.object()
              .put("run", last.id())
              .put("decision", last.decision().word())
              .put("began", last.opened().toString())
              .build());
    }
    return json.build();
  }
}
