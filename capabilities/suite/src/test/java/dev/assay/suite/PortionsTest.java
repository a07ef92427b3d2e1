package dev.assay.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PortionsTest {

  private static Map<String, Double> seconds(List<Double> times) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    times.forEach(time -> seconds.put("unit" + seconds.size(), time));
    return seconds;
  }

  @Property(tries = 200)
  void eachUnitIsGivenOnce(
      @ForAll @Size(max = 60) List<@DoubleRange(min = 0, max = 100) Double> times,
      @ForAll @IntRange(min = 1, max = 8) int workers,
      @ForAll boolean ordered,
      @ForAll boolean small) {
    Map<String, Double> seconds = seconds(times);
    Portions portions =
        ordered ? Portions.ordered(seconds, workers, small) : Portions.balanced(seconds, workers);
    List<String> given = new ArrayList<>();
    int idle = 0;
    for (int turn = 0; idle < workers; turn++) {
      List<String> portion = portions.next(turn % workers);
      idle = portion.isEmpty() ? idle + 1 : 0;
      given.addAll(portion);
    }
    assertThat(given).containsExactlyInAnyOrderElementsOf(seconds.keySet());
  }

  @Property(tries = 50)
  void oneWorkerKeepsTheOrder(
      @ForAll @Size(max = 60) List<@DoubleRange(min = 0, max = 100) Double> times,
      @ForAll boolean small) {
    Map<String, Double> seconds = seconds(times);
    Portions portions = Portions.ordered(seconds, 1, small);
    List<String> given = new ArrayList<>();
    List<String> portion = portions.next(0);
    while (!portion.isEmpty()) {
      given.addAll(portion);
      portion = portions.next(0);
    }
    assertThat(given).containsExactlyElementsOf(seconds.keySet());
  }

  @Property(tries = 50)
  void noWorkerBeginsWithNothingWhereThereIsEnough(
      @ForAll @IntRange(min = 1, max = 8) int workers, @ForAll boolean ordered) {
    Map<String, Double> seconds = seconds(List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0));
    Portions portions =
        ordered ? Portions.ordered(seconds, workers, true) : Portions.balanced(seconds, workers);
    for (int worker = 0; worker < workers; worker++) {
      assertThat(portions.next(worker)).isNotEmpty();
    }
  }
}
