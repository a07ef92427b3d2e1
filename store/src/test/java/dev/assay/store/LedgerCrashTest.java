package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.verdict.Decision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LedgerCrashTest {

  private static final int KILLS = 52;
  private static final long SEED = 20260302;

  @TempDir Path scratch;

  private final Map<Long, String> acknowledged = new HashMap<>();
  private final Set<String> artifacts = new HashSet<>();

  @Test
  @Timeout(300)
  void nothingThatWasAcknowledgedIsLostByKillingTheWriterAtAnyMoment() throws Exception {
    Path folder = scratch.resolve(".assay");
    Path files = Files.createDirectory(scratch.resolve("files"));
    SplittableRandom random = new SplittableRandom(SEED);
    int withEntries = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      String run = "run-" + kill;
      Process writer =
          Children.start(
              scratch, CrashWriter.class, List.of(folder.toString(), run, files.toString()));
      Map<Long, String> told = killAfter(writer, random.nextInt(1, 20_000), kill, random);
      acknowledged.putAll(told);
      withEntries += told.isEmpty() ? 0 : 1;
      if (!acknowledged.isEmpty()) {
        look(folder, run, told);
      }
      if (kill % 6 == 5) {
        lookAtAll(folder);
      }
    }
    assertThat(withEntries).as("kills of a writer in full swing").isGreaterThan(KILLS / 2);
    lookAtAll(folder);
    Ledgers.writer(folder).close();
    lookAtAll(folder);
  }

  /**
   * Kills the process when it has said so many bytes; every tenth one while it still starts, at a
   * random time. Gives the lines that came out whole, also those that were still in the pipe, which
   * {@code Process.destroyForcibly} would throw away.
   */
  private Map<Long, String> killAfter(Process writer, int bytes, int kill, SplittableRandom random)
      throws IOException, InterruptedException {
    StringBuilder said = new StringBuilder();
    if (kill % 10 == 9) {
      writer.waitFor(random.nextInt(50, 400), TimeUnit.MILLISECONDS);
      writer.toHandle().destroyForcibly();
    }
    byte[] buffer = new byte[4096];
    for (int read = writer.getInputStream().read(buffer);
        read >= 0;
        read = writer.getInputStream().read(buffer)) {
      said.append(new String(buffer, 0, read, StandardCharsets.US_ASCII));
      if (said.length() >= bytes) {
        writer.toHandle().destroyForcibly();
      }
    }
    assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(writer.exitValue()).as("ended by SIGKILL and nothing else").isEqualTo(137);
    Map<Long, String> told = new HashMap<>();
    String whole = said.substring(0, said.lastIndexOf("\n") + 1);
    whole
        .lines()
        .map(line -> line.split(" "))
        .forEach(words -> {
          if (words[0].equals("artifact")) {
            artifacts.add(words[1]);
          } else {
            told.put(Long.parseLong(words[0]), words[1]);
          }
        });
    return told;
  }

  private static void look(Path folder, String run, Map<Long, String> told) {
    try (SqliteLedger ledger = Ledgers.reader(folder)) {
      Map<Long, String> stored = new HashMap<>();
      ledger.read(run, each -> stored.put(each.sequence(), each.hash()));
      assertThat(stored).containsAllEntriesOf(told);
      if (!told.isEmpty()) {
        RunSummary summary = ledger.find(run).orElseThrow();
        assertThat(summary.closed()).isNull();
        assertThat(summary.decision()).isEqualTo(Decision.NOT_RUN);
        assertThat(summary.entries()).isEqualTo(stored.size());
      }
    }
  }

  private void lookAtAll(Path folder) {
    assertThat(LedgerVerification.verify(folder).damages()).isEmpty();
    try (SqliteLedger ledger = Ledgers.reader(folder)) {
      Map<Long, String> stored = new HashMap<>();
      for (RunSummary run : ledger.runs(KILLS)) {
        ledger.read(run.id(), each -> stored.put(each.sequence(), each.hash()));
      }
      assertThat(stored).containsAllEntriesOf(acknowledged);
      assertThat(artifacts).allMatch(sha256 -> ledger.artifact(sha256).isPresent());
    }
  }
}
