package dev.assay.suite.trace;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Panics of Rust, with or without a backtrace. */
final class RustTraces {

  /** Since 1.73 the message is on the lines after. */
  private static final Pattern PANICKED =
      Pattern.compile(
          "\\s*thread '[^']{0,300}'(?: \\(\\d+\\))? panicked at ([^\\s']{1,500}):(\\d{1,9}):\\d{1,9}:?\\s*");

  private static final Pattern PANICKED_BEFORE =
      Pattern.compile(
          "\\s*thread '[^']{0,300}' panicked at '(.{0,1500})', (\\S{1,500}):(\\d{1,9}):\\d{1,9}\\s*");
  private static final Pattern CALL = Pattern.compile("\\s*\\d{1,4}: (?:0x[0-9a-f]+ - )?(\\S.*)");
  private static final Pattern PLACE =
      Pattern.compile("\\s+at (\\S{1,1000}?):(\\d{1,9})(?::\\d{1,9})?\\s*");

  private RustTraces() {}

  static Trace read(List<String> lines, String type, String message) {
    Draft draft = new Draft();
    Frame panicked = null;
    String call = "";
    boolean says = false;
    for (String line : lines) {
      Matcher now = PANICKED.matcher(line);
      Matcher before = PANICKED_BEFORE.matcher(line);
      Matcher called = CALL.matcher(line);
      Matcher place = PLACE.matcher(line);
      if (panicked == null && now.matches()) {
        panicked = new Frame("", "", now.group(1), TraceReader.number(now.group(2)));
        says = true;
      } else if (panicked == null && before.matches()) {
        panicked = new Frame("", "", before.group(2), TraceReader.number(before.group(3)));
        draft.messageLine(before.group(1));
      } else if (line.startsWith("stack backtrace:") || line.startsWith("note: ")) {
        says = false;
      } else if (says) {
        draft.messageLine(line);
      } else if (panicked != null && called.matches()) {
        call = called.group(1);
      } else if (panicked != null && place.matches() && !call.isEmpty()) {
        add(draft, call, place.group(1), place.group(2));
        call = "";
      }
    }
    if (panicked != null) {
      draft.type("panic");
      if (!draft.framed()) {
        draft.frame(panicked);
      }
    }
    return TraceReader.build(Language.RUST, List.of(draft), type, message);
  }

  private static void add(Draft draft, String call, String file, String line) {
    String name = call.replaceFirst("::h[0-9a-f]{16}$", "");
    int end = name.lastIndexOf("::");
    draft.frame(
        new Frame(
            end < 0 ? "" : name.substring(0, end),
            end < 0 ? name : name.substring(end + 2),
            file,
            TraceReader.number(line)));
  }
}
