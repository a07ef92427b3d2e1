package dev.assay.suite.cache;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of a project at one run: enough to say later what has changed since.
 *
 * @param number counts up
 * @param commit where it was a commit with nothing changed after it, else null
 * @param inputs what all tests depend on, by name, with its digest
 * @param parts two numbers for each part of the code, sorted by the first: of its name and of its
 *     content
 */
public record Generation(
    int number, @Nullable String commit, Map<String, Long> inputs, long[] parts) {

  /** Copies the map. The array is not copied and nobody writes it. */
  public Generation {
    inputs = Map.copyOf(inputs);
  }

  /** Packs parts: digests of content by digests of names. */
  public static long[] pack(Map<Long, Long> parts) {
    long[] packed = new long[parts.size() * 2];
    int at = 0;
    for (Map.Entry<Long, Long> part : new TreeMap<>(parts).entrySet()) {
      packed[at++] = part.getKey();
      packed[at++] = part.getValue();
    }
    return packed;
  }

  /** The digest of the content of a part by the digest of its name; null where there was none. */
  public @Nullable Long content(long name) {
    int low = 0;
    int high = parts.length / 2 - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Long.compare(parts[2 * middle], name);
      if (order == 0) {
        return parts[2 * middle + 1];
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  String encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(parts.length * Long.BYTES);
    bytes.asLongBuffer().put(parts);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  static long[] decoded(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    long[] parts = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(parts);
    return parts;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Generation generation
        && number == generation.number
        && java.util.Objects.equals(commit, generation.commit)
        && inputs.equals(generation.inputs)
        && Arrays.equals(parts, generation.parts);
  }

  @Override
  public int hashCode() {
    return number;
  }

  @Override
  public String toString() {
    return "generation " + number;
  }
}
