package dev.assay.core.run;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.core.judge.Rounds;
import java.nio.file.Path;

/** Takes the evidence of a check's second round, and labels it so. Thread-safe. */
final class SecondRoundSink implements EvidenceSink {

  private final EvidenceSink sink;
  private final Labelled labelled;

  SecondRoundSink(String check, EvidenceSink sink) {
    this.sink = sink;
    this.labelled = new Labelled(check, Rounds.LABEL, Rounds.SECOND);
  }

  @Override
  public void emit(Evidence evidence) {
    sink.emit(labelled.of(evidence));
  }

  @Override
  public boolean offer(Evidence evidence) {
    return sink.offer(labelled.of(evidence));
  }

  @Override
  public Artifact attach(String name, String mediaType, Path file) {
    return sink.attach("round 2/" + name, mediaType, file);
  }
}
