package dev.assay.load.capacity;

import dev.assay.stats.Interval;
import dev.assay.stats.ThresholdPosterior;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Searches the highest rate that a target still meets its expectations at. A pure state machine: it
 * says which rate to probe next, is told what came out, and at last has an answer. Not thread-safe.
 *
 * <p>The rate doubles from {@code from} until a probe does not meet. Then each probe is asked at a
 * quantile of the posterior of the border ({@link ThresholdPosterior}): a bisection on logarithms
 * that repeats itself near the border, where outcomes are noisy, and gets over a false outcome far
 * from it. It ends when the central 95 % of the posterior are narrower than {@code within}, or the
 * allowance of probes or time is used up.
 *
 * <p>A probe that the generator was late for says nothing of the target. It is repeated once (three
 * times at the lowest rate); late again, its rate becomes a ceiling until a target that does not
 * meet is found below it.
 */
public final class CapacitySearch {

  private static final double SURE = 0.975;
  private static final double GROWTH = 2;

  /** How many cells of the posterior are as wide as the answer has to be narrow. */
  private static final double GRID = 15;

  /** How often the generator may be late at a rate before that is its limit. */
  private static final int MOST_LATE = 2;

  /** There is nothing below the lowest rate, so a busy moment must not end the search there. */
  private static final int MOST_LATE_AT_FROM = 4;

  /** Asking beside the median too shows how steep the border is. */
  private static final double[] QUANTILES = {0.5, 0.1, 0.9};

  private final Limits limits;
  private final ThresholdPosterior posterior;
  private final Map<Double, Integer> late = new HashMap<>();
  private double ceiling = Double.POSITIVE_INFINITY;
  private double highestMet;
  private boolean bracketed;
  private int probes;
  private int asked;
  private long spent;

  /**
   * Where and how long to search.
   *
   * @param from the lowest rate, per second, above 0
   * @param to the highest rate, above {@code from}
   * @param within how narrow the answer has to be: 0.05 is a high end 5 % above the low one
   * @param probes the most probes, at least 1
   * @param time the most time that they may take together
   */
  public record Limits(double from, double to, double within, int probes, Duration time) {
    /** Checks the ranges. */
    public Limits {
      if (!(from > 0 && to > from && within > 0 && within < 1) || probes < 1) {
        throw new IllegalArgumentException("nothing to search from " + from + " to " + to);
      }
    }
  }

  /** What to do next. */
  public sealed interface Step {}

  /**
   * Probe.
   *
   * @param rate arrivals per second
   */
  public record Probe(double rate) implements Step {}

  /** The search is over. */
  public sealed interface Answer extends Step {}

  /**
   * The border was found.
   *
   * @param rate the highest rate that still meets, with its 95 % interval; its low end is 0 where
   *     it may lie below the lowest rate, its high end infinite where it may lie above the highest
   * @param narrow whether the interval is as narrow as was asked; else the allowance was used up
   */
  public record Found(Interval rate, boolean narrow) implements Answer {}

  /**
   * Not even the lowest rate was met.
   *
   * @param rate that rate
   */
  public record NeverMet(double rate) implements Answer {}

  /**
   * The highest rate was still met: the capacity is at least that.
   *
   * @param rate that rate
   */
  public record StillMet(double rate) implements Answer {}

  /**
   * The generator, not the target, was the limit.
   *
   * @param met the highest rate that was met; 0 for none
   * @param ceiling the lowest rate that the generator was late for, again and again
   */
  public record GeneratorLimit(double met, double ceiling) implements Answer {}

  /** A search that knows nothing yet. */
  public CapacitySearch(Limits limits) {
    this.limits = limits;
    this.posterior = new ThresholdPosterior(limits.from(), limits.to(), limits.within() / GRID);
  }

  /** The next rate to probe, or the answer. The same until a probe's outcome is told. */
  public Step next() {
    if (posterior.below(limits.from()) >= SURE) {
      return new NeverMet(limits.from());
    }
    if (posterior.below(limits.to()) <= 1 - SURE) {
      return new StillMet(limits.to());
    }
    Interval interval = posterior.interval();
    boolean inside = limits.from() <= interval.low() && interval.high() <= limits.to();
    if (inside && interval.high() <= interval.low() * (1 + limits.within())) {
      return new Found(interval, true);
    }
    if (cornered()) {
      return new GeneratorLimit(highestMet, ceiling);
    }
    if (probes >= limits.probes() || spent >= limits.time().toNanos()) {
      return usedUp(interval);
    }
    return new Probe(rate());
  }

  /**
   * Tells the outcome of a probe.
   *
   * @param meets 1 if it clearly met, 0 if it clearly did not, between them how much speaks for it
   * @param took how long it took, with what belongs to it
   */
  public void probed(double rate, double meets, Duration took) {
    posterior.add(rate, meets);
    if (meets >= 0.5) {
      highestMet = Math.max(highestMet, rate);
    } else {
      bracketed = true;
    }
    asked++;
    count(took);
  }

  /** Tells that the generator was late, so that a probe says nothing of the target. */
  public void generatorLate(double rate, Duration took) {
    int most = rate <= limits.from() ? MOST_LATE_AT_FROM : MOST_LATE;
    if (late.merge(rate, 1, Integer::sum) >= most) {
      ceiling = Math.min(ceiling, rate);
    }
    if (bracketed) {
      asked++;
    }
    count(took);
  }

  private void count(Duration took) {
    probes++;
    spent += took.toNanos();
  }

  /** How many probes there were. */
  public int probes() {
    return probes;
  }

  /** What is known of the border so far, with its 95 % interval. */
  public Interval border() {
    return posterior.interval();
  }

  /** Whether there is no room left between what was met and where the generator gives up. */
  private boolean cornered() {
    double floor = highestMet > 0 ? highestMet : limits.from();
    return !bracketed
        && ceiling <= floor * (highestMet > 0 ? 1 + limits.within() : 1)
        && posterior.quantile(0.5) > floor;
  }

  private Answer usedUp(Interval interval) {
    if (!bracketed && ceiling < interval.high()) {
      return new GeneratorLimit(highestMet, ceiling);
    }
    double low = interval.low() < limits.from() ? 0 : interval.low();
    double high = interval.high() > limits.to() ? Double.POSITIVE_INFINITY : interval.high();
    return new Found(new Interval(low, interval.estimate(), high), false);
  }

  private double rate() {
    double wanted =
        bracketed ? posterior.quantile(QUANTILES[asked % QUANTILES.length]) : highestMet * GROWTH;
    double most = highestMet > 0 ? highestMet * GROWTH : limits.from();
    if (!bracketed && most >= ceiling) {
      most = Math.sqrt(Math.max(highestMet, limits.from()) * ceiling);
    }
    double rate = Math.clamp(wanted, limits.from(), Math.max(limits.from(), most));
    return Math.min(limits.to(), rounded(rate));
  }

  /** To a tenth of what is asked for, so that rates are good to read. */
  private double rounded(double rate) {
    double grain = Math.pow(10, Math.floor(Math.log10(rate * limits.within() / 5)));
    return Math.clamp(Math.rint(rate / grain) * grain, limits.from(), limits.to());
  }
}
