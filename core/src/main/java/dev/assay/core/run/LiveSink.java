package dev.assay.core.run;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.spi.EvidenceSink;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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

  private final Labelled labelled;
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
    this.labelled = new Labelled(asking, LABEL, live);
    this.sink = sink;
    this.consumer = consumer;
  }

  @Override
  public void emit(Evidence evidence) {
    Evidence own = labelled.of(evidence);
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
