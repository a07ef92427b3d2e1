package dev.assay.suite.failure;

import dev.assay.suite.git.ProjectCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the text of a failure suggests. Every rule needs words that mean one thing, and gives them
 * as its reason; where none speaks, nothing is suggested.
 */
final class Suggestions {

  /** Words in a type or message, and what they mean. */
  private record Rule(Pattern words, String text) {
    Rule(String words, String text) {
      this(Pattern.compile(words, Pattern.CASE_INSENSITIVE), text);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "address already in use|EADDRINUSE|port \\d+ (?:is|was) already in use|Only one usage of each socket address",
              "another process listens there already: end it (`ss -ltnp` shows it), or let the test take a free port by asking for port 0"),
          new Rule(
              "connection refused|ECONNREFUSED|actively refused it",
              "nothing listens at that address: start what the test talks to, wait until it is ready, and compare host and port"),
          new Rule(
              "UnknownHostException|ENOTFOUND|EAI_AGAIN|getaddrinfo|Name or service not known|no such host|Temporary failure in name resolution",
              "the name of the host is not found from here: use an address that the test's surroundings know, or stand in for the host"),
          new Rule(
              "CertificateExpired|certificate has expired|NotAfter:|CERT_HAS_EXPIRED",
              "renew the certificate, or make it in the test with a long life"),
          new Rule(
              "PKIX path building failed|unable to find valid certification path|self.signed certificate|CERTIFICATE_VERIFY_FAILED|x509: certificate signed by unknown",
              "let the test trust the certificate's issuer"),
          new Rule(
              "OutOfMemoryError: Java heap|Java heap space|heap out of memory|OutOfMemoryException|MemoryError",
              "give the tests' process more memory (`-Xmx` in Surefire's argLine, `--max-old-space-size` for Node.js), or look for what is kept"),
          new Rule(
              "Metaspace",
              "give the tests' process more metaspace, or look for class loaders that are kept"),
          new Rule(
              "Too many open files|EMFILE",
              "look for files or sockets that are not closed; `ulimit -n` is the limit"),
          new Rule("No space left on device|ENOSPC|Disk quota exceeded", "make room on the disk"),
          new Rule(
              "Permission denied|EACCES|AccessDeniedException|UnauthorizedAccessException|Operation not permitted|EPERM",
              "look at who owns the file and as whom the tests run"),
          new Rule(
              "Read-only file system|EROFS",
              "let the test write into a folder for temporary files"),
          new Rule(
              "NoSuchMethodError|NoSuchFieldError|AbstractMethodError|IncompatibleClassChangeError|NoClassDefFoundError",
              "the class on the class path is of another version than the one compiled against: look at `mvn dependency:tree` or `gradle dependencies` for two versions"),
          new Rule(
              "UnsupportedClassVersionError|class file version \\d+",
              "the classes are for a newer Java than the tests run on: run them on that, or compile with an older `--release`"),
          new Rule(
              "ModuleNotFoundError|No module named|Cannot find module|ERR_MODULE_NOT_FOUND",
              "install the dependency in the environment of the tests, or correct the import"),
          new Rule(
              "context deadline exceeded|TimeoutException|timed? ?out (?:after|of)|Timeout of \\d+|exceeded timeout of|SocketTimeoutException|ETIMEDOUT|Read timed out|TimeoutError|ConditionTimeoutException",
              "find what it waits for; if that only takes longer here, wait for the condition and not for a time"),
          new Rule(
              "ConcurrentModificationException|dictionary changed size during iteration|Collection was modified|concurrent map (?:writes|iteration)",
              "the collection is changed while it is walked through: by the loop itself or by another thread"),
          new Rule("DATA RACE|deadlock", "two threads meet: the report above it names both stacks"),
          new Rule(
              "toMatchSnapshot|Snapshot `|snapshot.*(?:mismatch|does not match)",
              "if the new output is meant, store it anew (`-u` for Jest and Vitest)"),
          new Rule(
              "CannotAcquireLock|could not serialize access|deadlock detected|database is locked|SQLITE_BUSY",
              "another transaction holds the rows or the file: give each test its own database, or try the transaction again"),
          new Rule(
              "Docker|testcontainers.*(?:could not find|valid Docker)|Cannot connect to the Docker daemon",
              "start Docker where the tests run"));

  private static final Pattern MISSING =
      Pattern.compile(
          "(?:NoSuchFileException|FileNotFoundException|FileNotFoundError|ENOENT|No such file or directory|os error 2|Could not find file|cannot find the file)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE =
      Pattern.compile("['\"`]?((?:[A-Za-z]:)?[\\w./\\\\@+-]*[\\w-]+\\.\\w{1,8})['\"`]?");
  private static final Pattern NULL_VALUE =
      Pattern.compile("because \"(?:the return value of )?(.{1,200}?)\" is null");
  private static final Pattern IDENTITY = Pattern.compile("([\\w.$]+)@[0-9a-f]{1,16}");
  private static final Pattern MOMENT =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)(?:Z|[+-]\\d{2}:?\\d{2})?");

  private Suggestions() {}

  /** What a failure suggests, at most five things. */
  static List<Suggestion> of(Failure failure, ProjectCode code) {
    List<Suggestion> suggestions = new ArrayList<>();
    failure.comparison().ifPresent(compared -> values(compared).ifPresent(suggestions::add));
    StringBuilder all = new StringBuilder();
    failure
        .trace()
        .chain()
        .forEach(thrown ->
            all.append(thrown.type()).append(": ").append(cut(thrown.message())).append('\n'));
    String text = all.toString();
    missing(text, code).ifPresent(suggestions::add);
    nothing(text).ifPresent(suggestions::add);
    overflow(failure, text).ifPresent(suggestions::add);
    for (Rule rule : RULES) {
      Matcher matcher = rule.words.matcher(text);
      if (matcher.find()) {
        suggestions.add(
            new Suggestion(rule.text, "it says `" + lineAround(text, matcher.start()) + "`"));
      }
    }
    return List.copyOf(suggestions.subList(0, Math.min(5, suggestions.size())));
  }

  private static String cut(String text) {
    return text.length() > 4_000 ? text.substring(0, 4_000) : text;
  }

  private static String lineAround(String text, int at) {
    int from = text.lastIndexOf('\n', at) + 1;
    int to = text.indexOf('\n', at);
    String line = text.substring(from, to < 0 ? text.length() : to).strip();
    return line.length() > 160 ? line.substring(0, 159) + "…" : line;
  }

  /** Two values that differ only in something that has a name. */
  static Optional<Suggestion> values(Comparison compared) {
    String expected = compared.expected();
    String actual = compared.actual();
    if (expected.equals(actual) && !expected.isEmpty()) {
      return suggest(
          "compare what the values hold and not which objects they are (an `equals`, a deep comparison), and look at their types",
          "what was expected and what was there read the same: `" + shown(expected) + "`");
    }
    Matcher left = IDENTITY.matcher(expected);
    Matcher right = IDENTITY.matcher(actual);
    if (left.matches() && right.matches() && left.group(1).equals(right.group(1))) {
      return suggest(
          "give " + left.group(1) + " an `equals`, or compare its fields",
          "both values are a "
              + left.group(1)
              + " that is printed by its address, so it has no `toString` and maybe no `equals`");
    }
    return Optional.<Suggestion>empty()
        .or(() -> zone(expected, actual))
        .or(() -> lineEnds(expected, actual))
        .or(() -> locale(expected, actual))
        .or(() -> rounding(expected, actual))
        .or(() -> order(expected, actual));
  }

  private static Optional<Suggestion> zone(String expected, String actual) {
    Matcher left = MOMENT.matcher(expected);
    Matcher right = MOMENT.matcher(actual);
    if (!left.find() || !right.find()) {
      return Optional.empty();
    }
    try {
      Duration apart =
          Duration.between(
              LocalDateTime.parse(left.group(1).replace(' ', 'T')),
              LocalDateTime.parse(right.group(1).replace(' ', 'T')));
      long minutes = Math.abs(apart.toMinutes());
      boolean whole =
          minutes > 0
              && minutes % 15 == 0
              && minutes <= 14 * 60
              && apart.toSecondsPart() == 0
              && apart.toNanosPart() == 0;
      return whole
          ? suggest(
              "name the time zone where the time is made or shown, instead of the machine's (`TZ=UTC` shows whether that is it)",
              "the two times are exactly "
                  + minutes / 60
                  + " h"
                  + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min")
                  + " apart, as zones are")
          : Optional.empty();
    } catch (DateTimeParseException noTime) {
      return Optional.empty();
    }
  }

  private static Optional<Suggestion> lineEnds(String expected, String actual) {
    String left = expected.replace("\\r", "").replace("\r", "");
    String right = actual.replace("\\r", "").replace("\r", "");
    if (left.equals(right)) {
      return suggest(
          "compare with the same line ends on every system",
          "the texts differ in carriage returns only");
    }
    if (!left.isBlank()
        && left.strip().replaceAll("\\s+", " ").equals(right.strip().replaceAll("\\s+", " "))) {
      return suggest("look at blanks and line ends", "the texts differ in white space only");
    }
    return !left.isBlank() && left.equalsIgnoreCase(right)
        ? suggest("look at capital letters", "the texts differ in case only")
        : Optional.empty();
  }

  private static Optional<Suggestion> locale(String expected, String actual) {
    boolean numbers = expected.matches(".*\\d[.,\u00a0\u202f' ]\\d.*") && actual.matches(".*\\d.*");
    String left = expected.replaceAll("[.,\u00a0\u202f'’ ]", "");
    String right = actual.replaceAll("[.,\u00a0\u202f'’ ]", "");
    return numbers
            && left.equals(right)
            && expected.replaceAll("[^.,]", "").length() == actual.replaceAll("[^.,]", "").length()
        ? suggest(
            "name the locale where the number or the money is written (`Locale.ROOT`, `toLocaleString('en')`), instead of the machine's",
            "the values differ in the signs between their digits only, as locales do")
        : Optional.empty();
  }

  private static Optional<Suggestion> rounding(String expected, String actual) {
    try {
      BigDecimal left = new BigDecimal(expected.replaceFirst("[fFdD]$", ""));
      BigDecimal right = new BigDecimal(actual.replaceFirst("[fFdD]$", ""));
      BigDecimal apart = left.subtract(right).abs();
      boolean tiny =
          apart.signum() > 0
              && apart.compareTo(left.abs().max(right.abs()).multiply(new BigDecimal("1e-6"))) <= 0;
      return tiny && (left.scale() > 0 || right.scale() > 0)
          ? suggest(
              "compare floating-point numbers with a tolerance",
              "the numbers differ by less than a millionth")
          : Optional.empty();
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  private static Optional<Suggestion> order(String expected, String actual) {
    boolean lists =
        expected.length() > 2
            && "[{(".indexOf(expected.charAt(0)) >= 0
            && !actual.isEmpty()
            && actual.charAt(0) == expected.charAt(0);
    if (!lists) {
      return Optional.empty();
    }
    String[] left = expected.substring(1, expected.length() - 1).split(",\\s*");
    String[] right = actual.substring(1, Math.max(1, actual.length() - 1)).split(",\\s*");
    Arrays.sort(left);
    Arrays.sort(right);
    return Arrays.equals(left, right)
        ? suggest(
            "sort before comparing, or compare in any order, or give the collection an order",
            "both hold the same elements in another order")
        : Optional.empty();
  }

  private static Optional<Suggestion> missing(String text, ProjectCode code) {
    Matcher words = MISSING.matcher(text);
    if (!words.find()) {
      return Optional.empty();
    }
    String line = lineAround(text, words.start());
    Matcher file = FILE.matcher(line);
    while (file.find()) {
      String name = file.group(1);
      String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
      boolean type = name.matches("(?:[a-z]\\w*\\.)+[A-Z]\\w*(?:Exception|Error)?");
      List<String> elsewhere = type ? List.of() : code.named(last);
      if (!elsewhere.isEmpty()) {
        return suggest(
            "look at the path: the project has `"
                + elsewhere.getFirst()
                + "`; a relative path begins in the folder that the tests run in",
            "it says `" + line + "`");
      }
    }
    return suggest(
        "see that the file is made or checked out before the test, and that a relative path begins in the folder the tests run in",
        "it says `" + line + "`");
  }

  private static Optional<Suggestion> nothing(String text) {
    Matcher matcher = NULL_VALUE.matcher(text);
    return matcher.find()
        ? suggest(
            "find who should have set `" + matcher.group(1) + "`", "it says that this is null")
        : Optional.empty();
  }

  private static Optional<Suggestion> overflow(Failure failure, String text) {
    boolean says =
        text.contains("StackOverflow")
            || text.toLowerCase(Locale.ROOT).contains("maximum recursion depth")
            || text.contains("Maximum call stack size");
    return says
        ? failure
            .place()
            .flatMap(place ->
                suggest(
                    "look for the end of the recursion in `" + place.frame().stableName() + "`",
                    "the stack overflowed there"))
        : Optional.empty();
  }

  private static String shown(String text) {
    return text.length() > 60 ? text.substring(0, 59) + "…" : text;
  }

  private static Optional<Suggestion> suggest(String text, String reason) {
    return Optional.of(new Suggestion(text, reason));
  }
}
