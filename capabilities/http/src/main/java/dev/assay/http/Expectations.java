package dev.assay.http;

import dev.assay.api.problem.Nearest;
import dev.assay.api.spi.Clock;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares an answer with what is expected of it. Immutable, thread-safe. */
final class Expectations {

  static final String STATUS = "status";
  static final String TIME = "time";
  static final String HEADER = "header";
  static final String BODY = "body";
  static final String TLS = "tls";

  private static final Comparison NO_ERROR = Comparison.parse("< 400");
  private static final int MOST_NAMES = 20;

  private final HttpExpect expect;
  private final boolean followRedirects;
  private final Clock clock;

  Expectations(@Nullable HttpExpect expect, boolean followRedirects, Clock clock) {
    this.expect = expect == null ? HttpExpect.NOTHING : expect;
    this.followRedirects = followRedirects;
    this.clock = clock;
  }

  /** Everything that does not hold, in the order of the reference page. */
  List<Miss> missed(Answer answer) {
    List<Miss> misses = new ArrayList<>();
    status(answer, misses);
    Comparison time = expect.time();
    if (time != null && !time.holds((double) answer.totalNanos())) {
      String actual = Unit.NANOSECONDS.format(answer.totalNanos());
      misses.add(new Miss(TIME, "time", time.toString(), actual, null));
    }
    expect.headers().forEach((name, comparison) -> header(answer, name, comparison, misses));
    if (!expect.body().isEmpty()) {
      body(answer, misses);
    }
    Comparison size = expect.bodySize();
    if (size != null && !size.holds((double) answer.size())) {
      String actual = Unit.BYTES.format(answer.size());
      misses.add(new Miss(BODY, "body size", size.toString(), actual, null));
    }
    Comparison text = expect.text();
    if (text != null) {
      compare(BODY, "text", text, answer.text(), misses);
    }
    HttpTlsExpect tls = expect.tls();
    if (tls != null) {
      tls(answer, tls, misses);
    }
    return misses;
  }

  private void status(Answer answer, List<Miss> misses) {
    Comparison written = expect.status();
    Comparison comparison = written == null ? NO_ERROR : written;
    String status = Integer.toString(answer.status());
    if (!ValueComparison.holds(comparison, status)) {
      boolean redirect = answer.status() / 100 == 3 && !followRedirects;
      String hint =
          redirect
              ? "redirects are not followed; write 'follow redirects: true' where they should be"
              : null;
      misses.add(new Miss(STATUS, "status", comparison.toString(), status, hint));
    }
  }

  private static void header(Answer answer, String name, Comparison comparison, List<Miss> misses) {
    List<String> values = answer.header(name);
    String what = "header " + name;
    if (ValueComparison.absent(comparison)) {
      if (!values.isEmpty()) {
        String actual = String.join(", ", values);
        misses.add(new Miss(HEADER, what, "absent", FailureReport.masked(name, actual), null));
      }
    } else if (values.isEmpty()) {
      String expected = ValueComparison.exists(comparison) ? "exists" : comparison.toString();
      misses.add(
          new Miss(
              HEADER,
              what,
              expected,
              "no such header",
              near(name, answer.headers().map().keySet())));
    } else if (!ValueComparison.exists(comparison)) {
      compare(HEADER, what, comparison, String.join(", ", values), misses);
    }
  }

  private void body(Answer answer, List<Miss> misses) {
    Object document;
    try {
      document = answer.json();
    } catch (StrictJson.NotJson broken) {
      Map.Entry<String, Comparison> first = expect.body().entrySet().iterator().next();
      String hint =
          answer.header("content-encoding").isEmpty()
              ? null
              : "the body is encoded as "
                  + String.join(", ", answer.header("content-encoding"))
                  + ", which is not decoded";
      misses.add(
          new Miss(
              BODY,
              "body " + first.getKey(),
              shown(first.getValue()),
              String.valueOf(broken.getMessage()),
              hint));
      return;
    }
    expect.body().forEach((path, comparison) -> value(document, path, comparison, misses));
  }

  private static void value(
      @Nullable Object document, String path, Comparison comparison, List<Miss> misses) {
    JsonQuery query = JsonQuery.compile(path);
    List<@Nullable Object> found = query.find(document);
    String what = "body " + path;
    if (ValueComparison.absent(comparison)) {
      if (!found.isEmpty()) {
        misses.add(new Miss(BODY, what, "absent", JsonText.of(found.getFirst()), null));
      }
    } else if (found.isEmpty()) {
      misses.add(new Miss(BODY, what, shown(comparison), "nothing there", near(document, path)));
    } else if (!ValueComparison.exists(comparison)) {
      for (int i = 0; i < found.size(); i++) {
        String each = found.size() == 1 ? "" : " (" + (i + 1) + " of " + found.size() + ")";
        if (!compare(BODY, what + each, comparison, JsonText.of(found.get(i)), misses)) {
          return;
        }
      }
    }
  }

  private void tls(Answer answer, HttpTlsExpect expected, List<Miss> misses) {
    TlsDetails actual = answer.tls().orElse(null);
    if (actual == null) {
      misses.add(
          new Miss(TLS, "tls", "to be used", "no TLS on " + Address.shown(answer.uri()), null));
      return;
    }
    compareTls("tls version", expected.version(), actual, TlsDetails::version, misses);
    compareTls("tls cipher", expected.cipher(), actual, TlsDetails::cipher, misses);
    Comparison expires = expected.expires();
    double left = Duration.between(clock.now(), actual.expires()).toNanos();
    if (expires != null && !expires.holds(left)) {
      misses.add(
          new Miss(
              TLS,
              "tls expires",
              expires.toString(),
              Unit.NANOSECONDS.format(left) + " until " + actual.expires(),
              null));
    }
    compareTls("tls subject", expected.subject(), actual, TlsDetails::subject, misses);
    compareTls("tls issuer", expected.issuer(), actual, TlsDetails::issuer, misses);
  }

  private static void compareTls(
      String what,
      @Nullable Comparison comparison,
      TlsDetails actual,
      Function<TlsDetails, String> value,
      List<Miss> misses) {
    if (comparison != null) {
      compare(TLS, what, comparison, value.apply(actual), misses);
    }
  }

  /** Adds a miss where the value does not hold, and tells whether it held. */
  private static boolean compare(
      String type, String what, Comparison comparison, String value, List<Miss> misses) {
    try {
      if (ValueComparison.holds(comparison, value)) {
        return true;
      }
      boolean notNumeric = comparison.operator().ordered() && !ValueComparison.isNumber(value);
      misses.add(
          new Miss(
              type,
              what,
              comparison.toString(),
              value.isEmpty() ? "an empty text" : value,
              notNumeric ? "that is not a number" : null));
    } catch (BoundedMatching.GaveUp endless) {
      misses.add(
          new Miss(type, what, comparison.toString(), value, String.valueOf(endless.getMessage())));
    }
    return false;
  }

  private static String shown(Comparison comparison) {
    return ValueComparison.exists(comparison) ? "exists" : comparison.toString();
  }

  /** For a path like {@code $.a.stat}, the names that are really there. */
  private static @Nullable String near(@Nullable Object document, String path) {
    int dot = path.lastIndexOf('.');
    String name = path.substring(dot + 1);
    if (dot < 1 || !name.matches("[A-Za-z0-9_-]+")) {
      return null;
    }
    String parent = path.substring(0, dot);
    try {
      List<@Nullable Object> found = JsonQuery.compile(parent).find(document);
      if (found.isEmpty() || !(found.getFirst() instanceof Map<?, ?> object)) {
        return null;
      }
      List<String> names = object.keySet().stream().limit(MOST_NAMES).map(String::valueOf).toList();
      String there = names.isEmpty() ? "nothing" : String.join(", ", names);
      return parent + " holds " + there + suggestion(name, names);
    } catch (IllegalArgumentException noPath) {
      return null;
    }
  }

  private static @Nullable String near(String name, Iterable<String> headers) {
    List<String> names = new ArrayList<>();
    headers.forEach(names::add);
    return Nearest.to(name, names).map(near -> "did you mean '" + near + "'?").orElse(null);
  }

  private static String suggestion(String name, List<String> names) {
    return Nearest.to(name, names).map(near -> "; did you mean '" + near + "'?").orElse("");
  }
}
