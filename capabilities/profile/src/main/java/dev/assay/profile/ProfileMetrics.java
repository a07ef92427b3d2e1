package dev.assay.profile;

import dev.assay.api.spi.Metric;
import dev.assay.api.spi.Metric.Better;
import dev.assay.api.spi.Metric.Shape;
import dev.assay.api.value.Unit;
import java.util.List;

/** The metrics of services; {@code docs/profile.md} says what each means. */
final class ProfileMetrics {

  static final Metric CPU =
      lower(
          "service.cpu",
          Unit.NONE,
          Shape.SCALAR,
          "Cores that the processes of the service used, on average over a second.");
  static final Metric MEMORY =
      lower(
          "service.memory",
          Unit.BYTES,
          Shape.SCALAR,
          "Memory that its processes held, what they share counted once.");
  static final Metric MEMORY_PEAK =
      lower(
          "service.memory.peak",
          Unit.BYTES,
          Shape.SCALAR,
          "The most that its largest process ever held, also before the check.");
  static final Metric THREADS =
      lower("service.threads", Unit.NONE, Shape.SCALAR, "Threads of its processes.");
  static final Metric FILES =
      lower(
          "service.files",
          Unit.NONE,
          Shape.SCALAR,
          "Files and sockets that its processes had open.");
  static final Metric GC_PAUSE =
      lower(
          "service.gc.pause",
          Unit.NANOSECONDS,
          Shape.DISTRIBUTION,
          "How long garbage collections stopped its JVMs.");
  static final Metric GC_TIME =
      lower(
          "service.gc.time",
          Unit.RATIO,
          Shape.PROPORTION,
          "The share of the time, in microseconds, in which its JVMs were stopped for garbage collection.");
  static final Metric HEAP =
      lower("service.heap", Unit.BYTES, Shape.SCALAR, "The heap that its JVMs had in use.");
  static final Metric HEAP_LIVE =
      lower(
          "service.heap.live",
          Unit.BYTES,
          Shape.SCALAR,
          "The heap that had outlived the last garbage collection: what grows there leaks.");
  static final Metric SQL_CALLS =
      lower("sql.calls", Unit.NONE, Shape.COUNT, "Statements that PostgreSQL carried out.");
  static final Metric SQL_TIME =
      lower(
          "sql.time",
          Unit.NANOSECONDS,
          Shape.COUNT,
          "Time that PostgreSQL spent carrying out statements, all sessions together.");

  private ProfileMetrics() {}

  static List<Metric> all() {
    return List.of(
        CPU,
        MEMORY,
        MEMORY_PEAK,
        THREADS,
        FILES,
        GC_PAUSE,
        GC_TIME,
        HEAP,
        HEAP_LIVE,
        SQL_CALLS,
        SQL_TIME);
  }

  private static Metric lower(String name, Unit unit, Shape shape, String summary) {
    return new Metric(name, unit, shape, Better.LOWER, summary);
  }
}
