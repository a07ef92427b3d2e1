package dev.assay.suite.door;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.suite.door.Members.Outcome;
import dev.assay.suite.order.Budgeted;
import dev.assay.suite.order.Candidate;
import dev.assay.suite.order.Execution;
import dev.assay.suite.order.Execution.Result;
import dev.assay.suite.order.FailureOrder;
import dev.assay.suite.order.Ordering;
import dev.assay.suite.order.Ranked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions for an order of tests, and learns from results. What a question tells of
 * results of its own cycle is learned only after its order is made. Not thread-safe.
 */
public final class OrderDoor {

  private static final String[] TESTS = {"tests", "candidates"};
  private static final String[] RESULTS = {"results", "executions", "outcomes"};
  private static final String[] PAST = {
    "history", "past", "past_results", "previous_results", "results"
  };

  private static final String[] LAST = {"last", "last_result", "last_status", "last_verdict"};

  private FailureOrder order = new FailureOrder();

  /** Answers one question. */
  public Json.Obj answer(Json.Obj question) {
    Json tests = Members.find(question, TESTS);
    Json results = Members.find(question, RESULTS);
    Json history = Members.find(question, "history", "cycles");
    if (tests == null && results == null && history == null) {
      throw JsonException.of(
          "there is nothing to do: send 'tests' to get their order, 'results' to teach what became"
              + " of them");
    }
    // everything is read before anything is learned, so that a wrong line changes nothing
    List<Candidate> candidates = new ArrayList<>();
    List<Execution> before = new ArrayList<>();
    List<Execution> now = new ArrayList<>();
    Map<String, List<Execution>> pasts = new LinkedHashMap<>();
    if (tests != null) {
      Members.each(
          tests, "tests", (name, said) -> readTest(name, said, candidates, before, now, pasts));
    }
    if (results != null) {
      Members.each(results, "results", (name, said) -> now.add(executionOf(name, said)));
    }
    List<List<Execution>> cycles = history == null ? List.of() : cyclesOf(history);
    OptionalDouble budget = budgetOf(question);

    if (history != null || !pasts.isEmpty()) {
      order = new FailureOrder();
      cycles.forEach(order::learn);
      aligned(pasts).forEach(order::learn);
    }
    order.learn(before);
    Json.Builder answer = Json.object();
    if (tests != null) {
      putOrder(answer, order.order(candidates), budget, Members.flag(question, "explain"));
    }
    if (!now.isEmpty()) {
      order.learn(now);
      answer.put("learned", now.size());
    }
    return answer.put("ok", true).build();
  }

  private static OptionalDouble budgetOf(Json.Obj question) {
    Json budget = Members.find(question, "budget_s", "budget");
    return budget == null ? OptionalDouble.empty() : OptionalDouble.of(Members.budget(budget));
  }

  private static void readTest(
      String name,
      @Nullable Json said,
      List<Candidate> candidates,
      List<Execution> before,
      List<Execution> now,
      Map<String, List<Execution>> pasts) {
    switch (said) {
      case null -> candidates.add(Candidate.of(name));
      case Json.Obj object -> {
        OptionalDouble seconds = Members.seconds(object);
        boolean changed = Boolean.TRUE.equals(Members.flag(object, "changed", "modified"));
        Json past = Members.find(object, PAST);
        Outcome outcome = Members.outcome(object);
        // the time beside a result is that of the result: not known before it
        candidates.add(
            new Candidate(name, outcome == null ? seconds : OptionalDouble.empty(), changed));
        if (outcome != null) {
          now.add(new Execution(name, resultOf(outcome), seconds));
        }
        Json last = Members.find(object, LAST);
        if (last != null) {
          before.add(new Execution(name, resultOf(Members.outcome(last)), OptionalDouble.empty()));
        }
        if (past != null) {
          List<Execution> executions = new ArrayList<>();
          Members.items(past, "history").forEach(item -> executions.add(executionOf(name, item)));
          pasts.put(name, executions);
        }
      }
      case Json.Whole _, Json.Real _ ->
          candidates.add(new Candidate(name, OptionalDouble.of(Members.time(said, name)), false));
      default ->
          throw JsonException.of(
              "'" + name + "' is told by an object, as in {\"id\": \"" + name + "\"}");
    }
  }

  private static Execution executionOf(String name, @Nullable Json said) {
    if (said instanceof Json.Obj object) {
      Outcome outcome = Members.outcome(object);
      if (outcome != null) {
        return new Execution(name, resultOf(outcome), Members.seconds(object));
      }
    } else if (said != null) {
      return new Execution(name, resultOf(Members.outcome(said)), OptionalDouble.empty());
    }
    throw JsonException.of(
        "'" + name + "' has no result: write {\"id\": \"" + name + "\", \"result\": \"pass\"}");
  }

  private static Result resultOf(Outcome outcome) {
    return switch (outcome) {
      case PASS -> Result.PASS;
      case FAIL -> Result.FAIL;
      case SKIP, INFRASTRUCTURE -> Result.SKIP;
    };
  }

  private static List<List<Execution>> cyclesOf(Json history) {
    List<List<Execution>> cycles = new ArrayList<>();
    for (Json cycle : Members.items(history, "history")) {
      Json results = cycle;
      if (cycle instanceof Json.Obj object) {
        Json inside = Members.find(object, "results", "tests", "executions", "outcomes");
        results = inside == null ? cycle : inside;
      }
      List<Execution> executions = new ArrayList<>();
      Members.each(results, "results", (name, said) -> executions.add(executionOf(name, said)));
      cycles.add(executions);
    }
    return cycles;
  }

  /** Pasts of single tests as cycles: the last results of all were in the last cycle. */
  private static List<List<Execution>> aligned(Map<String, List<Execution>> pasts) {
    int longest = pasts.values().stream().mapToInt(List::size).max().orElse(0);
    List<List<Execution>> cycles = new ArrayList<>();
    for (int i = 0; i < longest; i++) {
      cycles.add(new ArrayList<>());
    }
    for (List<Execution> past : pasts.values()) {
      for (int i = 0; i < past.size(); i++) {
        cycles.get(longest - past.size() + i).add(past.get(i));
      }
    }
    return cycles;
  }

  private static void putOrder(
      Json.Builder answer, Ordering ordering, OptionalDouble budget, @Nullable Boolean explain) {
    List<Ranked> all = ordering.tests();
    if (budget.isPresent()) {
      Budgeted budgeted = ordering.within(budget.getAsDouble());
      all = new ArrayList<>(budgeted.chosen());
      all.addAll(budgeted.left());
      answer.put("run", Members.texts(budgeted.chosen().stream().map(Ranked::test).toList()));
      answer.put("left", Members.texts(budgeted.left().stream().map(Ranked::test).toList()));
      answer.put("seconds", budgeted.seconds());
      answer.put("probability_missed", budgeted.probabilityMissed());
    }
    answer.put("order", Members.texts(all.stream().map(Ranked::test).toList()));
    answer.put("by", ordering.ranking().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    if (Boolean.TRUE.equals(explain)) {
      List<Json> explained = new ArrayList<>();
      for (Ranked test : all) {
        explained.add(
            Json.object()
                .put("id", test.test())
                .put("probability", test.probability())
                .put("seconds", test.seconds())
                .build());
      }
      answer.put("tests", Json.array(explained));
    }
  }
}
