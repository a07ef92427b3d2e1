package dev.assay.suite.door;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.suite.door.Members.Outcome;
import dev.assay.suite.flaky.Attempt;
import dev.assay.suite.flaky.Attempt.Result;
import dev.assay.suite.flaky.Classification;
import dev.assay.suite.flaky.FlakyClassifier;
import dev.assay.suite.flaky.History;
import dev.assay.suite.flaky.History.Answer;
import dev.assay.suite.flaky.History.Run;
import dev.assay.suite.flaky.Rerun;
import dev.assay.suite.flaky.RerunAdvice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions on whether a test is flaky, from its past; each question tells all of it, as
 * nothing is remembered from one to the next. Thread-safe.
 */
public final class ClassifyDoor {

  /** With fewer tests in a run, how many failed together says little. */
  private static final int FEWEST_FOR_A_SHARE = 10;

  private static final String[] HISTORY = {"history", "runs"};

  /** A run, and its name where several tests are asked for together. */
  private record Named(@Nullable String name, Run run) {}

  /** Answers one question. */
  public Json.Obj answer(Json.Obj question) {
    Map<Rerun, Double> ways = waysOf(question);
    Json tests = question.find("tests");
    if (tests == null) {
      return classified(runsOf(question).stream().map(Named::run).toList(), ways);
    }
    Map<String, List<Named>> pasts = new LinkedHashMap<>();
    Members.each(
        tests,
        "tests",
        (name, said) -> {
          if (said == null) {
            throw JsonException.of("'" + name + "' has no history");
          }
          pasts.put(name, said instanceof Json.Obj object ? runsOf(object) : readRuns(said));
        });
    Map<String, double[]> shares = shares(pasts);
    Json.Builder all = Json.object();
    pasts.forEach((name, runs) ->
        all.put(name, classified(runs.stream().map(run -> shared(run, shares)).toList(), ways)));
    return Json.object().put("tests", all.build()).build();
  }

  /** How many tests of each named run failed, and how many there were. */
  private static Map<String, double[]> shares(Map<String, List<Named>> pasts) {
    Map<String, double[]> shares = new LinkedHashMap<>();
    for (List<Named> past : pasts.values()) {
      for (Named named : past) {
        if (named.name != null && (named.run.failed() || named.run.passed())) {
          double[] counts = shares.computeIfAbsent(named.name, name -> new double[2]);
          counts[0] += named.run.failed() ? 1 : 0;
          counts[1]++;
        }
      }
    }
    return shares;
  }

  private static Run shared(Named named, Map<String, double[]> shares) {
    double[] counts = named.name == null ? null : shares.get(named.name);
    if (counts == null || counts[1] < FEWEST_FOR_A_SHARE || named.run.failedShare().isPresent()) {
      return named.run;
    }
    return new Run(
        named.run.commit(),
        named.run.attempts(),
        named.run.executedChange(),
        OptionalDouble.of(counts[0] / counts[1]));
  }

  private static List<Named> runsOf(Json.Obj object) {
    Json history = Members.find(object, HISTORY);
    Json attempts = object.find("attempts");
    if (history == null && attempts == null) {
      throw JsonException.of(
          "there is nothing to judge: write \"history\": [{\"commit\": \"…\", \"attempts\":"
              + " [\"fail\", \"pass\"]}, …]");
    }
    List<Named> runs = new ArrayList<>(history == null ? List.of() : readRuns(history));
    if (attempts != null) {
      if (history != null || ofOneRun(object, attempts)) {
        runs.add(readRun(object));
      } else {
        runs.addAll(readRuns(attempts));
      }
    }
    return runs;
  }

  /** Attempts by themselves are of one run where they, or what is beside them, say so. */
  private static boolean ofOneRun(Json.Obj object, Json attempts) {
    return Members.find(object, "commit", "sha", "revision") != null
        || Boolean.TRUE.equals(Members.flag(object, "same_commit"))
        || Members.items(attempts, "attempts").stream()
            .anyMatch(item -> item instanceof Json.Obj one && one.find("how") != null);
  }

  private static List<Named> readRuns(Json history) {
    List<Named> runs = new ArrayList<>();
    for (Json item : Members.items(history, "history")) {
      switch (item) {
        case Json.Obj object -> runs.add(readRun(object));
        case Json.Array attempts -> runs.add(new Named(null, Run.of(readAttempts(attempts))));
        default -> runs.add(new Named(null, Run.of(List.of(readAttempt(item)))));
      }
    }
    return runs;
  }

  private static Named readRun(Json.Obj object) {
    Json attempts = object.find("attempts");
    Json commit = Members.find(object, "commit", "sha", "revision");
    Json share = Members.find(object, "failed_share", "suite_failed_share");
    Json name = Members.find(object, "run", "cycle", "build");
    Boolean executed =
        Members.flag(object, "executed_change", "executed_the_change", "covers_change", "touched");
    boolean machine = Members.outcome(object) == Outcome.INFRASTRUCTURE;
    List<Attempt> made =
        attempts != null
            ? readAttempts(attempts)
            : List.of(machine ? Attempt.of(Result.FAIL) : readAttempt(object));
    Run run =
        new Run(
            commit == null ? null : Members.nameOf(commit),
            made,
            executed == null ? Answer.UNKNOWN : executed ? Answer.YES : Answer.NO,
            machine
                ? OptionalDouble.of(1)
                : share == null
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Members.number(share, "failed_share")));
    return new Named(name == null ? null : Members.nameOf(name), run);
  }

  private static List<Attempt> readAttempts(Json attempts) {
    List<Attempt> read = new ArrayList<>();
    Members.items(attempts, "attempts").forEach(item -> read.add(readAttempt(item)));
    return read;
  }

  private static Attempt readAttempt(Json item) {
    if (!(item instanceof Json.Obj object)) {
      return Attempt.of(resultOf(Members.outcome(item)));
    }
    Outcome outcome = Members.outcome(object);
    if (outcome == null) {
      throw JsonException.of("an attempt has no result: write {\"result\": \"fail\"}");
    }
    String how = object.findText("how");
    return new Attempt(resultOf(outcome), how == null ? Rerun.AGAIN : wayOf(how));
  }

  private static Result resultOf(Outcome outcome) {
    return switch (outcome) {
      case PASS -> Result.PASS;
      case FAIL -> Result.FAIL;
      case SKIP, INFRASTRUCTURE -> Result.NONE;
    };
  }

  private static Rerun wayOf(String how) {
    return switch (how.toLowerCase(Locale.ROOT).replace('-', ' ').replace('_', ' ').strip()) {
      case "", "first", "again", "rerun", "retry", "unknown" -> Rerun.AGAIN;
      case "same jvm", "same process" -> Rerun.SAME_JVM;
      case "clean jvm", "new jvm", "fresh jvm", "clean process", "new process" -> Rerun.CLEAN_JVM;
      case "alone", "isolated", "isolation" -> Rerun.ALONE;
      case "other order", "shuffled", "random order" -> Rerun.OTHER_ORDER;
      case "shifted clock", "other time", "clock" -> Rerun.SHIFTED_CLOCK;
      case "other zone", "zone", "time zone", "timezone" -> Rerun.OTHER_ZONE;
      default ->
          throw JsonException.of(
              "'"
                  + how
                  + "' is no way of a rerun: there are "
                  + Arrays.stream(Rerun.values())
                      .map(ClassifyDoor::word)
                      .collect(Collectors.joining(", ")));
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What reruns would take; one second each where it is not said. */
  private static Map<Rerun, Double> waysOf(Json.Obj question) {
    Map<Rerun, Double> ways = new EnumMap<>(Rerun.class);
    Json said = Members.find(question, "reruns", "rerun_s");
    if (said == null) {
      for (Rerun way : Rerun.values()) {
        if (way != Rerun.AGAIN) {
          ways.put(way, 1.0);
        }
      }
      return ways;
    }
    Members.each(
        said,
        "reruns",
        (name, seconds) -> {
          double time = seconds == null ? 1 : Members.time(seconds, name);
          ways.put(wayOf(name), Math.max(time, 1e-3));
        });
    return ways;
  }

  private static Json.Obj classified(List<Run> runs, Map<Rerun, Double> ways) {
    Classification it = FlakyClassifier.classify(new History(runs));
    Json.Builder answer =
        Json.object()
            .put("state", word(it.state()))
            .put("p_flaky", it.flaky())
            .put("p_broken", it.broken())
            .put("p_healthy", it.healthy())
            .put("p_infrastructure", it.infrastructure())
            .put("p_nondeterministic", it.nondeterministic())
            .put("failing_rate", it.failingRate())
            .put("reason", it.reason());
    if (it.lastFailureReal().isPresent()) {
      answer.put("p_real", it.lastFailureReal().getAsDouble());
      it.causes().entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .ifPresent(cause -> answer.put("cause", word(cause.getKey())));
    }
    List<RerunAdvice> advice = RerunAdvice.of(it, ways);
    if (!advice.isEmpty()) {
      answer.put("rerun", word(advice.getFirst().how()));
      answer.put("rerun_bits", advice.getFirst().bits());
    }
    return answer.build();
  }
}
