package dev.assay.suite.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stack traces of Python, as it prints them and as pytest does. */
final class PythonTraces {

  private static final Pattern FRAME =
      Pattern.compile("\\s*File \"([^\"]{1,1000})\", line (\\d{1,9})(?:, in (.{1,300}))?");

  /** {@code tests/test_order.py:12: AssertionError}, or {@code … : in total} of short traces. */
  private static final Pattern PYTEST =
      Pattern.compile("([^\\s:]{1,500}\\.pyx?):(\\d{1,9}):(?: in (\\S.*)| ([\\w.]+)|\\s*)");

  private static final Pattern DEF = Pattern.compile("\\s*(?:async )?def (\\w+)\\(.*");
  private static final Pattern BETWEEN =
      Pattern.compile(
          "\\s*(?:During handling of the above exception, another exception occurred"
              + "|The above exception was the direct cause of the following exception):\\s*");

  private PythonTraces() {}

  static Trace read(List<String> lines, String type, String message) {
    List<Draft> drafts = new ArrayList<>();
    Draft current = new Draft();
    drafts.add(current);
    String function = "";
    boolean pytest = false;
    for (String line : lines) {
      Matcher frame = FRAME.matcher(line);
      Matcher place = PYTEST.matcher(line);
      Matcher def = DEF.matcher(line);
      if (BETWEEN.matcher(line).matches()) {
        current.reverseFrames();
        current = new Draft();
        drafts.addFirst(current); // the later one is the outer one
      } else if (frame.matches()) {
        String name = frame.group(3);
        add(current, frame.group(1), frame.group(2), name == null ? "" : name);
      } else if (place.matches()) {
        pytest = true;
        String named = place.group(3);
        add(current, place.group(1), place.group(2), named == null ? function : named);
        String kind = place.group(4);
        if (kind != null && !current.typed()) {
          current.type(kind);
        }
      } else if (def.matches()) {
        function = def.group(1);
      } else if (line.startsWith("E ") && !line.isBlank()) {
        pytest = true;
        said(current, line.substring(2).strip());
      } else if (!pytest && current.framed() && !line.startsWith(" ") && !line.isBlank()) {
        said(current, line);
      }
    }
    current.reverseFrames();
    return TraceReader.build(Language.PYTHON, drafts, type, message);
  }

  private static void said(Draft draft, String text) {
    if (draft.typed() || !draft.header(text)) {
      draft.messageLine(text);
    }
  }

  private static void add(Draft draft, String file, String line, String function) {
    draft.frame(new Frame("", function.strip(), file, TraceReader.number(line)));
  }
}
