package dev.assay.stats;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * Histograms as texts: Base64 of HdrHistogram's V2 compressed encoding. Thread-safe.
 *
 * <p>Texts are decoded as hostile: what a header claims is checked before anything of that size is
 * allocated, and what was decoded is checked to be counts that can be summed.
 */
public final class HistogramEncoding {

  /** Four digits over an hour in nanoseconds are 0.5 million buckets; five are refused. */
  private static final long MOST_BUCKETS = 1 << 20;

  private static final int LONGEST_TEXT = 16 * 1024 * 1024;
  private static final int COMPRESSED_PREFIX = 8;
  private static final int HEADER = 40;

  private HistogramEncoding() {}

  /** Encodes; the histogram must not be written to meanwhile. */
  public static String encode(AbstractHistogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    buffer.flip();
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * Decodes.
   *
   * @throws IllegalArgumentException if the text is no encoded histogram, or one of more than a
   *     million buckets or with counts that do not fit 64 bits together
   */
  public static Histogram decode(String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("an encoded histogram is at most 16 Mi characters long");
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      checkHeader(bytes);
      Histogram histogram = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
      checkCounts(histogram);
      return histogram;
    } catch (DataFormatException | RuntimeException broken) {
      throw new IllegalArgumentException(
          "not an encoded histogram: " + broken.getMessage(), broken);
    }
  }

  private static void checkHeader(byte[] bytes) throws DataFormatException {
    int length = ByteBuffer.wrap(bytes).getInt(4);
    if (length < 0 || length > bytes.length - COMPRESSED_PREFIX) {
      throw new IllegalArgumentException("it is cut short");
    }
    byte[] header = new byte[HEADER];
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(bytes, COMPRESSED_PREFIX, length);
      if (inflater.inflate(header) < HEADER) {
        throw new IllegalArgumentException("its header is cut short");
      }
    }
    ByteBuffer fields = ByteBuffer.wrap(header);
    int payload = fields.getInt(4);
    int offset = fields.getInt(8);
    int digits = fields.getInt(12);
    long lowest = fields.getLong(16);
    long highest = fields.getLong(24);
    boolean plausible =
        offset == 0
            && digits >= 0
            && digits <= 5
            && lowest >= 1
            && lowest <= Long.MAX_VALUE / 2
            && highest >= 2 * lowest;
    long buckets = plausible ? buckets(digits, lowest, highest) : 0;
    if (!plausible || buckets > MOST_BUCKETS || payload < 0 || payload > 9 * buckets) {
      throw new IllegalArgumentException("its header claims what no histogram of ours has");
    }
  }

  /** How many counts the decoder is going to allocate; the formula is HdrHistogram's own. */
  private static long buckets(int digits, long lowest, long highest) {
    long resolution = 2 * (long) Math.pow(10, digits);
    int subBucketBits = 64 - Long.numberOfLeadingZeros(resolution - 1);
    int unitBits = 63 - Long.numberOfLeadingZeros(lowest);
    int highestBits = 64 - Long.numberOfLeadingZeros(highest);
    int doublings = Math.max(1, highestBits - unitBits - subBucketBits + 1);
    return (doublings + 1L) << Math.max(0, subBucketBits - 1);
  }

  private static void checkCounts(Histogram histogram) {
    long sum = 0;
    for (var bucket : histogram.recordedValues()) {
      long count = bucket.getCountAtValueIteratedTo();
      if (count < 0) {
        throw new IllegalArgumentException("a count is negative");
      }
      sum = Math.addExact(sum, count);
    }
    if (sum != histogram.getTotalCount()) {
      throw new IllegalArgumentException("its counts do not add up");
    }
  }
}
