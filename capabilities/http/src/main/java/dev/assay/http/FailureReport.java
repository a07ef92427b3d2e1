package dev.assay.http;

import dev.assay.api.evidence.Attempt;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The detail of a failed attempt: what was expected beside what came, the request line, and the
 * answer's headers and first part of its body. Immutable, thread-safe.
 */
final class FailureReport {

  /** How much of a body is shown. */
  static final int SHOWN_BODY = 2048;

  /** More than is shown is searched for secrets, so that none is cut in two and half shown. */
  private static final int SEARCHED_BODY = SHOWN_BODY + 16_384;

  private static final int LONGEST_HEADER = 500;
  private static final int MOST_HEADERS = 50;
  private static final Pattern COOKIE_VALUE = Pattern.compile("=[^;]*");

  private final UnaryOperator<String> redact;

  /** Reports whose every text goes through that mask. */
  FailureReport(UnaryOperator<String> redact) {
    this.redact = redact;
  }

  /** For an answer that is not as expected. */
  String of(PreparedRequest request, Answer answer, List<Miss> misses) {
    String missed = misses.stream().map(Miss::block).collect(Collectors.joining("\n"));
    return finish(
        missed
            + "\n\n"
            + line(request)
            + "\n\n"
            + head(TransportFailures.version(answer.version()), answer.status(), answer.headers()),
        answer.text(),
        answer.size());
  }

  /** For a request without a complete answer. */
  String of(@Nullable PreparedRequest request, TransportFailure failure) {
    StringBuilder report = new StringBuilder(failure.line());
    if (request != null) {
      report.append("\n\n").append(line(request));
    }
    TransportFailure.Partial partial = failure.partial();
    if (partial == null) {
      return finish(report.toString(), "", 0);
    }
    report.append("\n\n").append(head(partial.version(), partial.status(), partial.headers()));
    return finish(report.toString(), partial.body(), partial.body().length());
  }

  /** The value of a header as it may be shown: cookies keep their name and lose their value. */
  static String masked(String name, String value) {
    return name.toLowerCase(Locale.ROOT).equals("set-cookie")
        ? COOKIE_VALUE.matcher(value).replaceFirst("=***")
        : value;
  }

  private static String line(PreparedRequest request) {
    return request.method() + " " + Address.shown(request.uri());
  }

  private static String head(String version, int status, HttpHeaders headers) {
    StringBuilder head = new StringBuilder(version).append(' ').append(status);
    headers.map().entrySet().stream()
        .limit(MOST_HEADERS)
        .forEach(header -> {
          // HTTP/2 names the status as a header of its own
          if (!header.getKey().startsWith(":")) {
            for (String value : header.getValue()) {
              String shown = masked(header.getKey(), value);
              head.append('\n')
                  .append(header.getKey())
                  .append(": ")
                  .append(Printable.line(shown, LONGEST_HEADER));
            }
          }
        });
    return head.toString();
  }

  private String finish(String start, String body, int size) {
    StringBuilder report = new StringBuilder(redact.apply(start));
    if (!body.isEmpty()) {
      String searched = body.length() > SEARCHED_BODY ? body.substring(0, SEARCHED_BODY) : body;
      String shown = Printable.block(redact.apply(searched), SHOWN_BODY);
      report.append("\n\n").append(shown);
      if (body.length() > SHOWN_BODY) {
        report.append("\n(the first 2 KiB of ").append(size).append(" bytes)");
      }
    }
    return Attempt.cut(report.toString());
  }
}
