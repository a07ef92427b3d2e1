package dev.assay.suite.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stack traces of JavaScript: V8, Firefox and Safari, and what Vitest makes of them. */
final class ScriptTraces {

  private static final Pattern V8_NAMED =
      Pattern.compile(
          "\\s*at (?:async )?(?:new )?([^()]{1,300}?) \\((.{1,1000}?)(?::(\\d{1,9}))?(?::\\d{1,9})?\\)(?: \\{)?\\s*");
  private static final Pattern V8_BARE =
      Pattern.compile("\\s*at (?:async )?(\\S{1,1000}?):(\\d{1,9}):\\d{1,9}(?: \\{)?\\s*");
  private static final Pattern GECKO =
      Pattern.compile("\\s*([\\w$.<>/*]*)@(\\S{1,1000}?):(\\d{1,9}):\\d{1,9}\\s*");
  private static final Pattern VITEST =
      Pattern.compile("\\s*❯ (?:(\\S+) )?(\\S{1,1000}?):(\\d{1,9}):\\d{1,9}\\s*");
  private static final Pattern CAUSE = Pattern.compile("\\s*(?:\\[cause]:|cause:|Caused by:) (.*)");

  /** Node's runner wraps what a test threw, and says nothing by it. */
  private static final String NODE_WRAPPER = "[ERR_TEST_FAILURE]";

  private ScriptTraces() {}

  static Trace read(List<String> lines, String type, String message) {
    List<Draft> drafts = new ArrayList<>();
    Draft current = new Draft();
    drafts.add(current);
    for (String line : lines) {
      Matcher cause = CAUSE.matcher(line);
      if (cause.matches() && (current.framed() || current.typed())) {
        current = new Draft();
        drafts.add(current);
        String text = cause.group(1).replaceFirst(" \\{$", "");
        if (!current.header(text)) {
          current.messageLine(text);
        }
      } else if (!frame(current, line) && !current.framed()) {
        boolean header = !current.typed() && current.header(line.strip());
        if (!header) {
          current.messageLine(line);
        }
      }
    }
    boolean wrapped = drafts.size() > 1 && lines.getFirst().contains(NODE_WRAPPER);
    return TraceReader.build(
        Language.JAVASCRIPT,
        wrapped ? drafts.subList(1, drafts.size()) : drafts,
        wrapped ? "" : type,
        message);
  }

  private static boolean frame(Draft draft, String line) {
    Matcher named = V8_NAMED.matcher(line);
    if (named.matches()) {
      boolean place =
          named.group(3) != null
              || named.group(2).equals("<anonymous>")
              || named.group(2).equals("native");
      if (place) {
        add(draft, named.group(1), named.group(2), named.group(3));
      }
      return place;
    }
    Matcher bare = V8_BARE.matcher(line);
    if (bare.matches()) {
      add(draft, "", bare.group(1), bare.group(2));
      return true;
    }
    Matcher vitest = VITEST.matcher(line);
    if (vitest.matches()) {
      String name = vitest.group(1);
      add(draft, name == null ? "" : name, vitest.group(2), vitest.group(3));
      return true;
    }
    Matcher gecko = GECKO.matcher(line);
    if (gecko.matches()) {
      add(draft, gecko.group(1), gecko.group(2), gecko.group(3));
      return true;
    }
    return false;
  }

  private static void add(Draft draft, String function, String file, String line) {
    String path =
        file.replaceFirst("^(?:file|webpack(?:-internal)?)://(?:/(?=\\.|[A-Za-z]:))?", "");
    String name = function.replaceFirst(" \\[as .*]$", "").replace("Object.<anonymous>", "");
    draft.frame(new Frame("", name, path, TraceReader.number(line)));
  }
}
