package dev.assay.core.run;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.spi.EvidenceSink;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Takes the evidence of a check that is carried out as a part of another one: makes it the other
 * one's, with the label {@code live}, hands it on, and keeps the last of it to be judged.
 * Thread-safe.
 */
final class LiveSink implements EvidenceSink {

  static final String LABEL = "live";

  private static final int MOST = 200_000;
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final String asking;
  private final String live;
  private final EvidenceSink sink;
  private final Consumer<Evidence> consumer;
  private final Deque<Evidence> kept = new ArrayDeque<>();

  /**
   * A sink.
   *
   * @param asking the check whose evidence it becomes
   * @param live the check that emits it
   * @param sink stores files
   * @param consumer takes the evidence
   */
  LiveSink(String asking, String live, EvidenceSink sink, Consumer<Evidence> consumer) {
    this.asking = asking;
    this.live = live;
    this.sink = sink;
    this.consumer = consumer;
  }

  @Override
  public void emit(Evidence evidence) {
    Evidence own = own(evidence);
    synchronized (this) {
      kept.addLast(own);
      Instant oldest = own.at().minus(LONGEST);
      while (kept.size() > MOST || kept.getFirst().at().isBefore(oldest)) {
        kept.removeFirst();
      }
    }
    consumer.accept(own);
  }

  @Override
  public boolean offer(Evidence evidence) {
    emit(evidence);
    return true;
  }

  @Override
  public Artifact attach(String name, String mediaType, Path file) {
    return sink.attach(name, mediaType, file);
  }

  private Evidence own(Evidence evidence) {
    return switch (evidence) {
      case Measurement one ->
          new Measurement(
              asking,
              one.metric(),
              one.unit(),
              one.from(),
              one.to(),
              labelled(one.labels()),
              one.value());
      case Outcome one ->
          new Outcome(
              asking, one.at(), one.suite(), one.name(), one.attempts(), labelled(one.labels()));
      case Finding one ->
          new Finding(
              asking,
              one.at(),
              one.rule(),
              one.severity(),
              one.place(),
              one.message(),
              one.fingerprint(),
              labelled(one.labels()));
      case Event one ->
          new Event(asking, one.at(), one.kind(), one.message(), labelled(one.labels()));
      case Artifact one -> one;
    };
  }

  private Map<String, String> labelled(Map<String, String> labels) {
    Map<String, String> more = new HashMap<>(labels);
    more.put(LABEL, live);
    return more;
  }

  /** What ended or happened after one moment and not after another. */
  synchronized List<Evidence> between(Instant from, Instant to) {
    List<Evidence> window = new ArrayList<>();
    for (Evidence one : kept) {
      if (one.at().isAfter(from) && !one.at().isAfter(to)) {
        window.add(one);
      }
    }
    return window;
  }
}
