package dev.assay.network.link;

/**
 * The distribution of a delay, in nanoseconds. A delay is never below 0 and never above {@link
 * #LONGEST}: what a distribution would give beyond becomes the bound, and {@link #mean} is the mean
 * of what comes out. Immutable and thread-safe.
 */
public sealed interface Distribution
    permits Distribution.Constant,
        Distribution.Uniform,
        Distribution.Normal,
        Distribution.LogNormal,
        Distribution.Pareto,
        Percentiles {

  /** No packet is on its way for longer: one minute, in nanoseconds. */
  long LONGEST = 60_000_000_000L;

  /**
   * The delay at a normal score: the value below which a share Φ(score) of the delays is.
   *
   * @param score of the standard normal distribution
   * @return nanoseconds, 0 to {@link #LONGEST}
   */
  long at(double score);

  /** The mean in nanoseconds, with what is cut off at 0 counted as 0. */
  double mean();

  /** The standard deviation in nanoseconds; for distributions without one, an estimate of it. */
  double deviation();

  /** Keeps a delay in its bounds. */
  private static long bounded(double nanos) {
    return nanos <= 0 ? 0 : nanos >= LONGEST ? LONGEST : Math.round(nanos);
  }

  private static double checked(double value, String what) {
    if (!(value >= 0 && value <= LONGEST)) {
      throw new IllegalArgumentException(what + " is 0 s or more and at most 60 s");
    }
    return value;
  }

  /**
   * Always the same.
   *
   * @param nanos 0 to {@link #LONGEST}
   */
  record Constant(long nanos) implements Distribution {
    /** Checks the range. */
    public Constant {
      checked(nanos, "a delay");
    }

    @Override
    public long at(double score) {
      return nanos;
    }

    @Override
    public double mean() {
      return nanos;
    }

    @Override
    public double deviation() {
      return 0;
    }
  }

  /**
   * Any value between middle − spread and middle + spread.
   *
   * @param middle the mean, where the spread is not wider than it
   * @param spread half the width
   */
  record Uniform(double middle, double spread) implements Distribution {
    /** Checks the ranges. */
    public Uniform {
      checked(middle, "the middle of a delay");
      checked(spread, "the spread of a delay");
    }

    @Override
    public long at(double score) {
      return bounded(middle + spread * (2 * NormalScore.below(score) - 1));
    }

    @Override
    public double mean() {
      if (spread <= middle) {
        return middle;
      }
      double high = middle + spread;
      return high * high / (4 * spread);
    }

    @Override
    public double deviation() {
      return spread / Math.sqrt(3);
    }
  }

  /**
   * The normal distribution. Its mean comes out higher where it would fall below 0: by 8 % of the
   * deviation where the mean is one deviation, by 0.04 % where it is three.
   *
   * @param middle the mean before it is cut off at 0
   * @param spread the standard deviation before that
   */
  record Normal(double middle, double spread) implements Distribution {
    /** Checks the ranges. */
    public Normal {
      checked(middle, "the mean of a delay");
      checked(spread, "the deviation of a delay");
    }

    @Override
    public long at(double score) {
      return bounded(middle + spread * score);
    }

    @Override
    public double mean() {
      if (spread == 0) {
        return middle;
      }
      double ratio = middle / spread;
      return middle * NormalScore.below(ratio) + spread * NormalScore.density(ratio);
    }

    @Override
    public double deviation() {
      return spread;
    }
  }

  /**
   * The log-normal distribution: never below 0, with a tail to the right.
   *
   * @param mu the mean of the logarithm of nanoseconds
   * @param sigma its standard deviation
   */
  record LogNormal(double mu, double sigma) implements Distribution {
    /** Checks the ranges. */
    public LogNormal {
      if (!(Double.isFinite(mu) && sigma >= 0 && sigma <= 10)) {
        throw new IllegalArgumentException("a log-normal delay needs a mean above 0 s");
      }
      checked(Math.exp(mu + sigma * sigma / 2), "the mean of a delay");
    }

    /** The one that has this mean, above 0, and this standard deviation, in nanoseconds. */
    public static LogNormal of(double mean, double deviation) {
      double square = Math.log1p(deviation * deviation / (mean * mean));
      return new LogNormal(Math.log(mean) - square / 2, Math.sqrt(square));
    }

    @Override
    public long at(double score) {
      return bounded(Math.exp(mu + sigma * score));
    }

    @Override
    public double mean() {
      return Math.exp(mu + sigma * sigma / 2);
    }

    @Override
    public double deviation() {
      return mean() * Math.sqrt(Math.expm1(sigma * sigma));
    }
  }

  /**
   * The Pareto distribution (type I), moved: shift + scale·(1−u)^(−1/shape).
   *
   * @param shift nanoseconds, may be below 0
   * @param scale above 0, nanoseconds
   * @param shape above 1 so that it has a mean; below 2 it has no deviation
   */
  record Pareto(double shift, double scale, double shape) implements Distribution {
    /** Checks the ranges. */
    public Pareto {
      if (!(shape > 1 && shape <= 100 && scale > 0 && Double.isFinite(shift))) {
        throw new IllegalArgumentException(
            "a Pareto delay needs a mean above 0 s and a shape above 1 and at most 100");
      }
      checked(Math.max(0, shift + scale * shape / (shape - 1)), "the mean of a delay");
    }

    /** The one from 0 with this mean, above 0, and this shape. */
    public static Pareto ofMean(double mean, double shape) {
      return new Pareto(0, mean * (shape - 1) / shape, shape);
    }

    /** The one of shape 3 with this mean and deviation, which is netem's. */
    public static Pareto ofDeviation(double mean, double deviation) {
      double scale = deviation / Math.sqrt(0.75);
      return new Pareto(mean - 1.5 * scale, scale, 3);
    }

    @Override
    public long at(double score) {
      return bounded(shift + scale * Math.pow(NormalScore.below(-score), -1 / shape));
    }

    @Override
    public double mean() {
      if (shift + scale >= 0) {
        return shift + scale * shape / (shape - 1);
      }
      // the mean of what is above 0, where the values begin below it
      double from = -shift;
      return Math.pow(scale / from, shape) * from / (shape - 1);
    }

    @Override
    public double deviation() {
      return shape > 2 ? scale * Math.sqrt(shape / (shape - 2)) / (shape - 1) : mean();
    }
  }
}
