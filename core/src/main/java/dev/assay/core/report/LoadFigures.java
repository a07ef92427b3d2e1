package dev.assay.core.report;

import dev.assay.api.evidence.Event;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.core.report.MetricReport.Events;
import dev.assay.core.report.MetricReport.Readings;
import dev.assay.core.report.MetricReport.Share;
import dev.assay.core.report.MetricReport.Slice;
import dev.assay.core.report.MetricReport.Spread;
import dev.assay.core.report.MetricReport.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people ask of a load check first, over all its steps. Immutable.
 *
 * @param requests that ended, well or not
 * @param errors failed requests and dropped arrivals
 * @param attempts what the errors are a share of
 * @param seconds how long throughput was measured
 * @param perSecond requests that ended in a second of that
 * @param bytesSent bytes of requests
 * @param bytesReceived bytes of responses
 * @param latency from the intended start, in nanoseconds; null where nothing was measured
 * @param serviceTime from the send
 * @param lateness of the generator
 * @param connectTime of connections
 * @param errorsByKind the most frequent first
 */
public record LoadFigures(
    long requests,
    long errors,
    long attempts,
    double seconds,
    double perSecond,
    long bytesSent,
    long bytesReceived,
    @Nullable Spread latency,
    @Nullable Spread serviceTime,
    @Nullable Spread lateness,
    @Nullable Spread connectTime,
    Map<String, Long> errorsByKind) {

  private static final double MILLISECOND = 1e6;

  /** Copies the map. */
  public LoadFigures {
    errorsByKind = Collections.unmodifiableMap(new LinkedHashMap<>(errorsByKind));
  }

  /**
   * Reads them from what a load check found.
   *
   * @param length how long was to be measured; null where it was not the time that ended it
   */
  public static LoadFigures of(CheckReport check, @Nullable Duration length) {
    MetricReport errors = whole(check, "errors");
    Share share = errors != null && errors.total() instanceof Share of ? of : new Share(0, 0);
    double seconds = 0;
    double ended = 0;
    MetricReport throughput = whole(check, "throughput");
    if (throughput != null && !throughput.timeline().isEmpty()) {
      Instant first = throughput.timeline().getFirst().from();
      boolean whole = length != null && check.ending() == Ending.COMPLETED;
      Instant end = whole ? null : ended(check);
      for (Slice slice : throughput.timeline()) {
        Instant planned = length == null ? slice.to() : first.plus(length);
        double counted = seconds(slice, planned);
        seconds += seconds(slice, end != null && end.isBefore(planned) ? end : planned);
        ended += slice.value() instanceof Readings read ? read.mean() * read.count() * counted : 0;
      }
    }
    return new LoadFigures(
        events(check, "requests"),
        share.hits(),
        share.of(),
        seconds,
        seconds > 0 ? ended / seconds : 0,
        events(check, "bytes.sent"),
        events(check, "bytes.received"),
        spread(check, "latency"),
        spread(check, "service.time"),
        spread(check, "lateness"),
        spread(check, "connect.time"),
        kinds(whole(check, "errors.by.kind")));
  }

  /** When nothing was sent any more, as the load itself says; null where it does not. */
  private static @Nullable Instant ended(CheckReport check) {
    return check.evidence().events().stream()
        .filter(event -> event.kind().equals("load.summary"))
        .map(Event::at)
        .findFirst()
        .orElse(null);
  }

  /** How much of a slice lies before an end. */
  private static double seconds(Slice slice, Instant end) {
    Instant to = slice.to().isAfter(end) ? end : slice.to();
    return Math.max(0, Duration.between(slice.from(), to).toNanos() / 1e9);
  }

  private static Map<String, Long> kinds(@Nullable MetricReport metric) {
    Map<String, Long> kinds = new LinkedHashMap<>();
    if (metric != null) {
      metric.parts().entrySet().stream()
          .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
          .forEach(part -> kinds.put(part.getKey().replaceFirst("^kind=", ""), part.getValue()));
    }
    return kinds;
  }

  /** Over all steps where there are several, else of the one. */
  private static @Nullable MetricReport whole(CheckReport check, String name) {
    return check.evidence().metrics().stream()
        .filter(metric -> metric.metric().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static long events(CheckReport check, String name) {
    MetricReport metric = whole(check, name);
    Summary total = metric == null ? null : metric.total();
    return total instanceof Events count ? count.count() : 0;
  }

  private static @Nullable Spread spread(CheckReport check, String name) {
    MetricReport metric = whole(check, name);
    Summary total = metric == null ? null : metric.total();
    return total instanceof Spread values && values.count() > 0 ? values : null;
  }

  /**
   * One line for programs: {@code RESULT requests=N rps=F p50=F p99=F p999=F max=F errors=N}, the
   * latency in milliseconds; a dash where nothing was measured.
   */
  public String line() {
    Spread times = latency;
    double none = Double.NaN;
    return "RESULT requests="
        + requests
        + " rps="
        + String.format(Locale.ROOT, "%.1f", perSecond)
        + " p50="
        + millis(times == null ? none : times.p50())
        + " p99="
        + millis(times == null ? none : times.p99())
        + " p999="
        + millis(times == null ? none : times.p999())
        + " max="
        + millis(times == null ? none : times.max())
        + " errors="
        + errors;
  }

  private static String millis(double nanos) {
    return Double.isNaN(nanos) ? "-" : String.format(Locale.ROOT, "%.3f", nanos / MILLISECOND);
  }
}
