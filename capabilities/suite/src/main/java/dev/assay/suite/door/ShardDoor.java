package dev.assay.suite.door;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.suite.shard.Durations;
import dev.assay.suite.shard.Shard;
import dev.assay.suite.shard.ShardPlan;
import dev.assay.suite.shard.ShardPlanner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions for shards. Remembers the last plans that had a {@code run}, so that a shard
 * that is tried again gets the same tests whatever is known by then. Not thread-safe.
 */
public final class ShardDoor {

  private static final int REMEMBERED = 256;

  private final Map<String, ShardPlan> plans = new LinkedHashMap<>();

  /** Answers one question. */
  public Json.Obj answer(Json.Obj question) {
    int count = countOf(question);
    String run = runOf(question, count);
    ShardPlan plan = run == null ? null : plans.get(run);
    if (plan == null) {
      plan = planOf(question, count);
      if (run != null) {
        remember(run, plan);
      }
    }
    List<Json> shards = new ArrayList<>();
    List<Json> seconds = new ArrayList<>();
    for (Shard shard : plan.shards()) {
      shards.add(Members.texts(shard.tests()));
      seconds.add(Json.of(shard.seconds()));
    }
    return Json.object()
        .put("shards", Json.array(shards))
        .put("seconds", Json.array(seconds))
        .put("slowest_s", plan.slowest())
        .put("bound_s", plan.bound())
        .put("imbalance", plan.imbalance())
        .build();
  }

  private static int countOf(Json.Obj question) {
    Json count = Members.find(question, "shards", "count", "workers", "machines", "n");
    if (!(count instanceof Json.Whole whole)
        || whole.value() < 1
        || whole.value() > ShardPlanner.MOST_SHARDS) {
      throw JsonException.of("'shards' says how many there are, 1 to " + ShardPlanner.MOST_SHARDS);
    }
    return (int) whole.value();
  }

  private static @Nullable String runOf(Json.Obj question, int count) {
    Json run = question.find("run");
    return run == null ? null : count + " of " + Members.nameOf(run);
  }

  private void remember(String run, ShardPlan plan) {
    if (plans.size() == REMEMBERED) {
      plans.remove(plans.keySet().iterator().next());
    }
    plans.put(run, plan);
  }

  private static ShardPlan planOf(Json.Obj question, int count) {
    Map<String, Double> known = new TreeMap<>();
    TreeSet<String> tests = new TreeSet<>();
    Json durations = Members.find(question, "durations", "history", "seconds");
    Json named = question.find("tests");
    if (durations == null && named == null) {
      throw JsonException.of(
          "there is nothing to divide: write \"durations\": {\"a.B\": 1.5, …} or \"tests\": […]");
    }
    if (durations != null) {
      Members.each(durations, "durations", (name, said) -> putKnown(name, said, known));
    }
    if (named == null) {
      tests.addAll(known.keySet());
    } else {
      Members.each(
          named,
          "tests",
          (name, said) -> {
            tests.add(name);
            if (said != null) {
              putKnown(name, said, known);
            }
          });
    }
    return ShardPlanner.plan(Durations.guess(known, tests), count);
  }

  private static void putKnown(String name, @Nullable Json said, Map<String, Double> known) {
    switch (said) {
      case null -> {}
      case Json.Null _ -> {}
      case Json.Array past -> putPast(name, past, known);
      case Json.Obj object -> {
        OptionalDouble seconds = Members.seconds(object);
        Json past = Members.find(object, "history", "durations", "past");
        if (seconds.isPresent()) {
          known.put(name, seconds.getAsDouble());
        } else if (past != null) {
          putPast(name, past, known);
        }
      }
      default -> known.put(name, Members.time(said, name));
    }
  }

  private static void putPast(String name, Json past, Map<String, Double> known) {
    List<Double> times = new ArrayList<>();
    Members.items(past, name).forEach(time -> times.add(Members.time(time, name)));
    if (!times.isEmpty()) {
      known.put(name, Durations.decayedMean(times));
    }
  }
}
