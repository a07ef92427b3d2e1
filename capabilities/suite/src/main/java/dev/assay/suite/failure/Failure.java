package dev.assay.suite.failure;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.evidence.Outcome;
import dev.assay.suite.git.ProjectCode;
import dev.assay.suite.trace.Frame;
import dev.assay.suite.trace.Trace;
import dev.assay.suite.trace.TraceReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one test failed with, and the fingerprint of it, which is the same for the same failure in
 * another run, another build and, where the project's code below the test threw, another test.
 *
 * <p>The fingerprint is made of the types of the whole chain of exceptions, the shapes of their
 * messages, what kinds of values an assertion compared, and the names of the project's topmost
 * functions below the test. Lines and values are not in it. Immutable.
 *
 * @param test which test
 * @param attempt the attempt that failed
 * @param labels of its outcome
 * @param trace what was thrown
 * @param frames those of the project in the stack of the root cause, or, where that has none, of
 *     the exceptions around it; the innermost first
 */
public record Failure(
    TestId test, Attempt attempt, Map<String, String> labels, Trace trace, List<Placed> frames) {

  /** The label of an outcome that has the fingerprint of its failure. */
  public static final String FINGERPRINT = "fingerprint";

  /** The label of an outcome that has the place in the project where it failed. */
  public static final String PLACE = "failed at";

  /** The label with the owners of that file by the repository's CODEOWNERS, blanks between them. */
  public static final String OWNERS = "owners";

  private static final int TOP = 3;

  /** Copies the collections. */
  public Failure {
    labels = Map.copyOf(labels);
    frames = List.copyOf(frames);
  }

  /** What an outcome failed with last; its result must be a failure. */
  public static Failure of(Outcome outcome, ProjectCode code) {
    Attempt failed =
        outcome.attempts().stream()
            .filter(attempt -> attempt.result().failure())
            .reduce((earlier, later) -> later)
            .orElseThrow(() -> new IllegalArgumentException("no attempt failed"));
    return of(
        new TestId(outcome.check(), outcome.suite(), outcome.name()),
        failed,
        outcome.labels(),
        code);
  }

  /** What an attempt failed with. */
  public static Failure of(
      TestId test, Attempt attempt, Map<String, String> labels, ProjectCode code) {
    Trace trace = TraceReader.read(attempt.type(), attempt.message(), attempt.detail());
    List<Placed> frames = new ArrayList<>();
    for (int i = trace.chain().size() - 1; i >= 0 && frames.isEmpty(); i--) {
      for (Frame frame : trace.chain().get(i).frames()) {
        if (code.owns(trace.language(), frame)) {
          frames.add(new Placed(frame, code.find(trace.language(), frame).orElse("")));
        }
      }
    }
    return new Failure(test, attempt, labels, trace, frames);
  }

  /** The types of the chain, which failures of one cluster have in common. */
  public List<String> chain() {
    return trace.types();
  }

  /** What the root cause says. */
  String message() {
    return trace.root().message();
  }

  /** The project's topmost functions below the test; the test's own where there are none. */
  List<String> top() {
    List<String> below = new ArrayList<>();
    Set<String> all = new LinkedHashSet<>();
    for (Placed placed : frames) {
      all.add(placed.stable());
      if (!ofTest(placed) && below.size() < TOP && !below.contains(placed.stable())) {
        below.add(placed.stable());
      }
    }
    return below.isEmpty() ? all.stream().limit(1).toList() : below;
  }

  private boolean ofTest(Placed placed) {
    return placed.test()
        || !test.suite().isEmpty() && placed.frame().scope().startsWith(test.suite());
  }

  /** Whether {@link #top} is of the project's code below the test. */
  boolean belowTest() {
    return frames.stream().anyMatch(placed -> !ofTest(placed));
  }

  /** Where in the project it failed: below the test if there, else in the test. */
  public java.util.Optional<Placed> place() {
    return frames.stream()
        .filter(placed -> !ofTest(placed))
        .findFirst()
        .or(() -> frames.stream().findFirst());
  }

  /** What was compared, where an assertion failed. */
  java.util.Optional<Comparison> comparison() {
    return Comparison.in(message()).or(() -> Comparison.in(trace.chain().getFirst().message()));
  }

  /** 16 hexadecimal digits; those that were noted when the test ran, where they were. */
  public String fingerprint() {
    String noted = labels.get(FINGERPRINT);
    if (noted != null && noted.matches("[0-9a-f]{16}")) {
      return noted;
    }
    StringBuilder text = new StringBuilder("failure/1");
    trace
        .chain()
        .forEach(thrown ->
            text.append('\n').append(thrown.type()).append(' ').append(shape(thrown.message())));
    top().forEach(name -> text.append("\nat ").append(name));
    boolean little = top().isEmpty() && MessageShape.shape(message()).length() < 3;
    if (little) {
      text.append("\nof ").append(test.suite()).append(' ').append(test.name());
    }
    return EvidenceCodec.sha256(text.toString()).substring(0, 16);
  }

  private static String shape(String message) {
    return Comparison.in(message)
        .map(compared -> "compares " + compared.shape() + " in " + head(message))
        .orElseGet(() -> MessageShape.shape(message));
  }

  /** What an assertion says before the values, which may be of any length. */
  private static String head(String message) {
    String shape = MessageShape.shape(message.lines().findFirst().orElse(""));
    return shape.length() > 80 ? shape.substring(0, 80) : shape;
  }

  /** One line for people: the root cause and what it says. */
  public String title() {
    String type = trace.root().shortType();
    String said =
        message().lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("");
    String line = type.isEmpty() ? said : said.isEmpty() ? type : type + ": " + said;
    String text = line.isEmpty() ? "no reason is given" : line;
    return text.length() > 300 ? text.substring(0, 299) + "…" : text;
  }
}
