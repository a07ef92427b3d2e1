package dev.assay.suite.trace;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Failures of Go: panics with their goroutine, lines of {@code t.Error}, and Testify's blocks. */
final class GoTraces {

  private static final Pattern PANIC = Pattern.compile("\\s*panic: (.*?)(?: \\[recovered.*])?");
  private static final Pattern CALL =
      Pattern.compile(
          "(?:created by )?([\\w.~/%-]{1,300}?)\\.((?:\\(\\*?\\w+\\)\\.)?[\\w.\\[\\]]+)(?:\\(.*\\)| in goroutine \\d+)?\\s*");
  private static final Pattern PLACE =
      Pattern.compile("\\s+(\\S{1,1000}\\.go):(\\d{1,9})(?: \\+0x[0-9a-f]+)?\\s*");
  private static final Pattern LOGGED = Pattern.compile("\\s+(\\w[\\w.-]*\\.go):(\\d{1,9}): ?(.*)");
  private static final Pattern TESTIFY =
      Pattern.compile("\\s*(?:Error Trace:)?\\s*(\\S{1,1000}\\.go):(\\d{1,9})\\s*");
  private static final Pattern TESTIFY_ERROR = Pattern.compile("\\s*Error:\\s*(.*)");

  private GoTraces() {}

  static Trace read(List<String> lines, String type, String message) {
    Draft draft = new Draft();
    String call = "";
    boolean goroutine = false;
    boolean testify = false;
    for (String line : lines) {
      Matcher panic = PANIC.matcher(line);
      Matcher place = PLACE.matcher(line);
      Matcher logged = LOGGED.matcher(line);
      if (panic.matches() && !draft.typed()) {
        draft.type("panic");
        draft.messageLine(panic.group(1));
      } else if (line.startsWith("goroutine ")) {
        if (goroutine) {
          break; // the others only stand by
        }
        goroutine = true;
      } else if (goroutine && place.matches()) {
        add(draft, call, place.group(1), place.group(2));
        call = "";
      } else if (goroutine && CALL.matcher(line).matches()) {
        call = line;
      } else if (!goroutine && logged.matches()) {
        add(draft, "", logged.group(1), logged.group(2));
        draft.messageLine(logged.group(3));
        testify = logged.group(3).isBlank();
      } else if (testify) {
        testify(draft, line);
      } else if (draft.framed() && !goroutine && line.startsWith("        ")) {
        draft.messageLine(line.strip());
      }
    }
    return TraceReader.build(Language.GO, List.of(draft), type, message);
  }

  private static void testify(Draft draft, String line) {
    Matcher at = TESTIFY.matcher(line);
    Matcher error = TESTIFY_ERROR.matcher(line);
    if (at.matches()) {
      add(draft, "", at.group(1), at.group(2));
    } else {
      draft.messageLine(error.matches() ? error.group(1) : line.strip());
    }
  }

  private static void add(Draft draft, String call, String file, String line) {
    String scope = "";
    String function = "";
    if (!call.isEmpty()) {
      Matcher parts = CALL.matcher(call);
      if (parts.matches()) {
        scope = parts.group(1);
        function = parts.group(2);
      }
    }
    draft.frame(new Frame(scope, function, file, TraceReader.number(line)));
  }
}
