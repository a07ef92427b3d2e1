package dev.assay.core.judge;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.Expectation;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Quantity;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.judge.Statistics.Statistic;
import dev.assay.core.parse.OutcomeMetrics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns a policy and evidence into a verdict. Pure: the same policy and the same set of evidence
 * give the same verdict to the byte, in whatever order the evidence arrived.
 *
 * <p>A check passes only when it completed, its evidence is of the right subject and does not
 * contradict itself, and every expectation holds on enough of it. A check that did not complete can
 * still fail: what its evidence shows is not undone by its end.
 */
public final class Judge {

  /** The run that is judged, its baseline, and one more. */
  private static final int REMEMBERED = 3;

  private final Thinness thinness = new Thinness();
  private final Function<List<Evidence>, Statistics> reading;
  private final BaselineRule baselines;

  /** A judge. */
  public Judge() {
    this(
        Statistics::new,
        (evidence, expectation, metric) -> value(new Statistics(evidence), expectation, metric));
  }

  private Judge(Function<List<Evidence>, Statistics> reading, RunHistory.Values values) {
    this.reading = reading;
    this.baselines = new BaselineRule(reading, values);
  }

  /**
   * A judge of many runs, one after the other, that remembers what it read of earlier ones as long
   * as it lives. Gives the same verdicts. Not thread-safe.
   */
  public static Judge remembering() {
    IdentityHashMap<List<Evidence>, Map<String, Double>> known = new IdentityHashMap<>();
    Function<List<Evidence>, Statistics> reading = lastRead();
    return new Judge(
        reading,
        (evidence, expectation, metric) ->
            known
                .computeIfAbsent(evidence, _ -> new HashMap<>())
                .computeIfAbsent(
                    expectation.key(), _ -> value(reading.apply(evidence), expectation, metric)));
  }

  /**
   * Reads evidence, and keeps what was read last: the run judged now is the next one's baseline.
   */
  private static Function<List<Evidence>, Statistics> lastRead() {
    IdentityHashMap<List<Evidence>, Statistics> read = new IdentityHashMap<>();
    Deque<List<Evidence>> order = new ArrayDeque<>();
    return evidence -> {
      Statistics known = read.get(evidence);
      if (known == null) {
        known = new Statistics(evidence);
        read.put(evidence, known);
        order.addLast(evidence);
        if (order.size() > REMEMBERED) {
          read.remove(order.removeFirst());
        }
      }
      return known;
    };
  }

  private static double value(Statistics statistics, Expectation expectation, Metric metric) {
    return statistics.of(expectation, metric).value();
  }

  /** The verdict. */
  public Verdict judge(Policy policy, Case given) {
    Statistics statistics = reading.apply(given.evidence());
    List<Reason> reasons = new ArrayList<>();
    boolean doubtful = given.evidence().stream().anyMatch(Judge::invalid);
    for (Expectation expectation : policy.expectations()) {
      Reason reason = reason(expectation, policy.metric(expectation.metric()), statistics, given);
      boolean counted = OutcomeMetrics.counts(expectation.metric()).isPresent();
      reasons.add(doubtful && !counted ? doubted(reason) : reason);
    }
    if (given.ending() != Ending.COMPLETED) {
      reasons.removeIf(reason -> reason.decision() != Decision.FAIL);
      reasons.add(incomplete(given));
    }
    reasons.addAll(contradictions(given));
    String stale = given.stale();
    if (stale != null) {
      reasons.clear();
      reasons.add(
          new Reason(Decision.STALE, "of this subject", sentence(stale), Map.of(), List.of()));
    }
    reasons.sort(Comparator.comparing(Reason::decision));
    Decision decision = Decision.combine(reasons.stream().map(Reason::decision).toList());
    return new Verdict(decision, reasons, policy.digest(), digest(given.evidence()));
  }

  private static boolean invalid(Evidence evidence) {
    return evidence instanceof Finding finding && finding.severity() == Finding.Severity.INVALID;
  }

  /**
   * What was measured by something that did not measure right proves nothing, in either direction;
   * outcomes that failed have failed all the same.
   */
  private static Reason doubted(Reason reason) {
    if (reason.decision() != Decision.FAIL) {
      return reason;
    }
    return new Reason(
        Decision.INCONCLUSIVE,
        reason.expectation(),
        reason.sentence() + " The measurement is not valid, so this may not be so.",
        reason.numbers(),
        reason.evidence());
  }

  private static String digest(List<Evidence> evidence) {
    return EvidenceCodec.sha256(
        String.join("\n", evidence.stream().map(EvidenceCodec::id).sorted().toList()));
  }

  private static Reason incomplete(Case given) {
    String problem = given.problem();
    String why =
        switch (given.ending()) {
          case COMPLETED -> throw new IllegalStateException("it completed");
          case TIMED_OUT -> "The check was stopped after its time-out";
          case CANCELLED -> "The check was stopped on request";
          case BROKEN -> "The check could not be carried out";
          case SKIPPED -> "The check was not started";
        };
    return new Reason(
        Decision.NOT_RUN,
        "ran to its end",
        problem == null ? why + "." : why + ": " + sentence(problem),
        Map.of(),
        List.of());
  }

  private static List<Reason> contradictions(Case given) {
    List<Reason> reasons = new ArrayList<>();
    given.evidence().stream()
        .filter(Judge::invalid)
        .map(Finding.class::cast)
        .sorted(Comparator.comparing(Finding::rule).thenComparing(EvidenceCodec::id))
        .forEach(finding ->
            reasons.add(
                new Reason(
                    Decision.INCONCLUSIVE,
                    "no " + finding.rule(),
                    sentence(finding.message()),
                    Map.of(),
                    List.of(EvidenceCodec.id(finding)))));
    if (given.refused() > 0) {
      reasons.add(
          new Reason(
              Decision.INCONCLUSIVE,
              "all evidence taken",
              given.refused()
                  + " pieces of evidence could not be taken, so the rest is not the whole.",
              Map.of("refused", (double) given.refused()),
              List.of()));
    }
    return reasons;
  }

  private Reason reason(Expectation expectation, Metric metric, Statistics statistics, Case given) {
    return switch (expectation.rule()) {
      case Expectation.Bound bound -> bound(expectation, bound.comparison(), metric, statistics);
      case Expectation.NoWorseThan rule -> {
        Case.Baseline baseline = given.baselines().get(rule.baseline());
        Rounds rounds = Rounds.of(given.evidence());
        yield rounds.two()
            ? confirmed(expectation, rule, metric, statistics, rounds, baseline)
            : baselines.reason(expectation, rule, metric, statistics, baseline);
      }
    };
  }

  /**
   * What is worse has to be worse in each of two rounds and in both together: one round alone that
   * was unlucky is what made the second one be.
   */
  private Reason confirmed(
      Expectation expectation,
      Expectation.NoWorseThan rule,
      Metric metric,
      Statistics both,
      Rounds rounds,
      Case.@Nullable Baseline baseline) {
    Reason first =
        baselines.reason(expectation, rule, metric, new Statistics(rounds.first()), baseline);
    Reason second =
        baselines.reason(expectation, rule, metric, new Statistics(rounds.second()), baseline);
    // counts of two rounds are not to be compared with those of one
    boolean counted =
        metric.shape() == Metric.Shape.COUNT
            || List.of("count", "hits", "total").contains(expectation.statistic());
    Reason together =
        counted ? second : baselines.reason(expectation, rule, metric, both, baseline);
    if (together.decision() != Decision.FAIL) {
      return together;
    }
    boolean again = first.decision() == Decision.FAIL && second.decision() == Decision.FAIL;
    return new Reason(
        again ? Decision.FAIL : Decision.INCONCLUSIVE,
        together.expectation(),
        together.sentence()
            + (again
                ? " So it was in each of two rounds."
                : " But it was not so in each of two rounds: run again to decide."),
        together.numbers(),
        together.evidence());
  }

  private Reason bound(
      Expectation expectation, Comparison comparison, Metric metric, Statistics statistics) {
    Statistic statistic = statistics.of(expectation, metric);
    if (Double.isNaN(statistic.value())) {
      return new Reason(
          Decision.INCONCLUSIVE,
          expectation.text(),
          nothing(expectation, statistic, statistics),
          Map.of("samples", (double) statistic.samples()),
          statistic.evidence());
    }
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("observed", statistic.value());
    Quantity quantity =
        Objects.requireNonNull(comparison.quantity(), "the parser lets no other through");
    numbers.put("bound", quantity.value());
    numbers.put("samples", (double) statistic.samples());
    boolean holds = comparison.holds(statistic.value());
    long least = thinness.least(expectation, comparison, metric);
    String observed = observed(expectation, metric, statistic);
    if (statistic.samples() < least) {
      boolean decisive = !holds && thinness.decisive(expectation, comparison, metric, statistics);
      if (!decisive) {
        numbers.put("least", (double) least);
        return new Reason(
            Decision.INCONCLUSIVE,
            expectation.text(),
            observed
                + ", on only "
                + statistic.samples()
                + samples(statistic.samples())
                + "; at least "
                + least
                + " are needed to say.",
            numbers,
            statistic.evidence());
      }
    }
    if (!holds && expectation.implied() && statistic.value() == 0) {
      return new Reason(
          Decision.INCONCLUSIVE,
          expectation.text(),
          observed + ": there is nothing to judge.",
          numbers,
          statistic.evidence());
    }
    String sentence =
        holds
            ? observed + ", as expected (" + comparison + ")."
            : observed + ", expected " + comparison + "." + culprits(expectation, statistics);
    return new Reason(
        holds ? Decision.PASS : Decision.FAIL,
        expectation.text(),
        sentence,
        numbers,
        statistic.evidence());
  }

  private static String samples(long samples) {
    return samples == 1 ? " sample" : " samples";
  }

  private static String observed(Expectation expectation, Metric metric, Statistic statistic) {
    Unit unit =
        switch (expectation.statistic()) {
          case "count", "hits", "total" -> Unit.NONE;
          default -> metric.unit();
        };
    String text = expectation.key() + " is " + unit.format(statistic.value());
    return metric.shape() == Metric.Shape.PROPORTION && expectation.statistic().equals("value")
        ? text
            + " ("
            + Math.round(statistic.value() * statistic.samples())
            + " of "
            + statistic.samples()
            + ")"
        : text;
  }

  private static String nothing(
      Expectation expectation, Statistic statistic, Statistics statistics) {
    if (statistic.samples() > 0) {
      return expectation.key() + " is not a number in the evidence.";
    }
    if (statistics.skipped() > 0) {
      return "Nothing can be said of "
          + expectation.key()
          + ": all "
          + statistics.skipped()
          + " tests were skipped.";
    }
    String step = expectation.step();
    if (step != null) {
      return "Nothing was measured for "
          + expectation.key()
          + "; it was measured for: "
          + String.join(", ", statistics.steps(expectation.metric()))
          + ".";
    }
    return "Nothing was measured for " + expectation.key() + ".";
  }

  private static String culprits(Expectation expectation, Statistics statistics) {
    if (!expectation.metric().equals("failed")) {
      return "";
    }
    List<Outcome> failures = statistics.failures();
    StringBuilder text = new StringBuilder(" Failed: ");
    for (int i = 0; i < Math.min(3, failures.size()); i++) {
      Outcome failure = failures.get(i);
      Attempt last = failure.attempts().getLast();
      String message = last.message();
      text.append(i == 0 ? "" : "; ").append(failure.name());
      if (message != null && !message.isBlank()) {
        String line = message.strip().lines().findFirst().orElse("");
        text.append(" (")
            .append(line.length() > 160 ? line.substring(0, 160) + "…" : line)
            .append(')');
      }
    }
    if (failures.size() > 3) {
      text.append("; and ").append(failures.size() - 3).append(" more");
    }
    return text.append('.').toString();
  }

  private static String sentence(String text) {
    String stripped = text.strip();
    return stripped.endsWith(".") ? stripped : stripped + ".";
  }
}
