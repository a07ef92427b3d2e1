package dev.assay.suite.failure;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an assertion compared, as far as its message says it in one of the forms that libraries use.
 *
 * @param expected what was wanted
 * @param actual what was there
 */
record Comparison(String expected, String actual) {

  private static final int LONGEST = 8_000;

  /** Where the first group is what was expected, in the order of trust. */
  private static final List<Pattern> EXPECTED_FIRST =
      List.of(
          pattern("expected:\\s*<(.*?)> but was:\\s*<(.*?)>"),
          pattern(
              "[Ee]xpected:?[ \\t]*(.*?)\\n\\s*(?:but was|But was|but):\\s*(?:was )?(.*?)(?:\\n|$)"),
          pattern("Expected:\\s*(.*?)\\n\\s*(?:Received|Actual|Was):\\s*(.*?)(?:\\n|$)"),
          pattern("expected\\s*: (.*?)\\n\\s*actual\\s*: (.*?)(?:\\n|$)"),
          pattern("expected \\[(.*?)] but found \\[(.*?)]"),
          pattern(
              "expected ([^\\n]{1,200}?),? (?:but )?(?:got|was|found|received) ([^\\n]{1,200}?)(?:\\n|$)"));

  /** Where the first group is what was there. */
  private static final List<Pattern> ACTUAL_FIRST =
      List.of(
          pattern("Expecting actual:\\s*(.*?)\\n\\s*to be equal to:\\s*(.*?)(?:\\n|$)"),
          pattern(
              "expected (.{1,500}?) to (?:deeply |strictly )?(?:be|equal|eql) (.{1,500}?)(?: //.*)?(?:\\n|$)"),
          pattern("left: (.*?)\\n\\s*right: (.*?)(?:\\n|$)"),
          pattern("\\bgot:? (.{1,500}?)[,;] (?:want|expected):? (.{1,500}?)(?:\\n|$)"),
          pattern("= (.{1,500}?)[,;] want (.{1,500}?)(?:\\n|$)"),
          pattern("\\bassert (.{1,500}?) == (.{1,500}?)(?:\\n|$)"),
          pattern("^(?:.*\\n+)?(\\S{1,200}) !==? (\\S{1,200})(?:\\n|$)"));

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.DOTALL);
  }

  /** Finds it. */
  static Optional<Comparison> in(String message) {
    String text = message.length() > LONGEST ? message.substring(0, LONGEST) : message;
    for (Pattern pattern : EXPECTED_FIRST) {
      Matcher matcher = pattern.matcher(text);
      if (matcher.find()) {
        return Optional.of(new Comparison(bare(matcher.group(1)), bare(matcher.group(2))));
      }
    }
    for (Pattern pattern : ACTUAL_FIRST) {
      Matcher matcher = pattern.matcher(text);
      if (matcher.find()) {
        return Optional.of(new Comparison(bare(matcher.group(2)), bare(matcher.group(1))));
      }
    }
    return Optional.empty();
  }

  /** Without quotes around it. */
  private static String bare(String text) {
    String value = text.strip();
    boolean quoted =
        value.length() > 1
            && "\"'`<".indexOf(value.charAt(0)) >= 0
            && (value.endsWith(value.substring(0, 1))
                || value.startsWith("<") && value.endsWith(">"));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** What kinds of values were compared: {@code number/number}, {@code text/null}. */
  String shape() {
    return kind(expected) + "/" + kind(actual);
  }

  private static String kind(String value) {
    String text = value.strip();
    if (text.matches("null|None|nil|undefined|<null>|<nil>")) {
      return "null";
    }
    if (text.matches("(?i)true|false")) {
      return "truth";
    }
    if (text.matches("[-+]?\\d[\\d.,_]*(?:[eE][-+]?\\d+)?[fFdDlLn]?")) {
      return "number";
    }
    if (text.startsWith("[") || text.startsWith("{") || text.startsWith("(")) {
      return "collection";
    }
    return text.isEmpty() ? "empty" : "text";
  }
}
