package dev.assay.network.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

  @Test
  void asManyBytesComeOutByATimeAsWentInBeforeIt() {
    Arrivals arrivals = new Arrivals();
    SplittableRandom random = new SplittableRandom(3);
    long at = 0;
    long in = 0;
    long out = 0;
    for (int i = 0; i < 10_000; i++) {
      at += random.nextInt(3);
      int size = 1 + random.nextInt(1448);
      arrivals.add(at, size);
      in += size;
      if (random.nextInt(5) == 0) {
        for (int taken; (taken = arrivals.takeUntil(at - 50)) > 0; ) {
          out += taken;
        }
        assertThat(arrivals.isEmpty() || arrivals.first() > at - 50).isTrue();
      }
    }
    for (int taken; (taken = arrivals.takeUntil(at)) > 0; ) {
      out += taken;
    }
    assertThat(out).isEqualTo(in);
    assertThat(arrivals.isEmpty()).isTrue();
  }
}
