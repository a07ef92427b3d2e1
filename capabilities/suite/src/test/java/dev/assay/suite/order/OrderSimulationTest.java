package dev.assay.suite.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.suite.order.Execution.Result;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What orders are worth on simulated histories with fixed seeds. */
class OrderSimulationTest {

  private static final int SEEDS = 3;

  private enum Shape {
    PAINT_CONTROL(SimulatedProject.PAINT_CONTROL, 200, 0.85),
    ROLLING(SimulatedProject.ROLLING, 200, 0.80),
    GOOGLE(SimulatedProject.GOOGLE, 40, 0.90),
    JAVA(SimulatedProject.JAVA, 250, 0.88),
    QUIET(SimulatedProject.QUIET, 250, 0.80);

    private final SimulatedProject project;
    private final int cycles;
    private final double least;

    Shape(SimulatedProject project, int cycles, double least) {
      this.project = project;
      this.cycles = cycles;
      this.least = least;
    }
  }

  @ParameterizedTest
  @EnumSource
  void failuresAreSeenAsEarlyAsByTheBestSimpleOrder(Shape shape) {
    double simple = 0;
    double used = 0;
    double failing = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      FailureOrder order = new FailureOrder();
      for (List<Execution> cycle : shape.project.cycles(shape.cycles, seed)) {
        Set<String> failed = failed(cycle);
        if (!failed.isEmpty()) {
          failing++;
          simple += apfdc(order.order(candidates(cycle), Ranking.RECENT_FAILURE), cycle, failed);
          used += apfdc(order.order(candidates(cycle)), cycle, failed);
        }
        order.learn(cycle);
      }
    }

    System.Logger log = System.getLogger(getClass().getName());
    log.log(
        System.Logger.Level.INFO,
        "{0}: APFDc {1} in {2} failing cycles, recently failed first {3}",
        shape,
        used / failing,
        failing,
        simple / failing);
    assertThat(used / failing).isGreaterThan(shape.least);
    assertThat(used).as("against recently failed first").isGreaterThanOrEqualTo(simple * 0.998);
  }

  @ParameterizedTest
  @EnumSource(names = {"PAINT_CONTROL", "ROLLING"})
  void theProbabilityOfAMissedFailureIsAboutHowOftenOneIsMissed(Shape shape) {
    double missed = 0;
    double said = 0;
    int cycles = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      FailureOrder order = new FailureOrder();
      int number = 0;
      for (List<Execution> cycle : shape.project.cycles(shape.cycles, seed)) {
        Set<String> failed = failed(cycle);
        Ordering ordering = order.order(candidates(cycle));
        double third = ordering.tests().stream().mapToDouble(Ranked::seconds).sum() / 3;
        Budgeted budgeted = ordering.within(third);
        if (number++ > 30) {
          cycles++;
          said += budgeted.probabilityMissed();
          missed += budgeted.left().stream().anyMatch(test -> failed.contains(test.test())) ? 1 : 0;
        }
        order.learn(cycle);
      }
    }

    assertThat(said / cycles).isCloseTo(missed / cycles, within(0.08));
  }

  private static List<Candidate> candidates(List<Execution> cycle) {
    return cycle.stream().map(execution -> Candidate.of(execution.test())).toList();
  }

  private static Set<String> failed(List<Execution> cycle) {
    Set<String> failed = new HashSet<>();
    for (Execution execution : cycle) {
      if (execution.result() == Result.FAIL) {
        failed.add(execution.test());
      }
    }
    return failed;
  }

  private static double apfdc(Ordering ordering, List<Execution> cycle, Set<String> failed) {
    Map<String, Double> took = new HashMap<>();
    cycle.forEach(execution -> took.put(execution.test(), execution.seconds().orElseThrow()));
    double[] seconds = ordering.names().stream().mapToDouble(took::get).toArray();
    return Effectiveness.apfdc(ordering.names(), seconds, failed);
  }
}
