package dev.assay.network.profile;

import dev.assay.network.link.Condition;
import dev.assay.network.link.DirectionCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads arguments of netem, alone or in commands of {@code tc}, and of tbf (tc-netem(8),
 * tc-tbf(8)). A line shapes one direction: what leaves the machine it is written for, which is
 * taken for the server, so the way down; {@code up:} or {@code down:} before it says otherwise.
 */
final class NetemArguments {

  private static final Set<String> ALONE =
      Set.of(
          "delay",
          "latency",
          "loss",
          "rate",
          "duplicate",
          "reorder",
          "corrupt",
          "limit",
          "gap",
          "slot");

  private NetemArguments() {}

  static List<Imported> read(Description file) {
    Condition condition = Condition.NONE;
    List<String> notes = new ArrayList<>();
    boolean any = false;
    for (int line = 1; line <= file.lines().size(); line++) {
      String text = file.lines().get(line - 1).replaceAll("#.*", "").strip();
      if (text.isEmpty()) {
        continue;
      }
      boolean up = text.startsWith("up:");
      String rest = text.replaceFirst("^(up|down):", "").strip();
      NetemLine words = new NetemLine(file, line, List.of(rest.split("\\s+")));
      DirectionCondition before = up ? condition.up() : condition.down();
      DirectionCondition after = line(words, before, notes);
      condition = up ? condition.withUp(after) : condition.withDown(after);
      any = true;
    }
    if (!any) {
      throw file.problem(
          ImportProblems.SHAPE, 1, "there are no arguments", "write them, such as delay 100ms");
    }
    return List.of(Imported.of(file.stem(), "", condition, notes));
  }

  private static DirectionCondition line(
      NetemLine words, DirectionCondition before, List<String> notes) {
    if (words.skipTo("netem")) {
      return words.netem(before, notes);
    }
    if (words.skipTo("tbf")) {
      return words.tbf(before);
    }
    if (ALONE.contains(words.peek())) {
      return words.netem(before, notes);
    }
    throw words.wrong("neither 'netem' nor 'tbf' is in this line", "write arguments of netem");
  }
}
