package dev.assay.core.report.stacks;

import dev.assay.api.value.Unit;
import dev.assay.stats.Interval;
import dev.assay.stats.Proportions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a method's share changed. That of what it called is in it, as a compiler may have moved its
 * work there and back.
 *
 * @param method its name
 * @param before the share of all that went through it, 0 to 1
 * @param now the same now
 * @param itself by how much the share of what ended in it changed
 * @param chance whether so small a change is to be expected of two samples of the same program;
 *     never for what is not counted in samples
 */
public record Change(String method, double before, double now, double itself, boolean chance) {

  /** Changes below this are not worth a row. */
  private static final double LEAST = 0.002;

  /** A method that was seen this seldom was met by chance, as one of very many. */
  private static final long LEAST_SAMPLES = 8;

  /** Positive where it grew. */
  public double difference() {
    return now - before;
  }

  /** The methods that changed the most, the first the most. */
  public static List<Change> between(Stacks before, Stacks now, Unit unit, int most) {
    Set<String> names = new HashSet<>(before.methods());
    names.addAll(now.methods());
    List<Change> changes = new ArrayList<>();
    for (String name : names) {
      Change change = of(name, before, now, unit);
      if (Math.abs(change.difference()) >= LEAST) {
        changes.add(change);
      }
    }
    changes.sort(
        Comparator.comparing(Change::chance)
            .thenComparing(
                Comparator.comparingDouble((Change change) -> Math.abs(change.difference()))
                    .reversed())
            .thenComparing(Change::method));
    return List.copyOf(changes.subList(0, Math.min(most, changes.size())));
  }

  private static Change of(String name, Stacks before, Stacks now, Unit unit) {
    long earlier = before.method(name).total();
    long later = now.method(name).total();
    boolean chance = false;
    if (unit == Unit.NONE) {
      Interval interval = Proportions.difference(earlier, before.total(), later, now.total());
      chance =
          Math.max(earlier, later) < LEAST_SAMPLES || !(interval.low() > 0 || interval.high() < 0);
    }
    double itself = share(now.method(name).self(), now) - share(before.method(name).self(), before);
    return new Change(name, share(earlier, before), share(later, now), itself, chance);
  }

  private static double share(long part, Stacks of) {
    return of.total() == 0 ? 0 : (double) part / of.total();
  }
}
