package dev.assay.suite.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stack traces of the JVM, as {@link Throwable#printStackTrace()} and test runners write them. */
final class JavaTraces {

  /** {@code at loader/module@version/package.Class.method(File.java:12)}. */
  private static final Pattern FRAME =
      Pattern.compile(
          "\\s*at (?:[\\w.@-]*/){0,3}([\\p{L}\\p{N}_.$ ]+)\\.([\\p{L}\\p{N}_$<>-]+)"
              + "\\(([^():]{1,200})(?::(\\d{1,9}))?\\)(?: ~?\\[.*])?\\s*");

  private static final String CAUSED = "Caused by: ";
  private static final String SUPPRESSED = "Suppressed: ";

  private JavaTraces() {}

  static Trace read(List<String> lines, String type, String message) {
    List<Draft> drafts = new ArrayList<>();
    Draft current = new Draft();
    drafts.add(current);
    boolean first = true;
    int suppressed = -1;
    for (String line : lines) {
      String text = line.strip();
      int indent = line.length() - line.stripLeading().length();
      if (suppressed >= 0) {
        boolean over = text.startsWith(CAUSED) && indent < suppressed;
        if (!over) {
          continue;
        }
        suppressed = -1;
      }
      if (text.startsWith(SUPPRESSED) && current.framed()) {
        suppressed = Math.max(1, indent);
      } else if (text.startsWith(CAUSED)) {
        current = new Draft();
        drafts.add(current);
        header(current, text.substring(CAUSED.length()));
      } else if (!frame(current, line) && !current.framed() && !text.startsWith("... ")) {
        if (first && current.header(text)) {
          first = false;
          continue;
        }
        current.messageLine(line);
      }
      first = false;
    }
    return TraceReader.build(Language.JAVA, drafts, type, message);
  }

  private static void header(Draft draft, String text) {
    if (draft.header(text)) {
      return;
    }
    int colon = text.indexOf(": ");
    draft.type(colon < 0 ? text : text.substring(0, colon));
    if (colon >= 0) {
      draft.messageLine(text.substring(colon + 2));
    }
  }

  private static boolean frame(Draft draft, String line) {
    Matcher matcher = FRAME.matcher(line);
    if (!matcher.matches()) {
      return false;
    }
    String file = matcher.group(3);
    boolean known = file.indexOf('.') > 0 && file.indexOf(' ') < 0 && file.indexOf(',') < 0;
    boolean unknown = file.equals("Native Method") || file.equals("Unknown Source");
    if (!known && !unknown) {
      return false; // the parameters of another language
    }
    draft.frame(
        new Frame(
            matcher.group(1),
            matcher.group(2),
            known ? file : "",
            TraceReader.number(matcher.group(4))));
    return true;
  }
}
