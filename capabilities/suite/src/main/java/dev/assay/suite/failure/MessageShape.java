package dev.assay.suite.failure;

import java.util.regex.Pattern;

/**
 * A message without what differs from run to run.
 *
 * <p>The <em>gist</em> keeps quoted values and numbers and loses only what changes by itself: ids,
 * addresses, moments, paths of temporary files. The <em>shape</em> loses those as well.
 */
final class MessageShape {

  private static final int LONGEST = 4_000;

  /** What is replaced by what, in this order. */
  private record Rule(Pattern pattern, String by) {
    Rule(String regex, String by) {
      this(Pattern.compile(regex), by);
    }
  }

  private static final String MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";

  private static final java.util.List<Rule> VOLATILE =
      java.util.List.of(
          new Rule("\u001b\\[[0-9;]*m", ""),
          new Rule("\\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\\b", "<id>"),
          new Rule("\\b[a-z][a-z0-9+.-]{1,10}://[^\\s'\"<>)\\]]+", "<url>"),
          new Rule(
              "\\b\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?(?:\\[[\\w/]+])?",
              "<time>"),
          new Rule(
              "\\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\\w*,? )?(?:\\d{1,2} "
                  + MONTHS
                  + "|"
                  + MONTHS
                  + " \\d{1,2})\\w*(?:,? \\d{4})?(?: \\d{2}:\\d{2}:\\d{2})?(?: [A-Z]{3,4})?(?: \\d{4})?",
              "<time>"),
          new Rule("\\b\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?\\b", "<time>"),
          new Rule("(?:\\b[\\w.-]+/)?\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{1,5})?\\b", "<address>"),
          new Rule("\\[?(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{0,4}]?(?::\\d{1,5})?", "<address>"),
          new Rule("\\b0x[0-9a-fA-F]+\\b", "<ref>"),
          new Rule("@[0-9a-f]{5,16}\\b", "@<ref>"),
          new Rule("\\b[A-Za-z]:\\\\[^\\s'\"<>:*?|]+", "<path>"),
          new Rule("(?<![\\w<.])~?(?:/[\\w.@+=%,-]+){2,}/?", "<path>"),
          new Rule("\\b(?=[0-9a-f]*\\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,64}\\b", "<id>"),
          new Rule(
              "\\b\\d+(?:\\.\\d+)? ?(?:ns|µs|us|ms|s|sec|seconds?|milliseconds?|minutes?)\\b",
              "<took>"),
          new Rule("\\b(?:port|pid|PID|thread|Thread|line)[ -=:#]?\\d+\\b", "<number>"),
          new Rule("\\s+", " "));

  private static final java.util.List<Rule> VALUES =
      java.util.List.of(
          new Rule("<(?!(?:id|url|time|address|ref|path|took|number)>)[^<>]*>", "<value>"),
          new Rule("\"[^\"]*\"", "<value>"),
          new Rule("'[^']*'", "<value>"),
          new Rule("`[^`]*`", "<value>"),
          new Rule("“[^”]*”", "<value>"),
          new Rule("[-+]?\\b\\d[\\d.,_]*(?:[eE][-+]?\\d+)?\\b", "<number>"));

  private MessageShape() {}

  /** The message without what changes by itself. */
  static String gist(String message) {
    String text = message.length() > LONGEST ? message.substring(0, LONGEST) : message;
    for (Rule rule : VOLATILE) {
      text = rule.pattern.matcher(text).replaceAll(rule.by);
    }
    return text.strip();
  }

  /** The message without any value. */
  static String shape(String message) {
    String text = gist(message);
    for (Rule rule : VALUES) {
      text = rule.pattern.matcher(text).replaceAll(rule.by);
    }
    return text.length() > 500 ? text.substring(0, 500) : text;
  }
}
