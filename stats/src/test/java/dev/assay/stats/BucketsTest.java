package dev.assay.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class BucketsTest {

  private static List<Histogram> blocks(int size, int values, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Histogram> blocks = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Histogram block = new Histogram(3);
      for (int j = 0; j < values; j++) {
        block.recordValue(1 + (long) (1e6 * Math.exp(random.nextGaussian())));
      }
      blocks.add(block);
    }
    return blocks;
  }

  @Test
  void halvingTheAxisFindsWhatAddingAllCountsFinds() {
    List<Histogram> blocks = blocks(12, 80, 1);
    blocks.add(new Histogram(3));
    Buckets halving = new Buckets(blocks);
    Buckets adding = new Buckets(blocks, 0);
    BlockBootstrap draws = new BlockBootstrap(blocks.size(), new SplittableRandom(2));
    for (int i = 0; i < 500; i++) {
      int[] chosen = draws.next().clone();
      for (double q : new double[] {0.001, 0.5, 0.95, 0.999}) {
        assertThat(halving.quantile(q, chosen, halving.sums()))
            .isEqualTo(adding.quantile(q, chosen, adding.sums()));
      }
    }
  }

  @Test
  void ofAllBlocksItIsTheQuantileOfTheSum() {
    List<Histogram> blocks = blocks(5, 40, 3);
    Buckets buckets = new Buckets(blocks);
    assertThat(buckets.quantile(0.9, BlockBootstrap.all(5), buckets.sums()))
        .isEqualTo(Quantiles.of(Quantiles.merge(blocks), 0.9));
  }

  @Test
  void emptyBlocksHaveNone() {
    Buckets buckets = new Buckets(List.of(new Histogram(3), new Histogram(3)));
    assertThat(buckets.quantile(0.5, BlockBootstrap.all(2), buckets.sums())).isNaN();
  }
}
