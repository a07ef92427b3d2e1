package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.Stored;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.verdict.Decision;
import dev.assay.testkit.LedgerEntries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryLedgerTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  private static List<LedgerEntry> entries(Ledger ledger, String run) {
    List<LedgerEntry> read = new ArrayList<>();
    ledger.read(run, stored -> read.add(stored.entry()));
    return read;
  }

  @Test
  void whatWasAppendedIsReadBackInOrderAndSummedUp() {
    List<LedgerEntry> all = LedgerEntries.everyKind();
    try (MemoryLedger ledger = new MemoryLedger(folder)) {
      all.forEach(entry -> ledger.append("run", entry).join());

      assertThat(entries(ledger, "run")).isEqualTo(all);
      assertThat(ledger.runs(5))
          .singleElement()
          .satisfies(run -> {
            assertThat(run.id()).isEqualTo("run");
            assertThat(run.entries()).isEqualTo(all.size());
          });
      assertThat(ledger.find("ru")).isPresent();
      assertThat(ledger.find("x")).isEmpty();
      assertThat(entries(ledger, "other")).isEmpty();
    }
  }

  @Test
  void aRunIsOpenedOnceAndFirstAndNotAfterTheEnd() {
    MemoryLedger ledger = new MemoryLedger(folder);
    LedgerEntry opened = LedgerEntries.everyKind().getFirst();
    LedgerEntry later = LedgerEntries.everyKind().get(1);

    assertThatThrownBy(() -> ledger.append("run", later).join()).hasMessageContaining("opened");
    ledger.append("run", opened).join();
    assertThatThrownBy(() -> ledger.append("run", opened).join()).hasMessageContaining("opened");
    assertThat(ledger.runs(1).getFirst().decision()).isEqualTo(Decision.NOT_RUN);
    ledger.close();
    assertThatThrownBy(() -> ledger.append("run", later).join()).hasMessageContaining("closed");
  }

  @Test
  void aRunIsCopiedWithItsChainIntoALedgerThatLasts() {
    Path lasting = folder.resolve("lasting");
    List<LedgerEntry> all = LedgerEntries.everyKind();
    MemoryLedger memory = new MemoryLedger(folder.resolve("memory"));
    all.forEach(entry -> memory.append("run", entry).join());
    try (SqliteLedger into = SqliteLedger.open(lasting, SqliteLedger.Mode.READ_WRITE)) {
      memory.copy("run", into);
    }

    try (SqliteLedger again = SqliteLedger.open(lasting, SqliteLedger.Mode.READ_ONLY)) {
      assertThat(entries(again, "run")).isEqualTo(all);
      List<Stored> stored = new ArrayList<>();
      again.read("run", stored::add);
      assertThat(stored).extracting(Stored::sequence).startsWith(1L).endsWith((long) all.size());
    }
  }

  @Test
  void artifactsAreKeptByTheirContent() throws java.io.IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "content");
    MemoryLedger ledger = new MemoryLedger(folder.resolve("memory"));

    String sha256 = ledger.store(file).sha256();

    assertThat(ledger.artifact(sha256))
        .get()
        .satisfies(kept -> assertThat(Files.readString(kept)).isEqualTo("content"));
  }
}
