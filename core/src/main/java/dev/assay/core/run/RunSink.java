package dev.assay.core.run;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Finding;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.core.report.RunListener;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The sink of one check: masks secrets, keeps the evidence for the judge, sends it on to the
 * ledger. Thread-safe.
 */
final class RunSink implements EvidenceSink {

  private static final long LARGEST = 1L << 30;

  private final String check;
  private final RunLog log;
  private final Ledger ledger;
  private final Redactor redactor;
  private final Clock clock;
  private final RunListener listener;
  private final List<Evidence> evidence = new ArrayList<>();
  private long refused;

  RunSink(
      String check,
      RunLog log,
      Ledger ledger,
      Redactor redactor,
      Clock clock,
      RunListener listener) {
    this.check = check;
    this.log = log;
    this.ledger = ledger;
    this.redactor = redactor;
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public void emit(Evidence fact) {
    Evidence masked = redactor.redact(fact);
    synchronized (this) {
      evidence.add(masked);
    }
    log.append(new Recorded(masked));
    listener.recorded(masked);
  }

  @Override
  public boolean offer(Evidence fact) {
    Evidence masked = redactor.redact(fact);
    boolean taken = log.offer(new Recorded(masked));
    synchronized (this) {
      if (taken) {
        evidence.add(masked);
      } else {
        refused++;
      }
    }
    return taken;
  }

  @Override
  public Artifact attach(String name, String mediaType, Path file) {
    try {
      Path bounded = bounded(name, file);
      Path masked =
          mediaType.startsWith("text/") || mediaType.endsWith("xml") || mediaType.endsWith("json")
              ? masked(bounded)
              : bounded;
      Ledger.StoredArtifact stored = ledger.store(masked);
      if (!masked.equals(file)) {
        Files.deleteIfExists(masked);
      }
      Artifact artifact =
          new Artifact(check, clock.now(), name, mediaType, stored.size(), stored.sha256());
      emit(artifact);
      return artifact;
    } catch (IOException broken) {
      throw RunProblems.NOT_WRITABLE.failure(
          Where.named(file.toString()),
          "'" + file + "' cannot be stored: " + IoReason.of(broken),
          "make the folder .assay writable and leave room on its disk");
    }
  }

  private Path bounded(String name, Path file) throws IOException {
    if (Files.size(file) <= LARGEST) {
      return file;
    }
    Path cut = Files.createTempFile("assay-cut", null);
    try (InputStream in = Files.newInputStream(file);
        var out = Files.newOutputStream(cut)) {
      byte[] buffer = new byte[1 << 16];
      long left = LARGEST;
      int read;
      while (left > 0 && (read = in.read(buffer, 0, (int) Math.min(buffer.length, left))) > 0) {
        out.write(buffer, 0, read);
        left -= read;
      }
    }
    emit(
        new Finding(
            check,
            clock.now(),
            "artifact.cut",
            Finding.Severity.WARNING,
            name,
            "'" + name + "' is longer than 1 GiB; only its beginning was kept",
            "artifact.cut:" + name,
            Map.of()));
    return cut;
  }

  /** Takes the secrets out of a file of the run that stays where it is. */
  void mask(Path file) throws IOException {
    Path masked = masked(file);
    if (!masked.equals(file)) {
      Files.move(masked, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Removes a file of the run that could not be masked, where it may hold secrets. */
  void forget(Path file) {
    try {
      if (!redactor.idle()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException stays) {
      // the undo journal has it, and the next run tries again
    }
  }

  /** A copy without secrets, line by line; the file itself where there are none. */
  private Path masked(Path file) throws IOException {
    if (redactor.idle()) {
      return file;
    }
    Path copy = Files.createTempFile("assay-masked", null);
    try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1));
        BufferedWriter out = Files.newBufferedWriter(copy, StandardCharsets.ISO_8859_1)) {
      String line;
      while ((line = in.readLine()) != null) {
        out.write(latin(redactor.redact(utf8(line))));
        out.write('\n');
      }
    }
    return copy;
  }

  /**
   * Bytes pass through unharmed, whatever their encoding: read as Latin-1, masked as UTF-8 where
   * they are that.
   */
  private static String utf8(String latin) {
    byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') >= 0 ? latin : text;
  }

  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  synchronized List<Evidence> evidence() {
    return List.copyOf(evidence);
  }

  synchronized long refused() {
    return refused;
  }
}
