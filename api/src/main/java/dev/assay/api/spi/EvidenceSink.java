package dev.assay.api.spi;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Evidence;
import java.nio.file.Path;

/** Takes the evidence of one check on its way to the ledger. Thread-safe. */
public interface EvidenceSink {

  /**
   * Hands over evidence. Does not wait for the disk, but waits while 65,536 items are on their way,
   * so it must not be called from a thread that measures; such a thread calls {@link #offer}.
   */
  void emit(Evidence evidence);

  /**
   * Hands over evidence without ever waiting.
   *
   * @return whether it was taken; each refusal is counted and makes the verdict INCONCLUSIVE
   */
  boolean offer(Evidence evidence);

  /**
   * Stores a copy of a file by its content and emits its {@link Artifact}. Waits for the disk.
   *
   * @param name for people
   * @param mediaType such as {@code text/plain}
   * @param file at most 1 GiB; what is longer is cut, and a finding says so
   */
  Artifact attach(String name, String mediaType, Path file);
}
