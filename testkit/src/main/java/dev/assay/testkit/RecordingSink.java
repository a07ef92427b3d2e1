package dev.assay.testkit;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.spi.EvidenceSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps all evidence in memory for a test to look at. Thread-safe. */
public final class RecordingSink implements EvidenceSink {

  private final List<Evidence> evidence = new CopyOnWriteArrayList<>();
  private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
  private final String check;

  /** A sink for the evidence of that check. */
  public RecordingSink(String check) {
    this.check = check;
  }

  @Override
  public void emit(Evidence fact) {
    evidence.add(fact);
  }

  @Override
  public boolean offer(Evidence fact) {
    return evidence.add(fact);
  }

  @Override
  public Artifact attach(String name, String mediaType, Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      contents.put(name, content);
      Artifact artifact =
          new Artifact(check, Instant.now(), name, mediaType, content.length, "0".repeat(64));
      evidence.add(artifact);
      return artifact;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Everything emitted, in order. */
  public List<Evidence> all() {
    return List.copyOf(evidence);
  }

  /** The evidence of one kind, in order. */
  public <E extends Evidence> List<E> of(Class<E> kind) {
    return evidence.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The outcomes, in order. */
  public List<Outcome> outcomes() {
    return of(Outcome.class);
  }

  /** The measurements of a metric, in order. */
  public List<Measurement> measurements(String metric) {
    return of(Measurement.class).stream().filter(m -> m.metric().equals(metric)).toList();
  }

  /** The sum of a metric's counts, of its proportions' hits, or of its distributions' sizes. */
  public long sum(String metric) {
    return measurements(metric).stream()
        .mapToLong(m ->
            switch (m.value()) {
              case Measured.Count count -> count.value();
              case Measured.Proportion share -> share.hits();
              case Measured.Distribution distribution -> distribution.count();
              case Measured.Scalar scalar -> (long) scalar.value();
            })
        .sum();
  }

  /** The content of an attached file. */
  public byte[] content(String name) {
    byte[] content = contents.get(name);
    if (content == null) {
      throw new AssertionError("nothing was attached as '" + name + "', only " + contents.keySet());
    }
    return content;
  }
}
