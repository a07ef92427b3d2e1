package dev.assay.network.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.spi.SystemClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UnderwayTest {

  @Test
  void datagramsArriveByTheirTimesAndInOrderAtOneTime() {
    try (Transport transport = Transport.portable(1)) {
      List<Long> arrived = new ArrayList<>();
      transport
          .next()
          .submit(() -> {
            Timetable timetable = new Timetable(transport.next(), new SystemClock());
            Underway underway =
                new Underway(timetable, datagram -> arrived.add(taken(datagram)), () -> {});
            SplittableRandom random = new SplittableRandom(5);
            long later = 400_000_000_000_000L;
            for (long i = 0; i < 5000; i++) {
              long at = later + random.nextInt(300);
              underway.add(Unpooled.copyLong(at * 10_000 + i), at);
            }
            underway.due(later + 150);
            assertThat(arrived).isNotEmpty();
            assertThat(arrived.getLast() / 10_000).isLessThanOrEqualTo(later + 150);
            underway.due(later + 300);
            assertThat(underway.size()).isZero();
          })
          .syncUninterruptibly();
      assertThat(arrived).hasSize(5000).isSorted();
    }
  }

  private static long taken(ByteBuf datagram) {
    long value = datagram.readLong();
    datagram.release();
    return value;
  }
}
