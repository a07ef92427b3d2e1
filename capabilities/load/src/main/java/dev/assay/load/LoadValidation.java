package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Rate;
import dev.assay.api.value.Share;
import dev.assay.api.value.Unit;
import dev.assay.load.capacity.Criterion;
import dev.assay.load.engine.Protocol;
import io.netty.util.NetUtil;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with a load check beyond the types of its keys; steps apart. */
final class LoadValidation {

  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
  private static final int MOST_CONNECTIONS = 1_000_000;
  private static final int MOST_WAITING = 10_000_000;
  private static final int MOST_STREAMS = 10_000;
  private static final int MOST_REDIRECTS = 20;
  private static final int MOST_STEPS = 10_000;
  private static final int MOST_PROBES = 200;
  private static final long LEAST_PROBE = 1000;
  private static final double MOST_ARRIVALS = 1e10;

  private final LoadConfiguration of;
  private final Consumer<Problem> problems;

  LoadValidation(LoadConfiguration of, Consumer<Problem> problems) {
    this.of = of;
    this.problems = problems;
  }

  /** Reports every problem. */
  void validate() {
    numbers();
    boolean known =
        Arrays.stream(Protocol.values()).anyMatch(one -> one.written().equals(of.protocol()));
    if (!known) {
      problems.accept(
          LoadProblems.PROTOCOL.at(
              of.place(),
              "'" + of.protocol() + "' is no protocol of this check",
              "write http/1.1 or h2"));
    }
    model();
    Map<String, List<LoadStep>> flows = PlanCompiler.flows(of);
    if (flows.values().stream().allMatch(List::isEmpty)) {
      problems.accept(
          LoadProblems.NO_FLOW.at(
              of.place(), "the flow has no step", "add one, such as 'flow: [ { get: / } ]'"));
    }
    StepValidation steps = new StepValidation(problems);
    flows.forEach((name, flow) -> steps.flow(flow, of.place()));
    of.feeders().forEach(this::feeder);
    auth();
    tls();
    through();
  }

  private void through() {
    LoadThrough through = of.through();
    if (through == null) {
      return;
    }
    number("users per link", through.usersPerLink(), 1, MOST_CONNECTIONS, through.place());
    if ((through.condition() == null) == through.mix().isEmpty()) {
      problems.accept(
          LoadProblems.NETWORK.at(
              through.place(),
              "users are on one network or on a mix of several",
              "write 'through: 4g', or 'through: { mix: { 4g: 70 %, wifi: 30 % } }'"));
    }
    double sum = through.mix().values().stream().mapToDouble(Share::ratio).sum();
    if (!through.mix().isEmpty() && Math.abs(sum - 1) > 1e-6) {
      problems.accept(
          LoadProblems.NETWORK.at(
              through.place(),
              "the shares of the mix make " + Unit.RATIO.format(sum) + " together",
              "let them make 100 %"));
    }
  }

  private void numbers() {
    length("warm up", of.warmUp(), true, LoadCheckType.LONGEST_RUN, of.place());
    length("timeout", of.timeout(), false, LONGEST_TIMEOUT, of.place());
    number("connections", of.connections(), 1, MOST_CONNECTIONS, of.place());
    number("max waiting", of.maxWaiting(), 0, MOST_WAITING, of.place());
    number("max users", of.maxUsers(), 1, MOST_CONNECTIONS, of.place());
    number("streams", of.streams(), 1, MOST_STREAMS, of.place());
    number("follow redirects", of.followRedirects(), 0, MOST_REDIRECTS, of.place());
  }

  private void model() {
    int models =
        (of.shortForm() ? 1 : 0)
            + (of.phases().isEmpty() ? 0 : 1)
            + (of.capacity() == null ? 0 : 1);
    if (models != 1) {
      problems.accept(
          LoadProblems.MODEL.at(
              of.place(),
              models == 0
                  ? "there is no rate, trace, users, phases or capacity"
                  : "rate, trace or users, phases, and capacity exclude each other",
              "write one of them, such as 'rate: 100/s' with 'for: 30s'"));
    }
    LoadConfiguration.Capacity capacity = of.capacity();
    if (capacity != null) {
      capacity(capacity);
    }
    List<LoadPhase> model = of.model();
    model.forEach(this::phase);
    if (!model.isEmpty() && model.stream().allMatch(LoadPhase::warmUp)) {
      problems.accept(
          LoadProblems.MODEL.at(
              of.place(), "every phase is a warm-up", "add a phase that is measured"));
    }
    for (int i = 0; i + 1 < model.size(); i++) {
      if (model.get(i).users() != null && model.get(i).duration() == null) {
        problems.accept(
            LoadProblems.MODEL.at(
                model.get(i).place(),
                "a phase that ends with its 'passes' has phases behind it",
                "give it 'for', or put it last"));
      }
    }
  }

  private void planning(LoadConfiguration.Capacity capacity) {
    Rate planned = capacity.planFor();
    Double cost = capacity.hourlyCost();
    boolean rate = planned == null || planned.perSecond() > 0;
    boolean price = cost == null || planned != null && cost >= 0;
    if (!rate || !price) {
      problems.accept(
          LoadProblems.RANGE.at(
              of.place(),
              "'plan for' must be a rate above 0, and 'hourly cost' 0 or more and beside it",
              "write 'plan for: 2000/s' and, if you like, 'hourly cost: 0.34'"));
    }
  }

  private void capacity(LoadConfiguration.Capacity capacity) {
    boolean climbs = capacity.to().perSecond() > capacity.from().perSecond();
    if (!climbs || capacity.from().perSecond() <= 0 || capacity.meets().isEmpty()) {
      problems.accept(
          LoadProblems.MODEL.at(
              of.place(),
              "'capacity' needs 'to' above 'from' above 0, and something in 'meets'",
              "write 'capacity: { from: 100/s, to: 5000/s, meets: { latency.p99: < 50 ms } }'"));
    }
    length("each", capacity.each(), false, Duration.ofHours(1), of.place());
    if (capacity.each().isPositive() && capacity.each().toMillis() < LEAST_PROBE) {
      problems.accept(
          LoadProblems.RANGE.at(
              of.place(), "'each' is " + capacity.each().toMillis() + " ms", "make it 1s or more"));
    }
    length("at most", capacity.atMost(), false, LoadCheckType.LONGEST_RUN, of.place());
    number("probes", capacity.probes(), 1, MOST_PROBES, of.place());
    planning(capacity);
    double within = capacity.within().ratio();
    if (within < 0.001 || within > 0.5) {
      problems.accept(
          LoadProblems.RANGE.at(
              of.place(), "'within' is " + capacity.within(), "make it 0.1 % to 50 %"));
    }
    if (of.flow().isEmpty() && !of.scenarios().isEmpty()) {
      problems.accept(
          LoadProblems.SCENARIO.at(
              of.place(), "'capacity' carries out 'flow', and there is none", "write 'flow'"));
    }
    capacity.meets().forEach((key, comparison) -> meets(capacity, key, comparison));
  }

  private void meets(LoadConfiguration.Capacity capacity, String key, Comparison comparison) {
    try {
      Criterion criterion = Criterion.parse(key, comparison);
      double requests = capacity.from().perSecond() * capacity.each().toNanos() / 1e9;
      if (requests < criterion.leastSamples()) {
        problems.accept(
            LoadProblems.RANGE.at(
                of.place(),
                capacity.from()
                    + " for "
                    + capacity.each().toNanos() / 1e9
                    + " s gives "
                    + (long) requests
                    + " arrivals, and "
                    + key
                    + " needs "
                    + criterion.leastSamples()
                    + " to say anything",
                "raise 'from' or 'each', or hold a less extreme percentile"));
      }
    } catch (IllegalArgumentException wrong) {
      problems.accept(
          LoadProblems.RANGE.at(
              of.place(),
              String.valueOf(wrong.getMessage()),
              "write 'meets: { latency.p99: < 50 ms, errors: < 1 % }'"));
    }
  }

  private void phase(LoadPhase phase) {
    int models =
        (phase.rate() == null ? 0 : 1)
            + (phase.trace() == null ? 0 : 1)
            + (phase.users() == null ? 0 : 1);
    if (models != 1) {
      problems.accept(
          LoadProblems.MODEL.at(
              phase.place(),
              "a phase has exactly one of rate, trace and users, and this one has " + models,
              "keep one of them"));
      return;
    }
    String wrong = misplaced(phase);
    if (wrong != null) {
      problems.accept(
          LoadProblems.MODEL.at(phase.place(), wrong, "remove it, or add what it belongs to"));
      return;
    }
    Duration length = phase.duration();
    if (length != null) {
      length("for", length, false, LoadCheckType.LONGEST_RUN, phase.place());
    }
    think(phase);
    if (phase.users() != null) {
      closed(phase);
    } else if (phase.rate() != null) {
      open(phase, phase.rate(), length);
    }
    scenario(phase);
  }

  private static @Nullable String misplaced(LoadPhase phase) {
    boolean open = phase.rate() != null;
    boolean closed = phase.users() != null;
    if (!open && (phase.to() != null || phase.spike() != null || phase.inSteps() != null)) {
      return "'to', 'in steps' and 'spike' belong to a rate";
    }
    if (!open && phase.arrivals() == LoadPhase.Spread.POISSON) {
      return "'arrivals' belongs to a rate";
    }
    if (!closed && (phase.usersTo() != null || phase.passes() != null)) {
      return "'users to' and 'passes' belong to users";
    }
    if (phase.to() != null && phase.spike() != null) {
      return "'to' and 'spike' exclude each other";
    }
    return phase.inSteps() != null && phase.to() == null ? "'in steps' belongs to 'to'" : null;
  }

  private void open(LoadPhase phase, Rate rate, @Nullable Duration length) {
    if (length == null) {
      problems.accept(
          LoadProblems.MODEL.at(
              phase.place(), "'rate' is written without 'for'", "add 'for: 30s'"));
      return;
    }
    Integer steps = phase.inSteps();
    if (steps != null) {
      number("in steps", steps, 1, MOST_STEPS, phase.place());
      if (steps < 1 || steps > MOST_STEPS) {
        return;
      }
    }
    LoadPhase.Spike spike = phase.spike();
    if (spike != null) {
      length("after", spike.after(), true, length, phase.place());
      length("lasting", spike.lasting(), false, length, phase.place());
      if (spike.after().isNegative() || spike.lasting().isNegative()) {
        return;
      }
    }
    double arrivals = 0;
    for (var piece : ModelCompiler.course(phase)) {
      arrivals += (piece.from() + piece.to()) / 2 * piece.nanos() / 1e9;
    }
    if (arrivals < 0.5 || arrivals > MOST_ARRIVALS) {
      problems.accept(
          LoadProblems.RANGE.at(
              phase.place(),
              rate + " for " + length + " gives " + arrivals + " arrivals",
              "choose rate and 'for' so that there are 1 to 10 billion arrivals"));
    }
  }

  private void closed(LoadPhase phase) {
    Integer users = phase.users();
    number(
        "users",
        users == null ? 0 : users,
        phase.usersTo() == null ? 1 : 0,
        MOST_CONNECTIONS,
        phase.place());
    Integer to = phase.usersTo();
    if (to != null) {
      number("users to", to, 0, MOST_CONNECTIONS, phase.place());
    }
    Long passes = phase.passes();
    if (passes != null && passes < 1) {
      problems.accept(
          LoadProblems.RANGE.at(phase.place(), "'passes' is " + passes, "make it 1 or more"));
    }
    if (passes == null && phase.duration() == null) {
      problems.accept(
          LoadProblems.MODEL.at(
              phase.place(), "'users' is written without 'for' or 'passes'", "add 'for: 30s'"));
    }
  }

  private void think(LoadPhase phase) {
    try {
      PauseRange range = PauseRange.parse(phase.thinkTime());
      if (!range.none() && phase.users() == null) {
        problems.accept(
            LoadProblems.MODEL.at(
                phase.place(),
                "'think time' belongs to users",
                "write '- pause: 1s' in the flow, or bring users"));
      }
    } catch (IllegalArgumentException wrong) {
      problems.accept(
          LoadProblems.RANGE.at(
              phase.place(), String.valueOf(wrong.getMessage()), "write 1s or 1s..3s"));
    }
  }

  private void scenario(LoadPhase phase) {
    String named = phase.scenario();
    if (named == null && of.flow().isEmpty() && of.scenarios().isEmpty()) {
      return; // said of the check already
    }
    if (named == null ? of.flow().isEmpty() : !of.scenarios().containsKey(named)) {
      problems.accept(
          LoadProblems.SCENARIO.at(
              phase.place(),
              named == null
                  ? "the phase names no scenario, and the check has no 'flow'"
                  : "there is no scenario '" + named + "'",
              of.scenarios().isEmpty()
                  ? "add 'scenarios: { " + (named == null ? "browse" : named) + ": [ ... ] }'"
                  : "name one of " + String.join(", ", of.scenarios().keySet())));
    }
  }

  private void feeder(String name, LoadFeeder feeder) {
    int sources =
        (feeder.csv() == null ? 0 : 1)
            + (feeder.jsonLines() == null ? 0 : 1)
            + (feeder.generate().isEmpty() ? 0 : 1);
    if (sources != 1) {
      problems.accept(
          LoadProblems.FEEDER.at(
              feeder.place(),
              "the feeder '" + name + "' has " + sources + " sources",
              "give it one of csv, json lines, generate"));
    }
  }

  private void auth() {
    LoadConfiguration.Auth auth = of.auth();
    if (auth != null && (auth.basic() == null) == (auth.bearer() == null)) {
      problems.accept(
          LoadProblems.AUTH.at(
              of.place(), "'auth' needs exactly one of basic and bearer", "keep one of them"));
    }
  }

  private void tls() {
    LoadConfiguration.Tls tls = of.tls();
    if (tls != null && (tls.certificate() == null) != (tls.key() == null)) {
      problems.accept(
          LoadProblems.TLS.at(
              of.place(), "'certificate' and 'key' belong together", "give both or none"));
    }
    if (tls != null && tls.insecure() && tls.trust() != null) {
      problems.accept(
          LoadProblems.TLS.at(
              of.place(), "'insecure' trusts everyone, and 'trust' does not", "keep one of them"));
    }
    String name = tls == null ? null : tls.serverName();
    if (name != null && !nameable(name)) {
      problems.accept(
          LoadProblems.TLS.at(
              of.place(),
              "the server name '" + name + "' is no name of a host",
              "write a name such as shop.test, without scheme and port"));
    }
  }

  private static boolean nameable(String name) {
    if (NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name)) {
      return true;
    }
    try {
      return !new SNIHostName(name).getAsciiName().isEmpty();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private void length(String key, Duration value, boolean mayBeZero, Duration most, Place place) {
    boolean low = value.isNegative() || value.isZero() && !mayBeZero;
    if (low || value.compareTo(most) > 0) {
      problems.accept(
          LoadProblems.RANGE.at(
              place,
              "'" + key + "' is " + value.toNanos() / 1e9 + " s",
              "make it " + (mayBeZero ? "0s" : "more than 0s") + " to " + most.toSeconds() + "s"));
    }
  }

  private void number(String key, int value, int least, int most, Place place) {
    if (value < least || value > most) {
      problems.accept(
          LoadProblems.RANGE.at(
              place, "'" + key + "' is " + value, "make it " + least + " to " + most));
    }
  }
}
