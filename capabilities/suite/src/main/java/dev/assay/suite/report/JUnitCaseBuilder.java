package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.scan.ByteText;
import dev.assay.suite.scan.XmlScanner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers one case while its element is read. Not thread-safe. */
final class JUnitCaseBuilder {

  private static final int MOST_ATTEMPTS = 100;
  private static final int LONGEST_OUTPUT = 8_192;
  private static final int LONGEST_ACCOUNT = 4 * Attempt.LONGEST_DETAIL;
  private static final Set<String> NOT_RUN =
      Set.of("notrun", "disabled", "skipped", "ignored", "pending", "suppressed", "todo");
  private static final Set<String> FAILED = Set.of("failed", "failure", "fail");
  private static final Set<String> BROKEN =
      Set.of("error", "errored", "broken", "aborted", "timeout", "timedout", "crashed");

  /** A failure that is being read. */
  private static final class Trouble {
    final String element;
    final @Nullable String type;
    final @Nullable String message;
    final Duration took;
    final ByteText text = new ByteText(LONGEST_ACCOUNT);

    Trouble(String element, XmlScanner xml) {
      this.element = element;
      this.type = stripped(xml.attribute("type"));
      this.message = stripped(xml.attribute("message"));
      this.took = Seconds.parse(xml.attribute("time")).orElse(Duration.ZERO);
    }

    Result result() {
      return element.endsWith("rror") ? Result.ERROR : Result.FAILED;
    }

    /** What is said about it: the text, after the message where that has lines. */
    String account() {
      String trace = text.toString().strip();
      boolean lines = message != null && message.indexOf('\n') >= 0 && !trace.contains(message);
      return lines ? (message + "\n" + trace).strip() : trace;
    }

    Attempt attempt(Duration duration, String output) {
      String account = account();
      String said = Texts.firstLine(message == null ? account : message);
      String detail = (account + output).strip();
      return new Attempt(
          result(),
          duration,
          type,
          said == null ? null : Texts.cut(said),
          detail.isEmpty() ? null : Attempt.cut(detail));
    }
  }

  /** Where a case writes to, kept between cases as most are never looked at. */
  static final class Outputs {
    private final Map<String, ByteText> byElement = new LinkedHashMap<>();

    void clear() {
      byElement.values().forEach(ByteText::clear);
    }

    ByteText of(String element) {
      return byElement.computeIfAbsent(element, each -> new ByteText(LONGEST_OUTPUT));
    }

    String text() {
      StringBuilder text = new StringBuilder();
      byElement.forEach((element, output) -> {
        if (!output.toString().isBlank()) {
          text.append("\n--- ").append(element).append(" ---\n").append(output.toString().strip());
        }
      });
      return text.toString();
    }
  }

  private final @Nullable JUnitCaseBuilder around;
  private final Outputs outputs;
  private final boolean wholeSuite;
  private final String path;
  private @Nullable String name;
  private @Nullable String owner;
  private @Nullable String file;
  private @Nullable String line;
  private @Nullable String claim;
  private Optional<Duration> took = Optional.empty();
  private List<Trouble> flaky = List.of();
  private List<Trouble> first = List.of();
  private List<Trouble> reruns = List.of();
  private @Nullable Trouble reading;
  private boolean skipped;
  private @Nullable String skipMessage;
  private @Nullable String skipType;
  private @Nullable ByteText skipText;

  private JUnitCaseBuilder(
      @Nullable JUnitCaseBuilder around, JUnitSuites suites, boolean wholeSuite) {
    this.around = around;
    this.outputs = around == null && !wholeSuite ? suites.outputs() : new Outputs();
    this.wholeSuite = wholeSuite;
    this.path = suites.path();
    this.file = suites.file();
    outputs.clear();
  }

  /** For the case that just began, inside another one or in none. */
  static JUnitCaseBuilder of(
      XmlScanner xml, JUnitSuites suites, @Nullable JUnitCaseBuilder around) {
    JUnitCaseBuilder builder = new JUnitCaseBuilder(around, suites, false);
    for (int i = 0; i < xml.attributes(); i++) {
      builder.attribute(xml.attributeName(i), xml, i);
    }
    return builder;
  }

  /** For a failure that stands in the suite itself. */
  static JUnitCaseBuilder ofSuite(JUnitSuites suites) {
    return new JUnitCaseBuilder(null, suites, true);
  }

  private void attribute(String attribute, XmlScanner xml, int index) {
    switch (attribute) {
      case "name" -> name = stripped(xml.attribute(index));
      case "classname" -> owner = stripped(xml.attribute(index));
      case "class" -> owner = owner == null ? stripped(xml.attribute(index)) : owner;
      case "file" -> {
        String own = stripped(xml.attribute(index));
        file = own == null ? file : own;
      }
      case "line" -> line = stripped(xml.attribute(index));
      case "time" -> took = Seconds.parse(xml.attribute(index));
      case "status", "result" -> claim(xml.attribute(index));
      case "executed" -> claim("false".equalsIgnoreCase(xml.attribute(index)) ? "notrun" : "");
      case "success" -> claim("false".equalsIgnoreCase(xml.attribute(index)) ? "failed" : "");
      default -> {
        // nothing that is shown
      }
    }
  }

  /** What attributes alone say, for runners that write no element for it; the worst counts. */
  private void claim(String value) {
    String word = letters(value);
    boolean broken = FAILED.contains(word) || BROKEN.contains(word);
    if (broken || (claim == null && NOT_RUN.contains(word))) {
      claim = word;
    }
  }

  private static String letters(String value) {
    boolean plain = true;
    for (int i = 0; i < value.length() && plain; i++) {
      plain = value.charAt(i) >= 'a' && value.charAt(i) <= 'z';
    }
    return plain ? value : value.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }

  private static @Nullable String stripped(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }

  boolean wholeSuite() {
    return wholeSuite;
  }

  /** The case that this one stands in. */
  @Nullable JUnitCaseBuilder around() {
    return around;
  }

  /** Whether it has failed for sure, whatever else would have come. */
  boolean failed() {
    return !first.isEmpty();
  }

  // ---- what is read

  void trouble(String element, XmlScanner xml) {
    Trouble trouble = new Trouble(element, xml);
    if (element.startsWith("flaky")) {
      flaky = with(flaky, trouble);
    } else if (element.startsWith("rerun")) {
      reruns = with(reruns, trouble);
    } else {
      first = with(first, trouble);
    }
    reading = trouble;
    xml.listen(trouble.text);
  }

  private static List<Trouble> with(List<Trouble> list, Trouble trouble) {
    List<Trouble> longer = list.isEmpty() ? new ArrayList<>(2) : list;
    if (longer.size() < MOST_ATTEMPTS) {
      longer.add(trouble);
    }
    return longer;
  }

  void skip(XmlScanner xml) {
    skipped = true;
    skipMessage = stripped(xml.attribute("message"));
    skipType = stripped(xml.attribute("type"));
    ByteText text = new ByteText(Texts.LONGEST_NAME);
    skipText = text;
    xml.listen(text);
  }

  void output(String element, XmlScanner xml) {
    // the output of an attempt stands inside its element; only that of the case itself is kept
    xml.listen(reading != null ? null : outputs.of(element));
  }

  void end(String element, XmlScanner xml) {
    Trouble current = reading;
    if (current == null) {
      xml.listen(null);
    } else if (element.equals(current.element)) {
      xml.noteForeign(current.text);
      reading = null;
      xml.listen(null);
    } else {
      xml.listen(current.text);
    }
  }

  // ---- what comes of it

  TestCase build() {
    Duration time = took.orElse(Duration.ZERO);
    String suite = owner == null ? path : owner;
    String called = name;
    if (called == null) {
      called = wholeSuite ? "(whole suite)" : owner == null ? "(unnamed)" : "(whole class)";
    }
    List<Attempt> attempts = attempts(time);
    Result result = attempts.getLast().result();
    if (result.failure() && !first.isEmpty()) {
      result = combined();
    }
    return new TestCase(
        Texts.cut(suite), Texts.cut(called), wholeSuite, result, attempts, took, labels());
  }

  private Map<String, String> labels() {
    String where = file;
    if (where == null || where.isBlank()) {
      return Map.of();
    }
    String number = line;
    String shown = Texts.cut(where.strip());
    return number != null && Numbers.whole(number).isPresent()
        ? Map.of("file", shown, "line", number)
        : Map.of("file", shown);
  }

  private List<Attempt> attempts(Duration time) {
    if (flaky.isEmpty() && first.isEmpty() && reruns.isEmpty()) {
      return List.of(ending(time));
    }
    List<Attempt> attempts = new ArrayList<>();
    for (Trouble trouble : flaky) {
      attempts.add(trouble.attempt(trouble.took, ""));
    }
    if (!first.isEmpty()) {
      attempts.add(first(time));
    }
    for (Trouble trouble : reruns) {
      attempts.add(trouble.attempt(trouble.took, ""));
    }
    if (first.isEmpty()) {
      attempts.add(ending(time)); // reruns without a first failure have not decided the case
    }
    return attempts;
  }

  private Attempt ending(Duration time) {
    if (skipped) {
      ByteText text = skipText;
      String why =
          skipMessage == null && text != null ? Texts.firstLine(text.toString()) : skipMessage;
      return new Attempt(Result.SKIPPED, time, skipType, why == null ? null : Texts.cut(why), null);
    }
    String word = claim;
    if (word == null) {
      return Attempt.passed(time);
    }
    if (NOT_RUN.contains(word)) {
      return new Attempt(Result.SKIPPED, time, null, word, null);
    }
    String output = outputs.text();
    return new Attempt(
        FAILED.contains(word) ? Result.FAILED : Result.ERROR,
        time,
        word,
        "the report says '" + word + "' and nothing more",
        output.isBlank() ? null : output);
  }

  /** Of a failure and an error in one case the error counts, as it is the worse. */
  private Result combined() {
    return first.stream().anyMatch(trouble -> trouble.result() == Result.ERROR)
        ? Result.ERROR
        : Result.FAILED;
  }

  /** Several failures of one attempt, as GoogleTest writes them, are one attempt. */
  private Attempt first(Duration time) {
    Attempt one = first.getFirst().attempt(time, first.size() == 1 ? outputs.text() : "");
    if (first.size() == 1) {
      return one;
    }
    StringBuilder detail = new StringBuilder();
    for (Trouble trouble : first) {
      Attempt part = trouble.attempt(time, "");
      if (detail.length() < Attempt.LONGEST_DETAIL) {
        detail.append(part.detail() == null ? part.message() : part.detail()).append('\n');
      }
    }
    String message = first.size() + " failures, the first: " + one.message();
    return new Attempt(
        combined(),
        time,
        one.type(),
        Texts.cut(message),
        Attempt.cut(detail.toString().strip() + outputs.text()));
  }
}
