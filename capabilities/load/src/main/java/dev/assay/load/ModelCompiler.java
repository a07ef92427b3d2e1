package dev.assay.load;

import dev.assay.api.spi.CheckContext;
import dev.assay.api.value.Rate;
import dev.assay.load.engine.Arrivals;
import dev.assay.load.engine.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Compiles the model of a check: its phases, one after the other or side by side. */
final class ModelCompiler {

  private final CheckContext context;
  private final LoadConfiguration configuration;

  ModelCompiler(CheckContext context, LoadConfiguration configuration) {
    this.context = context;
    this.configuration = configuration;
  }

  /**
   * The phases.
   *
   * @param scenarios the names of the scenarios, by their numbers
   */
  List<Phase> compile(List<String> scenarios) {
    List<Phase> phases = new ArrayList<>();
    long begin = 0;
    long end = 0;
    long sequence = 0;
    for (LoadPhase written : configuration.model()) {
      if (!written.alongside()) {
        begin = end;
      }
      String own = written.name();
      String name = own == null ? "phase " + (phases.size() + 1) : own;
      String scenario = written.scenario();
      int number = scenario == null ? 0 : scenarios.indexOf(scenario);
      Phase phase = phase(written, name, number, begin, sequence, phases.size());
      phases.add(phase);
      end = Math.max(end, phase.end());
      sequence += phase instanceof Phase.Open open ? open.arrivals().count() : 0;
    }
    return phases;
  }

  private Phase phase(
      LoadPhase written, String name, int scenario, long begin, long sequence, int number) {
    Integer users = written.users();
    boolean measured = !written.warmUp();
    if (users == null) {
      return new Phase.Open(name, scenario, begin, measured, sequence, arrivals(written, number));
    }
    Integer to = written.usersTo();
    Long passes = written.passes();
    PauseRange think = PauseRange.parse(written.thinkTime());
    return new Phase.Closed(
        name,
        scenario,
        begin,
        measured,
        sequence,
        length(written).toNanos(),
        users,
        to == null ? users : to,
        think.low().toNanos(),
        think.high().toNanos(),
        passes == null ? Long.MAX_VALUE : passes);
  }

  private static Duration length(LoadPhase written) {
    Duration length = written.duration();
    return length == null ? LoadCheckType.LONGEST_RUN : length;
  }

  private Arrivals arrivals(LoadPhase written, int number) {
    String trace = written.trace();
    if (trace != null) {
      return new TraceFile(context.folder().resolve(trace), trace, written.place())
          .read(written.duration());
    }
    List<Arrivals.Piece> course = course(written);
    return written.arrivals() == LoadPhase.Spread.POISSON
        ? Arrivals.poisson(course, context.seed() + number)
        : Arrivals.even(course);
  }

  /** The rates of an open phase. */
  static List<Arrivals.Piece> course(LoadPhase written) {
    Rate rate = written.rate();
    if (rate == null) {
      throw new IllegalStateException("an open phase has a rate");
    }
    double from = rate.perSecond();
    long nanos = length(written).toNanos();
    LoadPhase.Spike spike = written.spike();
    Rate to = written.to();
    if (spike != null) {
      return spike(from, spike, nanos);
    }
    if (to == null) {
      return List.of(new Arrivals.Piece(from, from, nanos));
    }
    Integer steps = written.inSteps();
    return steps == null
        ? List.of(new Arrivals.Piece(from, to.perSecond(), nanos))
        : staircase(from, to.perSecond(), steps, nanos);
  }

  private static List<Arrivals.Piece> spike(double base, LoadPhase.Spike spike, long nanos) {
    long after = Math.min(nanos, spike.after().toNanos());
    long lasting = Math.min(nanos - after, spike.lasting().toNanos());
    List<Arrivals.Piece> course = new ArrayList<>();
    add(course, base, after);
    add(course, spike.to().perSecond(), lasting);
    add(course, base, nanos - after - lasting);
    return course;
  }

  private static List<Arrivals.Piece> staircase(double from, double to, int steps, long nanos) {
    List<Arrivals.Piece> course = new ArrayList<>();
    long before = 0;
    for (int i = 0; i < steps; i++) {
      long until = nanos * (i + 1) / steps;
      add(course, steps == 1 ? to : from + (to - from) * i / (steps - 1), until - before);
      before = until;
    }
    return course;
  }

  private static void add(List<Arrivals.Piece> course, double rate, long nanos) {
    if (nanos > 0) {
      course.add(new Arrivals.Piece(rate, rate, nanos));
    }
  }

  /** The highest rate at which users come; infinite where nothing bounds it. */
  static double peak(LoadConfiguration configuration) {
    LoadConfiguration.Capacity capacity = configuration.capacity();
    double peak = capacity == null ? 0 : capacity.to().perSecond();
    for (LoadPhase phase : configuration.model()) {
      peak = Math.max(peak, peak(phase));
    }
    return peak;
  }

  private static double peak(LoadPhase phase) {
    Integer users = phase.users();
    if (users != null) {
      Integer to = phase.usersTo();
      double most = Math.max(users, to == null ? users : to);
      return most / (PauseRange.parse(phase.thinkTime()).low().toNanos() / 1e9);
    }
    if (phase.rate() == null) {
      return Double.POSITIVE_INFINITY;
    }
    return course(phase).stream()
        .mapToDouble(piece -> Math.max(piece.from(), piece.to()))
        .max()
        .orElse(0);
  }
}
