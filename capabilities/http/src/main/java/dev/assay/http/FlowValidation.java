package dev.assay.http;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Quantity;
import dev.assay.api.value.Template;
import dev.assay.api.value.Unit;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reports what the types of a flow's components cannot say. */
final class FlowValidation {

  /** Set by the client itself; see {@link java.net.http.HttpRequest.Builder#header}. */
  private static final Set<String> RESTRICTED =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  /** A token of RFC 9110, section 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final Pattern STATUS_OPERAND = Pattern.compile("[1-9]\\d\\d");
  private static final long LARGEST_BODY = 1_000_000_000;

  private final Consumer<Problem> problems;

  FlowValidation(Consumer<Problem> problems) {
    this.problems = problems;
  }

  void validate(HttpConfiguration configuration) {
    Place place = configuration.place();
    if (configuration.flow().isEmpty()) {
      report(
          HttpProblems.EMPTY_FLOW,
          place,
          "the flow has no steps",
          "add a step such as '- get: /health'");
    }
    headers(configuration.headers(), place);
    timeout(configuration.timeout(), place);
    long most = configuration.maxBody().bytes();
    if (most < 1 || most > LARGEST_BODY) {
      report(
          HttpProblems.RETRY,
          place,
          "'max body' is " + configuration.maxBody(),
          "write between 1 B and 1 GB");
    }
    if (configuration.insecure() && configuration.trust() != null) {
      report(
          HttpProblems.TRUST,
          place,
          "'trust' and 'insecure' exclude each other",
          "remove 'insecure', so that the certificates are checked");
    }
    configuration.flow().forEach(this::step);
  }

  private void step(HttpStep step) {
    methods(step);
    bodies(step);
    headers(step.headers(), step.place());
    Duration timeout = step.timeout();
    if (timeout != null) {
      timeout(timeout, step.place());
    }
    saves(step);
    HttpRetry retry = step.retry();
    if (retry != null) {
      retry(retry, step.place());
    }
    HttpExpect expect = step.expect();
    if (expect != null) {
      expect(expect, step);
    }
  }

  private void methods(HttpStep step) {
    Map<String, Template> methods = step.methods();
    if (methods.isEmpty()) {
      report(
          HttpProblems.METHOD,
          step.place(),
          "the step has no method",
          "add one of get, post, put, patch, delete, head, options, such as 'get: /health'");
    } else if (methods.size() > 1) {
      report(
          HttpProblems.METHOD,
          step.place(),
          "the step has "
              + methods.size()
              + " methods: "
              + String.join(", ", methods.keySet()).toLowerCase(Locale.ROOT),
          "keep one of them, and write a step of its own for each other");
    }
  }

  private void bodies(HttpStep step) {
    int bodies =
        (step.json() == null ? 0 : 1)
            + (step.body() == null ? 0 : 1)
            + (step.form().isEmpty() ? 0 : 1);
    if (bodies > 1) {
      report(
          HttpProblems.BODY,
          step.place(),
          "the step has " + bodies + " bodies",
          "keep one of json, body and form");
    }
    if (bodies > 0 && step.head() != null) {
      report(HttpProblems.BODY, step.place(), "a HEAD has no body", "remove json, body and form");
    }
    Json json = step.json();
    if (json != null) {
      try {
        RequestBody.templates(json);
      } catch (IllegalArgumentException broken) {
        report(
            HttpProblems.BODY,
            step.place(),
            "below json, " + broken.getMessage(),
            "close the placeholder, or write $$ for a dollar sign");
      }
    }
  }

  private void headers(Map<String, Template> headers, Place place) {
    for (String header : headers.keySet()) {
      if (!TOKEN.matcher(header).matches()) {
        report(
            HttpProblems.HEADER,
            place,
            "'" + header + "' is not a header's name",
            "use letters, digits and '-'");
      } else if (RESTRICTED.contains(header.toLowerCase(Locale.ROOT))) {
        report(
            HttpProblems.HEADER,
            place,
            "the header '" + header + "' is set by the client itself",
            "remove it");
      }
    }
  }

  private void timeout(Duration timeout, Place place) {
    if (!timeout.isPositive()) {
      report(
          HttpProblems.RETRY, place, "the timeout is not above zero", "write it like timeout: 10s");
    }
  }

  private void saves(HttpStep step) {
    step.save()
        .forEach((name, source) -> {
          if (!VARIABLE.matcher(name).matches()) {
            report(
                HttpProblems.SAVE,
                step.place(),
                "'" + name + "' cannot be the name of a saved value",
                "use letters, digits, '_' and '-'");
          }
          try {
            Extraction.parse(source);
          } catch (IllegalArgumentException broken) {
            report(
                HttpProblems.SAVE,
                step.place(),
                "'" + name + "' cannot be saved: " + broken.getMessage(),
                "write where it is found, such as $.id, header:etag or regex:token=(\\w+)");
          }
        });
  }

  private void retry(HttpRetry retry, Place place) {
    if (!retry.within().isPositive() || retry.every().compareTo(HttpRetry.SHORTEST_PAUSE) < 0) {
      report(
          HttpProblems.RETRY,
          place,
          "the step is repeated every " + text(retry.every()) + " within " + text(retry.within()),
          "write a time above zero, and every: 10 ms or more");
    } else if (retry.within().dividedBy(retry.every()) > HttpRetry.MOST_ATTEMPTS) {
      report(
          HttpProblems.RETRY,
          place,
          "every "
              + text(retry.every())
              + " within "
              + text(retry.within())
              + " makes more than "
              + HttpRetry.MOST_ATTEMPTS
              + " attempts",
          "write every: "
              + text(retry.within().dividedBy(HttpRetry.MOST_ATTEMPTS).plusMillis(1))
              + " or more");
    }
  }

  private void expect(HttpExpect expect, HttpStep step) {
    Place place = expect.place();
    status(expect.status(), place);
    measured("time", expect.time(), Unit.NANOSECONDS, "a duration, such as < 500 ms", place);
    measured("body size", expect.bodySize(), Unit.BYTES, "a size, such as < 1 MB", place);
    HttpTlsExpect tls = expect.tls();
    if (tls != null) {
      measured("expires", tls.expires(), Unit.NANOSECONDS, "a duration, such as > 14 d", place);
    }
    expect.headers().forEach((name, comparison) -> plain("header " + name, comparison, place));
    expect
        .body()
        .forEach((path, comparison) -> {
          plain(path, comparison, place);
          path(path, place);
        });
    if (step.head() != null && !(expect.body().isEmpty() && expect.text() == null)) {
      report(
          HttpProblems.EXPECTATION,
          place,
          "the answer to a HEAD has no body to expect something of",
          "use get, or remove body and text");
    }
  }

  private void status(@Nullable Comparison status, Place place) {
    if (status == null || status.pattern() != null || status.open()) {
      return;
    }
    if (!STATUS_OPERAND.matcher(status.operand()).matches()) {
      report(
          HttpProblems.EXPECTATION,
          place,
          "'" + status.operand() + "' is not a status code",
          "write one like 200, < 400 or ~ ^2");
    }
  }

  private void measured(
      String name, @Nullable Comparison comparison, Unit unit, String wanted, Place place) {
    if (comparison == null) {
      return;
    }
    Quantity quantity = comparison.quantity();
    if (quantity == null || quantity.unit() != unit || comparison.pattern() != null) {
      report(
          HttpProblems.EXPECTATION,
          place,
          "'" + comparison + "' cannot be compared with " + name,
          "write " + wanted);
    }
  }

  /** Ordered comparisons with a unit would compare seconds with plain numbers. */
  private void plain(String name, Comparison comparison, Place place) {
    Quantity quantity = comparison.quantity();
    if (comparison.operator().ordered() && quantity != null && quantity.unit() != Unit.NONE) {
      report(
          HttpProblems.EXPECTATION,
          place,
          "'" + comparison + "' has a unit, but " + name + " is a plain number",
          "write the number without a unit");
    }
  }

  private void path(String path, Place place) {
    try {
      JsonQuery.compile(path);
    } catch (IllegalArgumentException broken) {
      String mend =
          path.startsWith("$")
              ? "write it like $.items[0].price"
              : "write it like $." + path + ", or use text: for the whole body";
      report(
          HttpProblems.EXPECTATION,
          place,
          "'" + path + "' is not a JSON path: " + broken.getMessage(),
          mend);
    }
  }

  private static String text(Duration duration) {
    return Unit.NANOSECONDS.format(duration.toNanos());
  }

  private void report(ProblemType type, Place place, String what, String mend) {
    problems.accept(type.at(place, what, mend));
  }
}
