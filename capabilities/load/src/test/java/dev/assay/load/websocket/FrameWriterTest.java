package dev.assay.load.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameWriterTest {

  private static final byte[] HELLO = "Hello".getBytes(UTF_8);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7, 8, 9, 125, 126, 127, 65_535, 65_536, 100_001})
  void aMessageOfAnyLengthIsMaskedAndHasTheShortestHeader(int length) {
    byte[] payload = new byte[length];
    new SplittableRandom(length).nextBytes(payload);
    FrameWriter writer = new FrameWriter(1);
    writer.text(HELLO, 0, 0);
    int before = writer.size();
    writer.binary(payload, 0, length);
    int header = length < 126 ? 6 : length < 65_536 ? 8 : 14;
    assertThat(writer.size() - before).isEqualTo(header + length);
    ByteBuffer frames = ByteBuffer.wrap(writer.bytes(), 0, writer.size());
    assertThat(unmasked(frames, 0x81)).isEmpty();
    assertThat(unmasked(frames, 0x82)).isEqualTo(payload);
    assertThat(frames.hasRemaining()).isFalse();
  }

  @Test
  void aPayloadMayBeAppendedInPieces() {
    FrameWriter writer = new FrameWriter(5);
    writer.begin(Opcode.TEXT);
    writer.append(HELLO, 0, 2);
    writer.append(HELLO, 2, 5);
    writer.end(false);
    writer.frame(Opcode.CONTINUATION, true, HELLO, 4, 5);
    ByteBuffer frames = ByteBuffer.wrap(writer.bytes(), 0, writer.size());
    assertThat(unmasked(frames, 0x01)).isEqualTo(HELLO);
    assertThat(unmasked(frames, 0x80)).isEqualTo("o".getBytes(UTF_8));
  }

  @Test
  void aCloseFrameHasItsCodeAndAsMuchOfTheReasonAsFits() {
    FrameWriter writer = new FrameWriter(5);
    writer.close(1000);
    writer.close(1001, "x".repeat(200).getBytes(UTF_8));
    ByteBuffer frames = ByteBuffer.wrap(writer.bytes(), 0, writer.size());
    assertThat(unmasked(frames, 0x88)).containsExactly(0x03, 0xE8);
    assertThat(unmasked(frames, 0x88)).hasSize(125);
  }

  @Test
  void theSameSeedWritesTheSameBytesAndAnotherSeedOthers() {
    assertThat(written(7)).isEqualTo(written(7)).isNotEqualTo(written(8));
  }

  @Test
  void eachFrameHasAnotherMask() {
    FrameWriter writer = new FrameWriter(7);
    writer.text(HELLO, 0, 5);
    writer.text(HELLO, 0, 5);
    byte[] first = Arrays.copyOfRange(writer.bytes(), 2, 6);
    assertThat(Arrays.copyOfRange(writer.bytes(), 13, 17)).isNotEqualTo(first);
  }

  @Test
  void writingAllocatesNothing() {
    FrameWriter writer = new FrameWriter(7);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    write(writer, 20_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    write(writer, 100_000);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  private static void write(FrameWriter writer, int times) {
    for (int i = 0; i < times; i++) {
      writer.clear();
      writer.text(HELLO, 0, 5);
      writer.pong(HELLO, 0, i % 5);
    }
  }

  private static byte[] written(long seed) {
    FrameWriter writer = new FrameWriter(seed);
    writer.text(HELLO, 0, 5);
    return Arrays.copyOf(writer.bytes(), writer.size());
  }

  /** Takes one frame apart as a server does, byte by byte. */
  static byte[] unmasked(ByteBuffer frames, int first) {
    assertThat(frames.get() & 0xFF).isEqualTo(first);
    int second = frames.get() & 0xFF;
    assertThat(second & 0x80).as("masked").isNotZero();
    int length = second & 0x7F;
    if (length == 126) {
      length = frames.getShort() & 0xFFFF;
    } else if (length == 127) {
      length = Math.toIntExact(frames.getLong());
    }
    byte[] key = new byte[4];
    frames.get(key);
    byte[] payload = new byte[length];
    frames.get(payload);
    for (int i = 0; i < length; i++) {
      payload[i] ^= key[i % 4];
    }
    return payload;
  }
}
