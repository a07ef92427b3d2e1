package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.scan.ByteText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A case of one attempt while it is read. Not thread-safe. */
final class CaseDraft {

  private static final int LONGEST = 4 * Attempt.LONGEST_DETAIL;

  String suite = "";
  String name = "";
  Result result = Result.PASSED;
  Optional<Duration> took = Optional.empty();
  @Nullable String type;
  @Nullable String message;
  @Nullable String file;
  @Nullable String line;
  private final ByteText nameText = new ByteText(4 * Texts.LONGEST_NAME);
  private final ByteText messageText = new ByteText(LONGEST);
  private final ByteText detailText = new ByteText(LONGEST);
  private String detail = "";

  /** Gathers the name, where that is a text. */
  ByteText nameText() {
    return nameText;
  }

  /** Gathers the message. */
  ByteText messageText() {
    return messageText;
  }

  /** Gathers what else is said. */
  ByteText detailText() {
    return detailText;
  }

  void detail(String text) {
    detail = text;
  }

  /** Adds a line to what else is said. */
  void more(String text) {
    detail = detail.isBlank() ? text : detail.stripTrailing() + "\n" + text;
  }

  TestCase build() {
    return build(false);
  }

  /** The case; of a whole suite where it stands for something outside every test. */
  TestCase build(boolean wholeSuite) {
    String said = message == null ? messageText.toString().strip() : message;
    String more = (detailText + detail).strip();
    String all = said.indexOf('\n') >= 0 && !more.contains(said) ? (said + "\n" + more) : more;
    String first = Texts.firstLine(said.isEmpty() ? more : said);
    boolean plain = result == Result.PASSED;
    Attempt attempt =
        plain
            ? Attempt.passed(took.orElse(Duration.ZERO))
            : new Attempt(
                result,
                took.orElse(Duration.ZERO),
                type == null || type.isBlank() ? null : Texts.cut(type),
                first == null ? null : Texts.cut(first),
                all.isBlank() ? null : Attempt.cut(all.strip()));
    return new TestCase(
        Texts.cut(suite.strip()),
        name.isBlank() ? "(unnamed)" : Texts.cut(name.strip()),
        wholeSuite,
        result,
        List.of(attempt),
        took,
        labels());
  }

  private Map<String, String> labels() {
    String where = file;
    if (where == null || where.isBlank()) {
      return Map.of();
    }
    String number = line;
    return number == null || Numbers.whole(number).isEmpty()
        ? Map.of("file", Texts.cut(where))
        : Map.of("file", Texts.cut(where), "line", number);
  }
}
