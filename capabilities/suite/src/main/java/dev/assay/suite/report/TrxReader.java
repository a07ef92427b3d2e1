package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.XmlScanner;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Visual Studio's test results. A result with inner results (a data-driven or ordered test) is not
 * counted itself; its rows are. A result without an outcome is an error: it is the value that the
 * writer leaves out.
 */
final class TrxReader implements ElementReader {

  private static final Pattern TIME =
      Pattern.compile("(?:(\\d{1,6})\\.)?(\\d{1,4}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{1,9}))?\\d*");

  /** A result that is open. */
  private static final class Open {
    final CaseDraft draft;
    boolean hasInner;

    Open(CaseDraft draft) {
      this.draft = draft;
    }
  }

  private final Reading reading;
  private final Deque<Open> open = new ArrayDeque<>();
  private @Nullable CaseDraft runInfo;
  private long declaredFailing = -1;

  TrxReader(Reading reading) {
    this.reading = reading;
  }

  private static boolean isResult(String element) {
    return element.endsWith("Result") && !element.equals("CollectorDataEntries")
        || element.equals("TestResultAggregation");
  }

  @Override
  public void start(XmlScanner xml) {
    String element = xml.name();
    if (isResult(element) && xml.attribute("testName") != null) {
      if (!open.isEmpty()) {
        open.peek().hasInner = true;
      }
      open.push(new Open(draft(xml)));
      return;
    }
    CaseDraft current = open.isEmpty() ? runInfo : open.peek().draft;
    switch (element) {
      case "Message" -> xml.listen(current == null ? null : current.messageText());
      case "StackTrace" -> xml.listen(current == null ? null : current.detailText());
      case "Text" -> xml.listen(runInfo == null ? null : runInfo.messageText());
      case "RunInfo" -> runInfo = broke(xml) ? new CaseDraft() : null;
      case "Counters" -> declaredFailing = failing(xml);
      default -> {
        // definitions, lists, deployment
      }
    }
  }

  private static boolean broke(XmlScanner xml) {
    String outcome = xml.attribute("outcome");
    return "Error".equals(outcome) || "Failed".equals(outcome) || "Aborted".equals(outcome);
  }

  private static long failing(XmlScanner xml) {
    long sum = -1;
    for (String counter : new String[] {"failed", "error", "timeout", "aborted", "disconnected"}) {
      String value = xml.attribute(counter);
      if (value != null) {
        sum = Math.max(0, sum) + Numbers.whole(value).orElse(0);
      }
    }
    return sum;
  }

  private CaseDraft draft(XmlScanner xml) {
    CaseDraft draft = new CaseDraft();
    String name = String.valueOf(xml.attribute("testName"));
    int arguments = name.indexOf('(');
    int dot = name.lastIndexOf('.', arguments < 0 ? name.length() : arguments);
    boolean qualified = dot > 0 && name.lastIndexOf(' ', dot) < 0;
    draft.suite = qualified ? name.substring(0, dot) : "";
    draft.name = qualified ? name.substring(dot + 1) : name;
    draft.took = duration(xml.attribute("duration"));
    draft.result = result(xml);
    return draft;
  }

  private Result result(XmlScanner xml) {
    String outcome = xml.attribute("outcome");
    return switch (outcome == null ? "error" : outcome.toLowerCase(Locale.ROOT)) {
      case "passed", "passedbutrunaborted", "completed", "warning" -> Result.PASSED;
      case "failed" -> Result.FAILED;
      case "error", "timeout", "aborted", "disconnected" -> Result.ERROR;
      case "notexecuted", "notrunnable", "inconclusive", "pending", "inprogress", "skipped" ->
          Result.SKIPPED;
      default -> {
        reading.notice(
            Rule.UNKNOWN,
            true,
            xml.line(),
            xml.column(),
            "has a result with the unknown outcome '" + Texts.shown(String.valueOf(outcome)) + "'");
        yield Result.ERROR;
      }
    };
  }

  /** Reads {@code 00:00:01.5000000}, with days before a point where it took longer. */
  static Optional<Duration> duration(@Nullable String text) {
    Matcher time = TIME.matcher(text == null ? "" : text.strip());
    if (!time.matches()) {
      return Optional.empty();
    }
    String days = time.group(1);
    String fraction = time.group(5);
    Duration whole =
        Duration.ofDays(days == null ? 0 : Long.parseLong(days))
            .plusHours(Long.parseLong(time.group(2)))
            .plusMinutes(Long.parseLong(time.group(3)))
            .plusSeconds(Long.parseLong(time.group(4)));
    return Optional.of(
        fraction == null
            ? whole
            : whole.plusNanos(Long.parseLong((fraction + "000000000").substring(0, 9))));
  }

  @Override
  public void end(XmlScanner xml) {
    String element = xml.name();
    if (element.equals("Message") || element.equals("StackTrace") || element.equals("Text")) {
      xml.listen(null);
    } else if (element.equals("RunInfo")) {
      CaseDraft said = runInfo;
      if (said != null) {
        reading.outside(
            xml.line(), xml.column(), "test run", said.messageText().toString().strip(), "");
      }
      runInfo = null;
    } else if (isResult(element) && !open.isEmpty()) {
      Open ended = open.pop();
      if (!ended.hasInner) {
        reading.testCase(ended.draft.build());
      }
    }
  }

  @Override
  public Report report(boolean cut) {
    if (declaredFailing > 0 && reading.failing() == 0) {
      Totals.compareFailing(reading, declaredFailing);
    }
    return reading.testReport(Format.TRX);
  }
}
