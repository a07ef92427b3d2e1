package dev.assay.chaos.suggest;

import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Plan;
import dev.assay.api.plan.SectionPlan;
import dev.assay.api.plan.ServicePlan;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.chaos.suggest.ChaosHistory.PastFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Suggests experiments: first what failed and was not tried since, then what others depend on and
 * was never broken, then what became slower, then what was only withstood alone. A pure function of
 * the plan and the history, so the same ledger suggests the same.
 */
@SuppressWarnings("BoxingComparator")
public final class Suggestions {

  private static final int FAILED = 100;
  private static final int NEEDED = 80;
  private static final int LINK = 70;
  private static final int SLOWER = 60;
  private static final int ALONE = 40;
  private static final int TOGETHER = 20;
  private static final double RISE = 1.2;

  private final Plan plan;
  private final ChaosHistory history;
  private final String steady;
  private final List<Suggestion> found = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private Suggestions(Plan plan, ChaosHistory history, String steady) {
    this.plan = plan;
    this.history = history;
    this.steady = steady;
    plan.checks().forEach(check -> names.add(check.id()));
  }

  /**
   * The experiments to try next, the most telling first; none where no check could be the steady
   * state.
   */
  public static List<Suggestion> of(Plan plan, ChaosHistory history) {
    return steady(plan).map(one -> new Suggestions(plan, history, one).all()).orElse(List.of());
  }

  /** A load with expectations says most of a system, a flow of requests less. */
  private static Optional<String> steady(Plan plan) {
    return plan.checks().stream()
        .filter(check -> List.of("load", "http").contains(check.type().name()))
        .min(
            Comparator.comparing((CheckPlan<?> check) -> check.type().name().equals("load") ? 0 : 1)
                .thenComparing(check -> check.expectations().isEmpty() ? 1 : 0))
        .map(CheckPlan::id);
  }

  private List<Suggestion> all() {
    failed();
    plan.services().forEach(this::service);
    links();
    history.latencies().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> slower(entry.getKey(), entry.getValue()));
    together();
    return found.stream().sorted(Comparator.comparingInt(Suggestion::weight).reversed()).toList();
  }

  private void add(String name, int weight, String reason, List<String> faults) {
    String unique = name;
    for (int i = 2; !names.add(unique); i++) {
      unique = name + "-" + i;
    }
    found.add(new Suggestion(unique, reason, steady, faults, weight));
  }

  private List<PastFault> past(String kind, String target) {
    return history.faults().stream()
        .filter(one -> one.kind().equals(kind) && one.target().equals(target))
        .toList();
  }

  private boolean broken(String target) {
    return history.faults().stream().anyMatch(one -> one.target().equals(target));
  }

  private static String named(String target) {
    return target.substring(target.indexOf(':') + 1);
  }

  private String runs() {
    return history.runs() == 1 ? "the one run so far" : "the last " + history.runs() + " runs";
  }

  /** What was not withstood the last time. */
  private void failed() {
    Set<String> seen = new HashSet<>();
    for (PastFault one : history.faults()) {
      boolean newest = seen.add(one.kind() + " " + one.target());
      String fault = written(one.kind(), one.target(), "at: 10s, for: 10s");
      if (newest && one.decision() == Decision.FAIL && !fault.isEmpty()) {
        add(
            "again-" + one.kind().replace(' ', '-') + "-" + named(one.target()),
            FAILED,
            "'"
                + one.kind()
                + "' of "
                + named(one.target())
                + " was not withstood in run "
                + one.run()
                + " (check "
                + one.check()
                + "). Try it again after it has been mended.",
            List.of(fault));
      }
    }
  }

  /** The fault as YAML; empty where more than its kind and target would have to be known. */
  private String written(String kind, String target, String time) {
    String name = named(target);
    boolean there =
        target.startsWith("service:")
            ? plan.services().stream().anyMatch(one -> one.name().equals(name))
            : linkNames().contains(name);
    if (!there) {
      return "";
    }
    return switch (kind) {
      case "kill", "stop", "pause", "restart", "down" ->
          "{ " + time + ", " + kind + ": " + name + " }";
      case "latency" -> "{ " + time + ", latency: { link: " + name + ", by: 300 ms } }";
      case "loss" -> "{ " + time + ", loss: { link: " + name + ", share: 5 % } }";
      case "bandwidth" -> "{ " + time + ", bandwidth: { link: " + name + ", to: 1 Mbit/s } }";
      case "partition" -> "{ " + time + ", partition: { link: " + name + " } }";
      case "cpu" -> "{ " + time + ", cpu: { service: " + name + ", quota: 20 % } }";
      default -> "";
    };
  }

  private void service(ServicePlan service) {
    String name = service.name();
    String target = "service:" + name;
    List<String> dependents =
        plan.services().stream()
            .filter(one -> one.needs().contains(name))
            .map(ServicePlan::name)
            .toList();
    if (past("kill", target).isEmpty() && past("stop", target).isEmpty()) {
      String who =
          dependents.isEmpty()
              ? name + " has never been ended in " + runs()
              : String.join(" and ", dependents)
                  + (dependents.size() == 1 ? " needs " : " need ")
                  + name
                  + ", which has never been ended in "
                  + runs();
      add(
          "kill-" + name,
          dependents.isEmpty() ? ALONE : NEEDED,
          who + ". How long does it take until all is well again?",
          List.of("{ at: 10s, for: 5s, kill: " + name + " }"));
    }
    if (!dependents.isEmpty() && past("pause", target).isEmpty()) {
      add(
          "hang-" + name,
          NEEDED - 5,
          String.join(" and ", dependents)
              + (dependents.size() == 1 ? " needs " : " need ")
              + name
              + ". One that hangs answers nobody and refuses nobody, which is harder than one that"
              + " is gone, and was never tried.",
          List.of("{ at: 10s, for: 10s, pause: " + name + " }"));
    }
  }

  private List<String> linkNames() {
    return plan.sections().stream()
        .filter(section -> section.section().name().equals("links"))
        .map(SectionPlan::entries)
        .flatMap(entries -> entries.keySet().stream())
        .toList();
  }

  private void links() {
    for (String link : linkNames()) {
      String target = "link:" + link;
      if (past("latency", target).isEmpty()) {
        add(
            "slow-" + link,
            broken(target) ? LINK - 20 : LINK,
            "What goes over the link "
                + link
                + " has never been slow in "
                + runs()
                + ". Slow answers fill queues and pools before anybody sees an error.",
            List.of("{ at: 10s, for: 15s, latency: { link: " + link + ", by: 300 ms } }"));
      }
      if (past("down", target).isEmpty()) {
        add(
            "down-" + link,
            broken(target) ? LINK - 25 : LINK - 5,
            "What is behind the link " + link + " has never been down in " + runs() + ".",
            List.of("{ at: 10s, for: 10s, down: " + link + " }"));
      }
    }
  }

  private void slower(String key, List<Double> observed) {
    if (observed.size() < 3 || plan.services().isEmpty()) {
      return;
    }
    double now = observed.getFirst();
    List<Double> earlier = observed.subList(1, observed.size()).stream().sorted().toList();
    double before = earlier.get(earlier.size() / 2);
    if (before <= 0 || now < before * RISE) {
      return;
    }
    String check = key.substring(0, key.indexOf(' '));
    String first =
        plan.services().stream()
            .map(ServicePlan::name)
            .filter(name -> past("cpu", "service:" + name).isEmpty())
            .findFirst()
            .orElse("");
    if (!first.isEmpty() && plan.checks().stream().anyMatch(one -> one.id().equals(check))) {
      add(
          "squeeze-" + first,
          SLOWER,
          key.substring(key.indexOf(' ') + 1)
              + " of "
              + check
              + " rose from "
              + Unit.NANOSECONDS.format(before)
              + " (the median of "
              + earlier.size()
              + " runs) to "
              + Unit.NANOSECONDS.format(now)
              + ". Take processor time from "
              + first
              + " step by step, and see how much room is left.",
          List.of(
              "{ at: 10s, for: 30s, intensity: \"0..100 % in 5 steps\", cpu: { service: "
                  + first
                  + ", quota: 20 % } }"));
    }
  }

  /** Two things that were withstood apart may not be withstood together. */
  private void together() {
    List<PastFault> withstood =
        history.faults().stream()
            .filter(one -> one.decision() == Decision.PASS)
            .filter(one -> !written(one.kind(), one.target(), "at: 10s").isEmpty())
            .collect(
                Collectors.toMap(
                    PastFault::target,
                    one -> one,
                    (newer, _) -> newer,
                    java.util.LinkedHashMap::new))
            .values()
            .stream()
            .limit(2)
            .toList();
    if (withstood.size() == 2) {
      PastFault a = withstood.getFirst();
      PastFault b = withstood.getLast();
      add(
          "both-" + named(a.target()) + "-" + named(b.target()),
          TOGETHER,
          "'"
              + a.kind()
              + "' of "
              + named(a.target())
              + " and '"
              + b.kind()
              + "' of "
              + named(b.target())
              + " were each withstood alone, never together.",
          List.of(
              written(a.kind(), a.target(), "at: 10s, for: 15s"),
              written(b.kind(), b.target(), "at: 15s, for: 10s")));
    }
  }
}
