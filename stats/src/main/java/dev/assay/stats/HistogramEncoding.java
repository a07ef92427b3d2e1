package dev.assay.stats;

import java.nio.ByteBuffer;
import java.util.Arrays;
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
  private static final int PAYLOAD_LENGTH = 4;
  private static final int COMPRESSED_V2 = 0x1c849314;
  private static final int PLAIN_V2 = 0x1c849313;

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
      ByteBuffer plain = inflated(Base64.getDecoder().decode(text));
      long total = checkedTotal(plain.slice(HEADER, plain.getInt(PAYLOAD_LENGTH)));
      Histogram histogram = Histogram.decodeFromByteBuffer(plain, 0);
      if (total != histogram.getTotalCount()) {
        throw new IllegalArgumentException("its counts do not add up");
      }
      return histogram;
    } catch (DataFormatException | RuntimeException broken) {
      throw new IllegalArgumentException(
          "not an encoded histogram: " + broken.getMessage(), broken);
    }
  }

  /** What was compressed; never more than the largest histogram of ours could need. */
  private static ByteBuffer inflated(byte[] bytes) throws DataFormatException {
    ByteBuffer outer = ByteBuffer.wrap(bytes);
    int length = outer.getInt(4);
    if (outer.getInt(0) != COMPRESSED_V2
        || length < 0
        || length > bytes.length - COMPRESSED_PREFIX) {
      throw new IllegalArgumentException("it is cut short, or of another kind");
    }
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(bytes, COMPRESSED_PREFIX, length);
      byte[] plain = new byte[HEADER];
      if (inflater.inflate(plain) < HEADER) {
        throw new IllegalArgumentException("its header is cut short");
      }
      ByteBuffer header = ByteBuffer.wrap(plain);
      checkHeader(header);
      int payload = header.getInt(PAYLOAD_LENGTH);
      plain = Arrays.copyOf(plain, HEADER + payload);
      int filled = HEADER;
      while (filled < plain.length) {
        int more = inflater.inflate(plain, filled, plain.length - filled);
        if (more == 0) {
          throw new IllegalArgumentException("its counts are cut short");
        }
        filled += more;
      }
      return ByteBuffer.wrap(plain);
    }
  }

  private static void checkHeader(ByteBuffer fields) {
    int payload = fields.getInt(PAYLOAD_LENGTH);
    int offset = fields.getInt(8);
    int digits = fields.getInt(12);
    long lowest = fields.getLong(16);
    long highest = fields.getLong(24);
    boolean plausible =
        fields.getInt(0) == PLAIN_V2
            && offset == 0
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

  /**
   * The sum of the counts, read from the payload itself: most of a histogram's buckets are empty,
   * and there they are a single number.
   */
  private static long checkedTotal(ByteBuffer payload) {
    long sum = 0;
    while (payload.hasRemaining()) {
      long number = zigZag(payload);
      if (number > 0) { // a negative number says how many empty buckets follow
        if (number > Long.MAX_VALUE - sum) {
          throw new IllegalArgumentException("its counts do not add up");
        }
        sum += number;
      }
    }
    return sum;
  }

  /** One number in ZigZag LEB128 of at most nine bytes, as HdrHistogram's V2 encoding has them. */
  private static long zigZag(ByteBuffer payload) {
    long bits = 0;
    for (int shift = 0; shift < 56; shift += 7) {
      byte next = payload.get();
      bits |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (bits >>> 1) ^ -(bits & 1);
      }
    }
    bits |= (payload.get() & 0xFFL) << 56;
    return (bits >>> 1) ^ -(bits & 1);
  }
}
