package dev.assay.profile.perfdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerfDataTest {

  @TempDir private Path folder = Path.of("");

  private static byte[] data(ByteOrder order) {
    ByteBuffer data = ByteBuffer.allocate(2_000);
    data.putInt(0xcafec0c0).put((byte) (order == ByteOrder.BIG_ENDIAN ? 0 : 1)).put((byte) 2);
    data.order(order).putInt(24, 32).putInt(28, 5);
    int at = 32;
    at = entry(data, at, "sun.gc.collector.0.invocations", 7);
    at = entry(data, at, "sun.gc.collector.0.time", 5_000);
    at = entry(data, at, "sun.os.hrt.frequency", 1_000_000);
    at = entry(data, at, "sun.gc.generation.0.space.0.used", 900);
    entry(data, at, "sun.gc.generation.1.space.0.used", 100);
    return data.array();
  }

  private static int entry(ByteBuffer data, int at, String name, long value) {
    byte[] bytes = (name + "\0").getBytes(StandardCharsets.US_ASCII);
    int place = (20 + bytes.length + 7) / 8 * 8;
    data.putInt(at, place + 8).putInt(at + 4, 20).putInt(at + 8, 0).put(at + 12, (byte) 'J');
    data.putInt(at + 16, place);
    data.put(at + 20, bytes);
    data.putLong(at + place, value);
    return at + place + 8;
  }

  @Test
  void countersAreReadInEitherByteOrder() throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      Path file = Files.write(folder.resolve("data"), data(order));
      try (PerfData data = PerfData.open(file).orElseThrow()) {
        assertThat(data.read()).isEqualTo(new JvmReading(7, 5_000_000, 1_000, 100));
      }
    }
  }

  @Test
  void thisJvmIsReadAsAnyOther() {
    long pid = ProcessHandle.current().pid();
    try (PerfData data = PerfData.of(pid).orElseThrow()) {
      JvmReading before = data.read();
      System.gc();
      JvmReading after = data.read();

      assertThat(after.collections()).isGreaterThan(before.collections());
      assertThat(after.heap()).isGreaterThanOrEqualTo(after.settled()).isPositive();
    }
  }

  @Test
  void noGarbageBreaksTheReader() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    Path file = folder.resolve("data");
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = data(ByteOrder.LITTLE_ENDIAN);
      for (int flips = random.nextInt(1, 20); flips > 0; flips--) {
        bytes[random.nextInt(400)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(bytes.length + 1);
      Files.write(file, java.util.Arrays.copyOf(bytes, length));
      Optional<PerfData> data = PerfData.open(file);
      data.ifPresent(PerfData::read);
      data.ifPresent(PerfData::close);
    }
    assertThat(PerfData.open(folder.resolve("missing"))).isEmpty();
  }
}
