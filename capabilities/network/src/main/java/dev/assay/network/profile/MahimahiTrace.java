package dev.assay.network.profile;

import dev.assay.network.link.Condition;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Trace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads traces of Mahimahi: one whole number of milliseconds on each line, not falling. */
public final class MahimahiTrace {

  private MahimahiTrace() {}

  /**
   * Reads a trace.
   *
   * @throws dev.assay.api.problem.ProblemException if the file is no trace
   */
  public static Trace read(Path file) {
    return read(Description.of(file.toString(), ConditionImport.text(file)));
  }

  static Trace read(Description file) {
    int[] millis = new int[file.lines().size()];
    int count = 0;
    int before = 0;
    for (int line = 1; line <= file.lines().size(); line++) {
      String text = file.lines().get(line - 1).strip();
      if (text.isEmpty()) {
        continue;
      }
      int time = time(file, line, text);
      if (time < before) {
        throw file.problem(
            ImportProblems.VALUE, line, text + " ms is before " + before + " ms", "sort the times");
      }
      millis[count++] = time;
      before = time;
    }
    int times = count;
    return file.value(
        Math.max(1, file.lines().size()), () -> new Trace(Arrays.copyOf(millis, times)));
  }

  private static int time(Description file, int line, String text) {
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException noNumber) {
      throw file.problem(
          ImportProblems.SHAPE,
          line,
          "'"
              + (text.length() > 50 ? text.substring(0, 50) + "…" : text)
              + "' is not a whole number of milliseconds",
          "give a trace of Mahimahi, or choose another kind");
    }
  }

  static Imported imported(Description file) {
    Trace trace = read(file);
    boolean up = file.file().endsWith(".up");
    DirectionCondition direction = DirectionCondition.NONE.withTrace(trace);
    Condition condition =
        up ? Condition.NONE.withUp(direction) : Condition.NONE.withDown(direction);
    String title =
        "a trace of "
            + new Bandwidth(Math.max(100, Math.rint(trace.bitsPerSecond())))
            + " on average";
    return new Imported(
        Imported.fitting(file.stem()),
        title,
        condition,
        Map.of(up ? "up" : "down", file.file()),
        Optional.empty(),
        List.of());
  }
}
