package dev.assay.load;

import dev.assay.api.spi.Metric;
import dev.assay.api.spi.Metric.Better;
import dev.assay.api.spi.Metric.Shape;
import dev.assay.api.value.Unit;
import java.util.List;

/** The metrics of load; {@code docs/load.md} says what each means. */
final class LoadMetrics {

  static final Metric LATENCY =
      lower(
          "latency",
          Unit.NANOSECONDS,
          Shape.DISTRIBUTION,
          "From the intended start of a request to its end: what a user waits, queueing included.");
  static final Metric SERVICE_TIME =
      lower(
          "service.time",
          Unit.NANOSECONDS,
          Shape.DISTRIBUTION,
          "From the actual send of a request to its end; hides what waited before it was sent.");
  static final Metric FIRST_BYTE =
      lower(
          "first.byte",
          Unit.NANOSECONDS,
          Shape.DISTRIBUTION,
          "From the actual send of a request to the first byte of its response, where it succeeds.");
  static final Metric ERROR_LATENCY =
      lower(
          "error.latency",
          Unit.NANOSECONDS,
          Shape.DISTRIBUTION,
          "From the intended start of a request to its failure, of every kind but dropped.");
  static final Metric REQUESTS =
      new Metric(
          "requests",
          Unit.NONE,
          Shape.COUNT,
          Better.HIGHER,
          "Requests that ended, well or not; dropped arrivals are none.");
  static final Metric THROUGHPUT =
      new Metric(
          "throughput",
          Unit.PER_SECOND,
          Shape.SCALAR,
          Better.HIGHER,
          "Requests that ended in a second of the schedule.");
  static final Metric ERRORS =
      lower(
          "errors",
          Unit.RATIO,
          Shape.PROPORTION,
          "Failed requests and dropped arrivals, of all requests and dropped arrivals.");
  static final Metric ERRORS_BY_KIND =
      lower(
          "errors.by.kind", Unit.NONE, Shape.COUNT, "The same failures, each with the label kind.");
  static final Metric DROPPED =
      lower(
          "dropped",
          Unit.NONE,
          Shape.COUNT,
          "Arrivals that found no free connection and no place to wait for one.");
  static final Metric LATENESS =
      lower(
          "lateness",
          Unit.NANOSECONDS,
          Shape.DISTRIBUTION,
          "How much later than intended the generator took up an arrival or the end of a pause.");
  static final Metric GENERATOR_CPU =
      lower(
          "generator.cpu",
          Unit.RATIO,
          Shape.SCALAR,
          "How busy the generator's busiest event loop was: near 100 % it is a limit itself.");
  static final Metric CONNECT_TIME =
      lower(
          "connect.time",
          Unit.NANOSECONDS,
          Shape.DISTRIBUTION,
          "How long connections took to open, without the TLS handshake.");
  static final Metric TLS_TIME =
      lower("tls.time", Unit.NANOSECONDS, Shape.DISTRIBUTION, "How long TLS handshakes took.");
  static final Metric BYTES_SENT =
      new Metric(
          "bytes.sent",
          Unit.BYTES,
          Shape.COUNT,
          Better.NEITHER,
          "Bytes of requests, without those of TLS.");
  static final Metric BYTES_RECEIVED =
      new Metric(
          "bytes.received",
          Unit.BYTES,
          Shape.COUNT,
          Better.NEITHER,
          "Bytes of responses, without those of TLS.");

  static final Metric STREAM_FIRST =
      lower(
          "stream.first",
          Unit.NANOSECONDS,
          Shape.DISTRIBUTION,
          "From the send of a request to the first event or message of its stream.");
  static final Metric STREAM_BETWEEN =
      lower(
          "stream.between",
          Unit.NANOSECONDS,
          Shape.DISTRIBUTION,
          "From one event or message of a stream to the next.");
  static final Metric MESSAGES_SENT =
      new Metric(
          "messages.sent",
          Unit.NONE,
          Shape.COUNT,
          Better.NEITHER,
          "Messages sent on WebSockets and in streams.");
  static final Metric MESSAGES_RECEIVED =
      new Metric(
          "messages.received",
          Unit.NONE,
          Shape.COUNT,
          Better.NEITHER,
          "Messages and events that came, awaited or not.");
  static final Metric CAPACITY =
      higher(
          "capacity",
          Unit.PER_SECOND,
          "The highest rate of arrivals that was still met, of a search for it.");
  static final Metric CAPACITY_LOW =
      higher("capacity.low", Unit.PER_SECOND, "The low end of its 95 % interval.");
  static final Metric CAPACITY_HIGH =
      higher("capacity.high", Unit.PER_SECOND, "The high end of its 95 % interval.");
  static final Metric CAPACITY_CONCURRENCY =
      new Metric(
          "capacity.concurrency",
          Unit.NONE,
          Shape.SCALAR,
          Better.NEITHER,
          "Requests under way at once at that rate, by Little's law.");

  static final Metric CAPACITY_TARGETS =
      lower(
          "capacity.targets",
          Unit.NONE,
          Shape.SCALAR,
          "Targets like this one that the planned rate takes, on the safe side.");
  static final Metric CAPACITY_COST =
      lower(
          "capacity.cost",
          Unit.NONE,
          Shape.SCALAR,
          "What those targets cost an hour, in the currency of 'hourly cost'.");

  private LoadMetrics() {}

  static List<Metric> all() {
    return List.of(
        LATENCY,
        SERVICE_TIME,
        FIRST_BYTE,
        ERROR_LATENCY,
        REQUESTS,
        THROUGHPUT,
        ERRORS,
        ERRORS_BY_KIND,
        DROPPED,
        LATENESS,
        GENERATOR_CPU,
        CONNECT_TIME,
        TLS_TIME,
        BYTES_SENT,
        BYTES_RECEIVED,
        STREAM_FIRST,
        STREAM_BETWEEN,
        MESSAGES_SENT,
        MESSAGES_RECEIVED,
        CAPACITY,
        CAPACITY_LOW,
        CAPACITY_HIGH,
        CAPACITY_CONCURRENCY,
        CAPACITY_TARGETS,
        CAPACITY_COST);
  }

  private static Metric higher(String name, Unit unit, String summary) {
    return new Metric(name, unit, Shape.SCALAR, Better.HIGHER, summary);
  }

  private static Metric lower(String name, Unit unit, Shape shape, String summary) {
    return new Metric(name, unit, shape, Better.LOWER, summary);
  }
}
