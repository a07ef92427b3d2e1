package dev.assay.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramEncodingTest {

  private static final int V2 = 0x1c849303 | 0x10;
  private static final int V2_COMPRESSED = 0x1c849304 | 0x10;

  @Property(seed = "1", tries = 300)
  void whatIsDecodedEqualsWhatWasEncoded(
      @ForAll List<@LongRange(min = 0, max = Long.MAX_VALUE / 4) Long> values,
      @ForAll @IntRange(min = 0, max = 3) int digits) {
    Histogram histogram = new Histogram(digits);
    values.forEach(histogram::recordValue);
    Histogram decoded = HistogramEncoding.decode(HistogramEncoding.encode(histogram));
    assertThat(decoded).isEqualTo(histogram);
    assertThat(HistogramEncoding.encode(decoded)).isEqualTo(HistogramEncoding.encode(histogram));
  }

  @Test
  void anHourInNanosecondsWithFourDigitsIsDecoded() {
    Histogram histogram = new Histogram(3_600_000_000_000L, 4);
    histogram.recordValue(3_599_000_000_000L);
    assertThat(HistogramEncoding.decode(HistogramEncoding.encode(histogram))).isEqualTo(histogram);
  }

  @Property(seed = "1")
  void anyTextIsDecodedOrRefused(@ForAll String text) {
    decodedOrRefused(text);
  }

  @Property(seed = "1")
  void aTextWithAChangedByteIsDecodedOrRefused(
      @ForAll @IntRange(min = 0, max = 10_000) int place, @ForAll byte put) {
    Histogram histogram = new Histogram(3);
    for (int i = 0; i < 100; i++) {
      histogram.recordValue(1000L * i);
    }
    byte[] bytes = Base64.getDecoder().decode(HistogramEncoding.encode(histogram));
    bytes[place % bytes.length] = put;
    decodedOrRefused(Base64.getEncoder().encodeToString(bytes));
    decodedOrRefused(
        Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, place % bytes.length)));
  }

  @Property(seed = "1")
  void aChangedByteWithinTheDeflatedPartIsDecodedOrRefused(
      @ForAll @IntRange(min = 0, max = 55) int place, @ForAll byte put) {
    byte[] content = content(V2, 16, 0, 3, 1, 1_000_000, 2, 4, 6, 8, 10, 12, 14, 16);
    content[place] = put;
    decodedOrRefused(compressed(content));
  }

  private static void decodedOrRefused(String text) {
    Histogram histogram;
    try {
      histogram = HistogramEncoding.decode(text);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageStartingWith("not an encoded histogram");
      return;
    }
    assertThat(histogram.getTotalCount()).isNotNegative();
  }

  @ParameterizedTest
  @CsvSource({
    "2147483647, 0, 3, 1, 1000000",
    "-1, 0, 3, 1, 1000000",
    "8, 0, 5, 1, 9223372036854775807",
    "8, 0, 2147483647, 1, 1000000",
    "8, 0, -1, 1, 1000000",
    "8, 0, 3, 0, 1000000",
    "8, 0, 3, -5, 1000000",
    "8, 0, 3, 9223372036854775807, 9223372036854775807",
    "8, 0, 3, 1000, 1",
    "8, 7, 3, 1, 1000000"
  })
  void aHeaderThatClaimsTooMuchIsRefusedBeforeItIsBelieved(
      int payload, int offset, int digits, long lowest, long highest) {
    String text = compressed(content(V2, payload, offset, digits, lowest, highest, 2, 4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HistogramEncoding.decode(text))
        .withMessageContaining("its header claims");
  }

  @Test
  void countsThatDoNotFitTogetherAreRefused() {
    // zigzag of 2^62 in nine bytes: seven bits in each of eight, then eight in the ninth; twice
    int[] twice = new int[18];
    Arrays.fill(twice, 0x80);
    String text = compressed(content(V2, 18, 0, 3, 1, 1_000_000, twice));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HistogramEncoding.decode(text))
        .withMessageContaining("its counts do not add up");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "!!!", "HISTFAAAAB", "HJSTFA=="})
  void garbageIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> HistogramEncoding.decode(text));
  }

  @Test
  void anEndlessTextIsRefusedUnread() {
    String text = "A".repeat(16 * 1024 * 1024 + 4);
    assertThatIllegalArgumentException().isThrownBy(() -> HistogramEncoding.decode(text));
  }

  private static byte[] content(
      int cookie, int payload, int offset, int digits, long lowest, long highest, int... counts) {
    ByteBuffer content = ByteBuffer.allocate(40 + counts.length + 32);
    content.putInt(cookie).putInt(payload).putInt(offset).putInt(digits);
    content.putLong(lowest).putLong(highest).putDouble(1.0);
    for (int count : counts) {
      content.put((byte) count);
    }
    return content.array();
  }

  private static String compressed(byte[] content) {
    Deflater deflater = new Deflater();
    deflater.setInput(content);
    deflater.finish();
    byte[] deflated = new byte[content.length + 100];
    int length = deflater.deflate(deflated);
    deflater.end();
    ByteBuffer all = ByteBuffer.allocate(8 + length);
    all.putInt(V2_COMPRESSED).putInt(length).put(deflated, 0, length);
    return Base64.getEncoder().encodeToString(all.array());
  }
}
