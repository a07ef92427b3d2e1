package dev.assay.virtual.smsc;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long something takes. Immutable.
 *
 * @param mean its mean, or the time itself
 * @param spread by how much it differs: half the width, or the standard deviation
 * @param shape how it is distributed
 */
public record Delay(Duration mean, Duration spread, Shape shape) {

  /** At once. */
  public static final Delay NONE = new Delay(Duration.ZERO, Duration.ZERO, Shape.CONSTANT);

  /** How a delay is distributed. */
  public enum Shape {
    /** Always the same. */
    CONSTANT,
    /** Anything within the spread around the mean. */
    UNIFORM,
    /** Around the mean with the spread as its standard deviation. */
    NORMAL,
    /** Mostly short, at times long; only the mean counts. */
    EXPONENTIAL
  }

  /** One that is always the same. */
  public static Delay of(Duration time) {
    return new Delay(time, Duration.ZERO, Shape.CONSTANT);
  }

  /** Whether it is nothing at all. */
  boolean none() {
    return mean.isZero() && spread.isZero();
  }

  /** One of them, in nanoseconds, never negative. */
  long draw(SplittableRandom random) {
    double center = mean.toNanos();
    double width = spread.toNanos();
    double nanos =
        switch (shape) {
          case CONSTANT -> center;
          case UNIFORM -> center + width * (2 * random.nextDouble() - 1);
          case NORMAL -> random.nextGaussian(center, width);
          case EXPONENTIAL -> random.nextExponential() * center;
        };
    return Math.max(0, Math.round(nanos));
  }
}
