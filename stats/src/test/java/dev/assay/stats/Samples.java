package dev.assay.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** Samples for tests, in nanoseconds. */
final class Samples {

  private Samples() {}

  static double exponential(SplittableRandom random) {
    return 10e6 * -Math.log1p(-random.nextDouble());
  }

  static double lognormal(SplittableRandom random) {
    return 10e6 * Math.exp(0.8 * random.nextGaussian());
  }

  static List<Histogram> blocks(
      int blocks, int size, SplittableRandom random, ToDoubleFunction<SplittableRandom> draw) {
    List<Histogram> all = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      Histogram block = new Histogram(3);
      for (int j = 0; j < size; j++) {
        block.recordValue(1 + (long) draw.applyAsDouble(random));
      }
      all.add(block);
    }
    return all;
  }

  static List<Histogram> scaled(List<Histogram> blocks, double factor) {
    return blocks.stream()
        .map(block -> {
          Histogram scaled = new Histogram(3);
          block
              .recordedValues()
              .forEach(bucket ->
                  scaled.recordValueWithCount(
                      Math.round(bucket.getValueIteratedTo() * factor),
                      bucket.getCountAtValueIteratedTo()));
          return scaled;
        })
        .toList();
  }
}
