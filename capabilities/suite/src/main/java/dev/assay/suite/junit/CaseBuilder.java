package dev.assay.suite.junit;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Attempt.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Gathers one case while its element is read. Not thread-safe. */
final class CaseBuilder {

  private static final int MOST_ATTEMPTS = 100;
  private static final int LONGEST_OUTPUT = 8_192;
  private static final int LONGEST_NAME = 2_000;
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
    final BoundedText text = new BoundedText(Attempt.LONGEST_DETAIL + 1);

    Trouble(String element, @Nullable String type, @Nullable String message, Duration took) {
      this.element = element;
      this.type = type;
      this.message = message;
      this.took = took;
    }

    /**
     * What is said about it, without any output: the text, after the message where that has lines.
     */
    String account() {
      String trace = text.toString().strip();
      boolean lines = message != null && message.indexOf('\n') >= 0 && !trace.contains(message);
      return lines ? (message + "\n" + trace).strip() : trace;
    }

    Attempt attempt(Duration duration, String output) {
      String account = account();
      String said = firstLine(message == null ? account : message);
      String detail = (account + output).strip();
      return new Attempt(
          element.endsWith("rror") ? Result.ERROR : Result.FAILED,
          duration,
          type,
          said == null ? null : cut(said),
          detail.isEmpty() ? null : Attempt.cut(detail));
    }
  }

  private final String suite;
  private final String name;
  private final boolean ofWholeSuite;
  private final Optional<Duration> took;
  private final Map<String, String> labels;
  private final @Nullable String claim;
  private final List<Trouble> flaky = new ArrayList<>();
  private final List<Trouble> first = new ArrayList<>();
  private final List<Trouble> reruns = new ArrayList<>();
  private final Map<String, BoundedText> outputs = new LinkedHashMap<>();
  private @Nullable Trouble reading;
  private @Nullable BoundedText listening;
  private boolean skipped;
  private @Nullable String skipMessage;
  private @Nullable String skipType;
  private BoundedText skipText = new BoundedText(LONGEST_NAME);

  private CaseBuilder(
      String suite,
      String name,
      boolean ofWholeSuite,
      Optional<Duration> took,
      Map<String, String> labels,
      @Nullable String claim) {
    this.suite = cut(suite);
    this.name = cut(name);
    this.ofWholeSuite = ofWholeSuite;
    this.took = took;
    this.labels = labels;
    this.claim = claim;
  }

  static CaseBuilder of(XMLStreamReader xml, Deque<SuiteTotals> suites) {
    Map<String, String> labels = new LinkedHashMap<>();
    String file = attribute(xml, "file");
    if (file == null && !suites.isEmpty()) {
      file = suites.peek().file();
    }
    if (file != null && !file.isBlank()) {
      labels.put("file", cut(file.strip()));
    }
    String line = attribute(xml, "line");
    if (line != null && line.matches("\\d{1,9}")) {
      labels.put("line", line);
    }
    String owner = attribute(xml, "classname");
    if (owner == null) {
      owner = attribute(xml, "class");
    }
    String name = attribute(xml, "name");
    return new CaseBuilder(
        owner == null ? path(suites) : owner,
        name == null ? (owner == null ? "(unnamed)" : "(whole class)") : name,
        false,
        JUnitTime.parse(xml.getAttributeValue(null, "time")),
        labels,
        claim(xml));
  }

  /** For a failure that stands in the suite itself. */
  static CaseBuilder ofSuite(Deque<SuiteTotals> suites) {
    return new CaseBuilder(path(suites), "(whole suite)", true, Optional.empty(), Map.of(), null);
  }

  private static String path(Deque<SuiteTotals> suites) {
    Iterable<SuiteTotals> outermostFirst = suites::descendingIterator;
    return StreamSupport.stream(outermostFirst.spliterator(), false)
        .map(SuiteTotals::name)
        .filter(name -> !name.isBlank())
        .distinct()
        .collect(Collectors.joining(" > "));
  }

  /** What attributes alone say, for runners that write no element for it. */
  private static @Nullable String claim(XMLStreamReader xml) {
    for (String attribute : List.of("status", "result")) {
      String value = attribute(xml, attribute);
      String word = value == null ? "" : value.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
      if (NOT_RUN.contains(word) || FAILED.contains(word) || BROKEN.contains(word)) {
        return word;
      }
    }
    if ("false".equalsIgnoreCase(attribute(xml, "executed"))) {
      return "notrun";
    }
    return "false".equalsIgnoreCase(attribute(xml, "success")) ? "failed" : null;
  }

  private static @Nullable String attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  boolean ofWholeSuite() {
    return ofWholeSuite;
  }

  /** Whether it has failed for sure, whatever else would have come. */
  boolean failed() {
    return !first.isEmpty();
  }

  // ---- what is read

  void trouble(String element, XMLStreamReader xml) {
    Trouble trouble =
        new Trouble(
            element,
            attribute(xml, "type"),
            attribute(xml, "message"),
            JUnitTime.parse(xml.getAttributeValue(null, "time")).orElse(Duration.ZERO));
    List<Trouble> kind =
        element.startsWith("flaky") ? flaky : element.startsWith("rerun") ? reruns : first;
    if (kind.size() < MOST_ATTEMPTS) {
      kind.add(trouble);
    }
    reading = trouble;
    listening = trouble.text;
  }

  void skip(XMLStreamReader xml) {
    skipped = true;
    skipMessage = attribute(xml, "message");
    skipType = attribute(xml, "type");
    listening = skipText;
  }

  void output(String element) {
    // the output of an attempt stands inside its element; only that of the case itself is kept
    listening =
        reading != null
            ? null
            : outputs.computeIfAbsent(element, each -> new BoundedText(LONGEST_OUTPUT));
  }

  void end(String element) {
    Trouble current = reading;
    if (current == null) {
      listening = null;
    } else if (element.equals(current.element)) {
      reading = null;
      listening = null;
    } else {
      listening = current.text;
    }
  }

  boolean listens() {
    return listening != null;
  }

  void characters(char[] text, int start, int length) {
    BoundedText target = listening;
    if (target != null) {
      target.append(text, start, length);
    }
  }

  // ---- what comes of it

  JUnitCase build() {
    List<Attempt> attempts = new ArrayList<>();
    for (Trouble trouble : flaky) {
      attempts.add(trouble.attempt(trouble.took, ""));
    }
    Duration time = took.orElse(Duration.ZERO);
    if (!first.isEmpty()) {
      attempts.add(combined(time));
    }
    for (Trouble trouble : reruns) {
      attempts.add(trouble.attempt(trouble.took, ""));
    }
    if (first.isEmpty() && reruns.isEmpty()) {
      attempts.add(ending(time));
    }
    return new JUnitCase(suite, name, attempts, took.isPresent(), labels);
  }

  private Attempt ending(Duration time) {
    if (skipped) {
      String why = skipMessage == null ? firstLine(skipText.toString()) : skipMessage;
      return new Attempt(Result.SKIPPED, time, skipType, why == null ? null : cut(why), null);
    }
    String word = claim;
    if (word == null) {
      return Attempt.passed(time);
    }
    if (NOT_RUN.contains(word)) {
      return new Attempt(Result.SKIPPED, time, null, word, null);
    }
    return new Attempt(
        FAILED.contains(word) ? Result.FAILED : Result.ERROR,
        time,
        word,
        "the report says '" + word + "' and nothing more",
        output().isBlank() ? null : output());
  }

  /** Several failures of one attempt, as GoogleTest writes them, are one attempt. */
  private Attempt combined(Duration time) {
    Attempt one = first.getFirst().attempt(time, first.size() == 1 ? output() : "");
    if (first.size() == 1) {
      return one;
    }
    StringBuilder detail = new StringBuilder();
    Result result = Result.ERROR;
    for (Trouble trouble : first) {
      Attempt part = trouble.attempt(time, "");
      result = part.result() == Result.FAILED ? Result.FAILED : result;
      if (detail.length() < Attempt.LONGEST_DETAIL) {
        detail.append(part.detail() == null ? part.message() : part.detail()).append('\n');
      }
    }
    String message = first.size() + " failures, the first: " + one.message();
    return new Attempt(
        result, time, one.type(), cut(message), Attempt.cut(detail.toString().strip() + output()));
  }

  private String output() {
    StringBuilder text = new StringBuilder();
    outputs.forEach((element, output) -> {
      if (!output.toString().isBlank()) {
        text.append("\n--- ").append(element).append(" ---\n").append(output.toString().strip());
      }
    });
    return text.toString();
  }

  private static @Nullable String firstLine(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse(null);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "…";
  }
}
