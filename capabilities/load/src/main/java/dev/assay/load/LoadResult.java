package dev.assay.load;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.stats.HistogramEncoding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What a {@link LoadTest} measured. Immutable in use: what it hands out are copies. */
public final class LoadResult {

  private final Histogram latency;
  private final Map<String, Histogram> steps;
  private final Map<String, Long> errors;
  private final long requests;
  private final long failed;
  private final List<String> warnings;
  private final List<Evidence> evidence;

  private LoadResult(Collector of) {
    latency = of.latency.copy();
    steps = Map.copyOf(of.steps);
    errors = Map.copyOf(of.errors);
    requests = of.requests;
    failed = of.failed;
    warnings = List.copyOf(of.warnings);
    evidence = List.copyOf(of.evidence);
  }

  /** How many requests ended, well or not. */
  public long requests() {
    return requests;
  }

  /** How many requests failed and arrivals were dropped. */
  public long failed() {
    return failed;
  }

  /** The failures by their kinds, such as {@code timeout}. */
  public Map<String, Long> errors() {
    return errors;
  }

  /**
   * A percentile of the latency of all requests, from the intended start.
   *
   * @param percentile 0 to 100
   * @throws IllegalStateException if nothing was answered
   */
  public Duration latency(double percentile) {
    return percentile(latency, percentile);
  }

  /** The same of one step. */
  public Duration latency(String step, double percentile) {
    Histogram of = steps.get(step);
    if (of == null) {
      throw new IllegalArgumentException(
          "there is no step '" + step + "'; there are " + String.join(", ", steps.keySet()));
    }
    return percentile(of, percentile);
  }

  private static Duration percentile(Histogram of, double percentile) {
    if (of.getTotalCount() == 0) {
      throw new IllegalStateException("nothing was answered, so there is no latency");
    }
    return Duration.ofNanos(of.getValueAtPercentile(percentile));
  }

  /** Whether the generator kept its schedule; what it measured otherwise is not to be trusted. */
  public boolean valid() {
    return evidence.stream()
        .noneMatch(one ->
            one instanceof Finding finding && finding.severity() == Finding.Severity.INVALID);
  }

  /** What was found besides, such as that the generator was late. */
  public List<String> warnings() {
    return warnings;
  }

  /** All evidence, as a check of a run would hand it over. */
  public List<Evidence> evidence() {
    return evidence;
  }

  /** Takes the evidence of one run. Thread-safe. */
  static final class Collector implements EvidenceSink {

    private final Histogram latency = new Histogram(3);
    private final Map<String, Histogram> steps = new LinkedHashMap<>();
    private final Map<String, Long> errors = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private long requests;
    private long failed;

    @Override
    public synchronized void emit(Evidence one) {
      evidence.add(one);
      if (one instanceof Finding finding) {
        warnings.add(finding.message());
      }
      if (one instanceof Measurement measurement) {
        take(measurement);
      }
    }

    private void take(Measurement one) {
      String step = one.labels().getOrDefault("step", "");
      switch (one.value()) {
        case Measured.Distribution all when one.metric().equals("latency") -> {
          Histogram more = HistogramEncoding.decode(all.histogram());
          latency.add(more);
          steps.computeIfAbsent(step, name -> new Histogram(3)).add(more);
        }
        case Measured.Count count when one.metric().equals("requests") -> requests += count.value();
        case Measured.Count count when one.metric().equals("errors.by.kind") -> {
          failed += count.value();
          errors.merge(one.labels().getOrDefault("kind", ""), count.value(), Long::sum);
        }
        default -> {
          // It is in the evidence.
        }
      }
    }

    @Override
    public boolean offer(Evidence one) {
      emit(one);
      return true;
    }

    @Override
    public Artifact attach(String name, String mediaType, Path file) {
      throw new UnsupportedOperationException("a load keeps no files");
    }

    synchronized LoadResult result() {
      return new LoadResult(this);
    }
  }
}
