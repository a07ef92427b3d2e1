package dev.assay.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ArrivalQueueTest {

  @Test
  void isFirstInFirstOutWithinItsBound() {
    SplittableRandom random = new SplittableRandom(3);
    for (int bound : new int[] {0, 1, 7, 1500, 5000}) {
      ArrivalQueue queue = new ArrivalQueue(bound);
      Deque<Long> model = new ArrayDeque<>();
      for (long i = 0; i < 30_000; i++) {
        boolean mostlyAdd = i / 5000 % 2 == 0;
        if (random.nextInt(10) < (mostlyAdd ? 7 : 3)) {
          assertThat(queue.offer(i)).isEqualTo(model.size() < bound);
          if (model.size() < bound) {
            model.add(i);
          }
        } else {
          Long expected = model.poll();
          assertThat(queue.poll()).isEqualTo(expected == null ? -1 : expected);
        }
        assertThat(queue.size()).isEqualTo(model.size());
      }
    }
  }
}
