package dev.assay.suite.git;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which lines a unified diff without context adds or rewrites, by file. */
final class Hunks {

  private static final Pattern HUNK =
      Pattern.compile("@@ -\\d+(?:,\\d+)? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*");
  private static final int MOST_OF_A_FILE = 200_000;

  private Hunks() {}

  static Map<String, List<Integer>> read(String diff) {
    Map<String, List<Integer>> lines = new LinkedHashMap<>();
    List<Integer> current = null;
    long left = 0;
    for (String line : diff.split("\n")) {
      if (left > 0 && (line.startsWith("+") || line.startsWith("-") || line.startsWith("\\"))) {
        left -= line.startsWith("+") ? 1 : 0; // what a file says is not taken for a header
        continue;
      }
      if (line.startsWith("+++ ")) {
        String path = line.substring(4).replaceFirst("\t$", "");
        current =
            path.startsWith("b/")
                ? lines.computeIfAbsent(path.substring(2), name -> new ArrayList<>())
                : null;
      }
      Matcher hunk = HUNK.matcher(line);
      if (hunk.matches()) {
        int from = Integer.parseInt(hunk.group(1));
        int count = hunk.group(2) == null ? 1 : Integer.parseInt(hunk.group(2));
        left = count;
        for (int i = 0; current != null && i < count && current.size() < MOST_OF_A_FILE; i++) {
          current.add(from + i);
        }
      }
    }
    lines.values().removeIf(List::isEmpty);
    return lines;
  }
}
