package dev.assay.suite.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stack traces of .NET, also those that are not English. */
final class DotnetTraces {

  /** {@code at Shop.Order.Total(Int32 a) in /src/Order.cs:line 12}. */
  private static final Pattern FRAME =
      Pattern.compile(
          "\\s*(?:at|bei|à|en|в|в) ([\\p{L}\\p{N}_.`+<>|\\[\\],$]+)\\.([\\p{L}\\p{N}_`<>|.\\[\\],$]+)"
              + "\\(([^()]*)\\)(?: (?:in|dans|в) (.{1,1000}?):(?:line|Zeile|ligne|línea|строка) (\\d{1,9})\\.?)?\\s*");

  private static final Pattern JAVA_PLACE =
      Pattern.compile("[\\w$]+\\.\\w+(?::\\d+)?|Native Method|Unknown Source");
  private static final String INNER = "---> ";
  private static final Pattern XUNIT_INNER = Pattern.compile("-{4} (\\S+) : (.*)");

  private DotnetTraces() {}

  static Trace read(List<String> lines, String type, String message) {
    List<Draft> drafts = new ArrayList<>();
    Deque<Draft> outer = new ArrayDeque<>();
    Draft current = new Draft();
    drafts.add(current);
    boolean first = true;
    for (String line : lines) {
      String text = line.strip();
      Matcher inner = XUNIT_INNER.matcher(text);
      if (text.startsWith(INNER) || inner.matches()) {
        outer.push(current);
        current = new Draft();
        drafts.add(current);
        boolean xunit = !text.startsWith(INNER);
        current.header(
            xunit ? inner.group(1) + ": " + inner.group(2) : text.substring(INNER.length()));
      } else if (text.startsWith("--- ") && text.endsWith(" ---") || text.startsWith("-----")) {
        if (!outer.isEmpty() && !text.contains("previous location")) {
          current = text.startsWith("-----") ? drafts.getLast() : outer.pop();
        }
      } else if (!frame(current, line) && !current.framed()) {
        if (first && current.header(text.replaceFirst("^(\\S+) : ", "$1: "))) {
          first = false;
          continue;
        }
        int arrow = text.indexOf(" " + INNER);
        current.messageLine(arrow < 0 ? line : text.substring(0, arrow));
      }
      first = false;
    }
    return TraceReader.build(Language.DOTNET, drafts, type, message);
  }

  private static boolean frame(Draft draft, String line) {
    Matcher matcher = FRAME.matcher(line);
    if (!matcher.matches()) {
      return false;
    }
    boolean placed = matcher.group(4) != null;
    if (!placed && JAVA_PLACE.matcher(matcher.group(3)).matches()) {
      return false;
    }
    draft.frame(
        new Frame(
            matcher.group(1),
            matcher.group(2),
            placed ? matcher.group(4) : "",
            TraceReader.number(matcher.group(5))));
    return true;
  }
}
