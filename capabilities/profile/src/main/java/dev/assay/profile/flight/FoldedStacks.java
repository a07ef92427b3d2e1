package dev.assay.profile.flight;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stacks with their weights, in the format of Brendan Gregg's {@code stackcollapse}: one line for
 * each, the outermost frame first, frames parted by semicolons, then the weight. Bounded in memory
 * and in the file; what does not fit is summed up in one line, so that the total stays true.
 */
public final class FoldedStacks {

  /** The frame under which the rest is summed up. */
  public static final String OTHER = "[other stacks]";

  private static final int MOST_IN_MEMORY = 100_000;
  private static final int MOST_IN_FILE = 20_000;
  private static final int MOST_CHARACTERS = 8 << 20;

  private final Map<String, Long> weights = new HashMap<>();
  private long total;
  private long other;

  /** Makes it empty. */
  public FoldedStacks() {}

  void add(String stack, long weight) {
    if (weight <= 0) {
      return;
    }
    total += weight;
    Long before = weights.get(stack);
    if (before != null) {
      weights.put(stack, before + weight);
    } else if (weights.size() < MOST_IN_MEMORY) {
      weights.put(stack, weight);
    } else {
      other += weight;
    }
  }

  /** The sum of all weights. */
  public long total() {
    return total;
  }

  /** Writes them, the heaviest first. */
  public void write(Path file) throws IOException {
    List<Map.Entry<String, Long>> heaviest =
        weights.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    long rest = other;
    long characters = 0;
    int lines = 0;
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, Long> stack : heaviest) {
        characters += stack.getKey().length() + 12;
        if (lines >= MOST_IN_FILE || characters > MOST_CHARACTERS) {
          rest += stack.getValue();
        } else {
          lines++;
          out.write(stack.getKey() + " " + stack.getValue() + "\n");
        }
      }
      if (rest > 0) {
        out.write(OTHER + " " + rest + "\n");
      }
    }
  }
}
