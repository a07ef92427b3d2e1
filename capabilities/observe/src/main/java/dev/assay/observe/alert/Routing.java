package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.observe.alert.AlertingFile.InhibitEntry;
import dev.assay.observe.alert.AlertingFile.MaintenanceEntry;
import dev.assay.observe.alert.AlertingFile.NamedIntervals;
import dev.assay.observe.alert.AlertingFile.ReceiverEntry;
import dev.assay.observe.alert.AlertingFile.RouteEntry;
import dev.assay.observe.problem.AlertProblems;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of where alerts go, checked. Immutable.
 *
 * @param root the outermost route
 * @param receivers by name
 * @param inhibitions what keeps what quiet
 * @param dependencies the services that a service depends on, with all that those depend on
 * @param maintenance planned times of quiet
 * @param file as it is written
 */
public record Routing(
    Route root,
    Map<String, ReceiverEntry> receivers,
    List<Inhibition> inhibitions,
    Map<String, Set<String>> dependencies,
    List<Silence> maintenance,
    AlertingFile file) {

  /** Copies the collections. */
  public Routing {
    receivers = Map.copyOf(receivers);
    inhibitions = List.copyOf(inhibitions);
    dependencies = Map.copyOf(dependencies);
    maintenance = List.copyOf(maintenance);
  }

  /**
   * While an alert like the source lasts, those like the target are quiet.
   *
   * @param source what the source is like
   * @param target what the target is like
   * @param equal the labels that both have the same values of
   */
  public record Inhibition(
      List<LabelMatcher> source, List<LabelMatcher> target, List<String> equal) {
    /** Copies the lists. */
    public Inhibition {
      source = List.copyOf(source);
      target = List.copyOf(target);
      equal = List.copyOf(equal);
    }
  }

  /**
   * Checks what a file says.
   *
   * @throws ProblemException with all that is wrong
   */
  public static Routing of(AlertingFile file) {
    return new Checking(file, true).routing();
  }

  /**
   * What a file says that was taken before, perhaps by a version that looked less closely at how
   * receivers are reached: alerts go on where they can.
   *
   * @throws ProblemException with what makes routing impossible
   */
  public static Routing ofKept(AlertingFile file) {
    return new Checking(file, false).routing();
  }

  /** How long an alert lasts that does not say when it ends, if nothing more is heard of it. */
  public Duration resolveTimeout() {
    return file.global().get("resolve_timeout") instanceof Json.Text(String written)
        ? Spans.parse(written)
        : AlertJson.RESOLVE_TIMEOUT;
  }

  /** Everybody who is told nothing because Assay does not know the way. */
  public List<String> unreachable() {
    return receivers.values().stream()
        .filter(receiver -> receiver.unknownWays() > 0)
        .map(ReceiverEntry::name)
        .sorted()
        .toList();
  }

  private static final class Checking {

    private final AlertingFile file;
    private final boolean closely;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, ReceiverEntry> receivers = new LinkedHashMap<>();
    private final Map<String, NamedInterval> intervals = new HashMap<>();

    Checking(AlertingFile file, boolean closely) {
      this.file = file;
      this.closely = closely;
    }

    Routing routing() {
      for (ReceiverEntry receiver : file.receivers()) {
        if (receivers.put(receiver.name(), receiver) != null) {
          wrong(
              receiver.place(), "there are two receivers '" + receiver.name() + "'", "rename one");
        }
        if (closely) {
          Way.of(receiver)
              .forEach(way ->
                  WayCheck.check(
                      way, file.global(), (what, mend) -> wrong(receiver.place(), what, mend)));
        }
      }
      file.timeIntervals().forEach(this::interval);
      file.muteTimeIntervals().forEach(this::interval);
      RouteEntry outermost = file.route();
      if (!outermost.matchers().isEmpty()
          || !outermost.match().isEmpty()
          || !outermost.matchRe().isEmpty()) {
        wrong(
            outermost.place(), "the outermost route has matchers", "move them into a route in it");
      }
      if (outermost.receiver() == null) {
        wrong(outermost.place(), "the outermost route has no receiver", "add 'receiver': its name");
      }
      if (file.global().get("resolve_timeout") instanceof Json.Text(String written)) {
        Duration _ = span(file.place(), written, Duration.ZERO);
      }
      if (closely) {
        HttpConfig.check(
            file.global().get(HttpConfig.KEY),
            "'global'",
            (what, mend) -> wrong(file.place(), what, mend));
      }
      Route usual =
          new Route(
              "",
              "",
              List.of(),
              List.of(),
              Duration.ofSeconds(30),
              Duration.ofMinutes(5),
              Duration.ofHours(4),
              false,
              List.of(),
              List.of(),
              List.of(),
              List.of());
      Route root = route("0", outermost, usual);
      List<Inhibition> inhibitions = file.inhibitRules().stream().map(this::inhibition).toList();
      List<Silence> maintenance = new ArrayList<>();
      file.maintenance().forEach(each -> maintenance(each, maintenance));
      Map<String, Set<String>> dependencies = dependencies();
      if (!problems.isEmpty()) {
        throw new ProblemException(problems);
      }
      return new Routing(root, receivers, inhibitions, dependencies, maintenance, file);
    }

    private void interval(NamedIntervals named) {
      List<TimeInterval> all = new ArrayList<>();
      named
          .timeIntervals()
          .forEach(written -> {
            try {
              all.add(new TimeInterval(written));
            } catch (IllegalArgumentException wrong) {
              wrong(written.place(), String.valueOf(wrong.getMessage()), "correct the interval");
            }
          });
      intervals.put(named.name(), new NamedInterval(named.name(), all));
    }

    private Route route(String id, RouteEntry entry, Route around) {
      String receiver = entry.receiver() == null ? around.receiver() : entry.receiver();
      known(entry.place(), entry.receiver());
      List<String> groupBy = entry.groupBy();
      Route own =
          new Route(
              id,
              receiver,
              matchers(entry.place(), entry.matchers(), entry.match(), entry.matchRe()),
              // a list that is empty says as little as none, as in Alertmanager
              groupBy == null || groupBy.isEmpty() ? around.groupBy() : groupBy,
              span(entry.place(), entry.groupWait(), around.groupWait()),
              span(entry.place(), entry.groupInterval(), around.groupInterval()),
              span(entry.place(), entry.repeatInterval(), around.repeatInterval()),
              entry.goesOn(),
              intervals(entry.place(), entry.muteTimeIntervals()),
              intervals(entry.place(), entry.activeTimeIntervals()),
              escalation(entry, around),
              List.of());
      List<Route> inner = new ArrayList<>();
      for (RouteEntry each : entry.routes()) {
        inner.add(route(id + "." + inner.size(), each, own));
      }
      return new Route(
          own.id(),
          own.receiver(),
          own.matchers(),
          own.groupBy(),
          own.groupWait(),
          own.groupInterval(),
          own.repeatInterval(),
          own.goesOn(),
          own.muted(),
          own.active(),
          own.escalation(),
          inner);
    }

    private List<Route.Escalation> escalation(RouteEntry entry, Route around) {
      if (entry.escalation().isEmpty()) {
        return around.escalation();
      }
      return entry.escalation().stream()
          .map(step -> {
            known(step.place(), step.receiver());
            return new Route.Escalation(
                span(step.place(), step.after(), Duration.ZERO), step.receiver());
          })
          .sorted(java.util.Comparator.comparing(Route.Escalation::after))
          .toList();
    }

    private void known(Place place, @Nullable String receiver) {
      if (receiver != null && !receivers.containsKey(receiver)) {
        wrong(
            place,
            "there is no receiver '" + receiver + "'",
            Nearest.mend(receiver, receivers.keySet()));
      }
    }

    private List<NamedInterval> intervals(Place place, List<String> names) {
      List<NamedInterval> all = new ArrayList<>();
      for (String name : names) {
        NamedInterval found = intervals.get(name);
        if (found == null) {
          wrong(
              place,
              "there is no time interval '" + name + "'",
              Nearest.mend(name, intervals.keySet()));
        } else {
          all.add(found);
        }
      }
      return all;
    }

    private Duration span(Place place, @Nullable String text, Duration usual) {
      if (text == null) {
        return usual;
      }
      try {
        return Spans.parse(text);
      } catch (IllegalArgumentException wrong) {
        wrong(place, String.valueOf(wrong.getMessage()), "write it like 30s, 5m or 4h");
        return usual;
      }
    }

    private List<LabelMatcher> matchers(
        Place place, List<String> written, Map<String, String> same, Map<String, String> like) {
      List<LabelMatcher> all = new ArrayList<>();
      try {
        for (String text : written) {
          all.addAll(LabelMatcher.parse(text));
        }
        same.forEach(
            (name, value) -> all.add(new LabelMatcher(name, LabelMatcher.Operator.EQUAL, value)));
        like.forEach(
            (name, value) -> all.add(new LabelMatcher(name, LabelMatcher.Operator.LIKE, value)));
      } catch (IllegalArgumentException wrong) {
        wrong(place, String.valueOf(wrong.getMessage()), "write it like team=~\"shop|cart\"");
      }
      return all;
    }

    private Inhibition inhibition(InhibitEntry entry) {
      return new Inhibition(
          matchers(
              entry.place(), entry.sourceMatchers(), entry.sourceMatch(), entry.sourceMatchRe()),
          matchers(
              entry.place(), entry.targetMatchers(), entry.targetMatch(), entry.targetMatchRe()),
          entry.equal());
    }

    private void maintenance(MaintenanceEntry entry, List<Silence> to) {
      try {
        to.add(
            new Silence(
                "maintenance-" + to.size(),
                matchers(entry.place(), entry.matchers(), Map.of(), Map.of()),
                OffsetDateTime.parse(entry.starts()).toInstant(),
                OffsetDateTime.parse(entry.ends()).toInstant(),
                "the routing file",
                entry.comment().isBlank() ? "maintenance" : entry.comment(),
                OffsetDateTime.parse(entry.starts()).toInstant()));
      } catch (DateTimeException wrong) {
        wrong(
            entry.place(),
            "a maintenance is from '" + entry.starts() + "' to '" + entry.ends() + "'",
            "write times such as 2026-03-01T22:00:00+01:00");
      } catch (ProblemException wrong) {
        wrong(
            entry.place(), wrong.problems().getFirst().what(), wrong.problems().getFirst().mend());
      }
    }

    /** With all that the services depend on in the end. */
    private Map<String, Set<String>> dependencies() {
      Map<String, Set<String>> all = new HashMap<>();
      for (String service : file.dependencies().keySet()) {
        Set<String> reached = new HashSet<>();
        reach(service, reached);
        if (reached.contains(service)) {
          wrong(
              file.place(),
              "service '" + service + "' depends on itself in the end",
              "take one dependency out of the ring");
        }
        all.put(service, Set.copyOf(reached));
      }
      return all;
    }

    private void reach(String service, Set<String> reached) {
      for (String each : file.dependencies().getOrDefault(service, List.of())) {
        if (reached.add(each)) {
          reach(each, reached);
        }
      }
    }

    private void wrong(Place place, String what, String mend) {
      problems.add(AlertProblems.WRONG_ROUTING.at(place, what, mend));
    }
  }
}
