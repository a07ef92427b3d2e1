package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.evidence.Event;
import dev.assay.api.ledger.Ledger.Receipt;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import dev.assay.store.SqliteLedger.Mode;
import dev.assay.testkit.LedgerEntries;
import dev.assay.testkit.SmallDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreProblemsTest {

  private static final String KILOBYTES = "x".repeat(4000);

  @TempDir Path scratch;

  @Test
  void everyProblemHasItsOwnCodeAndAnExplanation() {
    assertThat(StoreProblems.all())
        .extracting(ProblemType::code)
        .doesNotHaveDuplicates()
        .isSorted();
    assertThat(StoreProblems.all()).allMatch(type -> type.explanation().length() > 100);
  }

  @Test
  void aFolderThatCannotBeCreatedIsToldWithItsPlace() throws IOException {
    Path file = Files.createFile(scratch.resolve("file"));
    Problem problem = Ledgers.problem(() -> Ledgers.writer(file.resolve(".assay")));
    assertThat(problem.type()).isEqualTo(StoreProblems.NOT_WRITABLE);
    assertThat(problem.kind()).isEqualTo(ProblemKind.ENVIRONMENT);
    assertThat(problem.where().text()).contains(file.toString());
  }

  @Test
  void aReadOnlyFileSystemCanBeReadAndNotWritten() throws Exception {
    try (SmallDisk mount = SmallDisk.mounted(scratch.resolve("mounted"), "8m")) {
      Path folder = scratch.resolve("mounted/.assay");
      Ledgers.build(folder, scratch);
      mount.readOnly();
      assertThat(Ledgers.problem(() -> Ledgers.writer(folder)).type())
          .isEqualTo(StoreProblems.NOT_WRITABLE);
      assertThat(Ledgers.problem(() -> WorkspaceLock.acquire(folder, "r1")).type())
          .isEqualTo(StoreProblems.NOT_WRITABLE);
      try (SqliteLedger reader = Ledgers.reader(folder)) {
        assertThat(reader.runs(10)).hasSize(3);
        assertThat(reader.verify().damages()).isEmpty();
      }
    }
  }

  @Test
  void aFullDiskEndsTheLedgerAndLosesNothingThatWasAcknowledged() throws Exception {
    try (SmallDisk _ = SmallDisk.mounted(scratch.resolve("mounted"), "2m")) {
      fill(scratch.resolve("mounted/.assay"), Limits.DEFAULT);
    }
  }

  @Test
  void aDatabaseThatMayNotGrowEndsTheLedgerLikeAFullDisk() throws Exception {
    fill(scratch.resolve(".assay"), Limits.DEFAULT.withPages(60));
  }

  private static void fill(Path folder, Limits limits) {
    List<Receipt> acknowledged = new ArrayList<>();
    Problem problem = null;
    try (SqliteLedger ledger = SqliteLedger.open(folder, Mode.READ_WRITE, limits)) {
      Ledgers.append(ledger, "r1", LedgerEntries.opened());
      for (int round = 0; round < 100 && problem == null; round++) {
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          receipts.add(ledger.append("r1", large()));
        }
        for (CompletableFuture<Receipt> receipt : receipts) {
          if (receipt.handle((given, failed) -> failed == null).join()) {
            acknowledged.add(receipt.join());
          } else {
            problem = Ledgers.problem(receipt);
          }
        }
      }
      assertThat(problem).isNotNull();
      assertThat(problem.type()).as(problem.toString()).isEqualTo(StoreProblems.DISK_FULL);
      assertThat(Ledgers.problem(ledger.append("r1", LedgerEntries.fact(1))))
          .as("the same problem ever after")
          .isEqualTo(problem);
    }
    try (SqliteLedger reader = Ledgers.reader(folder)) {
      List<Receipt> stored = new ArrayList<>();
      reader.read("r1", each -> stored.add(new Receipt(each.sequence(), each.hash())));
      assertThat(stored).containsAll(acknowledged);
      assertThat(reader.verify().damages()).isEmpty();
    }
  }

  private static Recorded large() {
    return new Recorded(new Event("smoke", LedgerEntries.AT, "large", KILOBYTES, Map.of()));
  }

  @Test
  void aFullDiskRefusesAnArtifactAndLeavesNoPartOfIt() throws Exception {
    try (SmallDisk _ = SmallDisk.mounted(scratch.resolve("mounted"), "1m")) {
      Path folder = scratch.resolve("mounted/.assay");
      Path large = scratch.resolve("large");
      try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
        file.setLength(4 << 20);
      }
      try (SqliteLedger ledger = Ledgers.writer(folder)) {
        assertThat(Ledgers.problem(() -> ledger.store(large)).type())
            .isEqualTo(StoreProblems.DISK_FULL);
      }
      assertThat(Ledgers.files(folder.resolve("artifacts"))).isEmpty();
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsNeverOverwritten() throws IOException {
    Path folder = Files.createDirectories(scratch.resolve(".assay"));
    Path database = Files.writeString(folder.resolve("ledger.db"), KILOBYTES + KILOBYTES);
    for (Mode mode : Mode.values()) {
      Problem problem = Ledgers.problem(() -> SqliteLedger.open(folder, mode));
      assertThat(problem.type()).isEqualTo(StoreProblems.CORRUPT);
      assertThat(problem.mend()).contains("backup").contains("move it away");
    }
    assertThat(database).hasContent(KILOBYTES + KILOBYTES);
  }

  @Test
  void anotherProgramsDatabaseIsLeftAlone() throws Exception {
    Path folder = Files.createDirectories(scratch.resolve(".assay"));
    execute(folder, "CREATE TABLE theirs (x)");
    byte[] before = Files.readAllBytes(folder.resolve("ledger.db"));
    assertThat(Ledgers.problem(() -> Ledgers.writer(folder)).type())
        .isEqualTo(StoreProblems.CORRUPT);
    assertThat(Files.readAllBytes(folder.resolve("ledger.db"))).isEqualTo(before);
  }

  @Test
  void aLedgerThatWasCutShortOrLostIsNotBegunAnew() throws IOException {
    Path folder = scratch.resolve(".assay");
    Ledgers.build(folder, scratch);
    Files.write(folder.resolve("ledger.db"), new byte[0]);
    assertThat(Ledgers.problem(() -> Ledgers.writer(folder)).type())
        .isEqualTo(StoreProblems.CORRUPT);
    Files.delete(folder.resolve("ledger.db"));
    assertThat(Ledgers.problem(() -> Ledgers.writer(folder)).type())
        .isEqualTo(StoreProblems.CORRUPT);
    assertThat(folder.resolve("ledger.db")).doesNotExist();
  }

  @Test
  void aDamagedSealIsNotSealedOver() throws IOException {
    Path folder = scratch.resolve(".assay");
    Ledgers.build(folder, scratch);
    Files.writeString(folder.resolve("ledger.seal"), "{}");
    assertThat(Ledgers.problem(() -> Ledgers.writer(folder)).type())
        .isEqualTo(StoreProblems.CORRUPT);
  }

  @Test
  void aLedgerOfANewerVersionIsLeftAlone() throws Exception {
    Path folder = scratch.resolve(".assay");
    Ledgers.writer(folder).close();
    Files.delete(folder.resolve("ledger.seal"));
    execute(folder, "PRAGMA user_version = " + (Schema.LATEST + 1));
    for (Mode mode : Mode.values()) {
      assertThat(Ledgers.problem(() -> SqliteLedger.open(folder, mode)).type())
          .isEqualTo(StoreProblems.NEWER);
    }
    assertThat(Ledgers.problem(() -> LedgerVerification.verify(folder)).type())
        .isEqualTo(StoreProblems.NEWER);
  }

  @Test
  void readingWhereNothingWasRecordedSaysSo() throws IOException {
    Path folder = scratch.resolve(".assay");
    Ledgers.problem(() -> Ledgers.reader(folder));
    Files.createDirectories(folder);
    Files.createFile(folder.resolve("ledger.db"));
    assertThat(Ledgers.problem(() -> Ledgers.reader(folder)).type())
        .isEqualTo(StoreProblems.NO_LEDGER);
    assertThat(Ledgers.problem(() -> LedgerVerification.verify(folder)).type())
        .isEqualTo(StoreProblems.NO_LEDGER);
  }

  @Test
  void aReaderCannotWrite() throws IOException {
    Path folder = scratch.resolve(".assay");
    Ledgers.build(folder, scratch);
    try (SqliteLedger reader = Ledgers.reader(folder)) {
      assertThat(Ledgers.problem(reader.append("r9", LedgerEntries.opened())).type())
          .isEqualTo(StoreProblems.NOT_OPEN);
      assertThat(Ledgers.problem(() -> reader.store(scratch.resolve("note"))).type())
          .isEqualTo(StoreProblems.NOT_OPEN);
    }
  }

  @Test
  void aReaderSeesWhatAWriterWritesMeanwhile() {
    Path folder = scratch.resolve(".assay");
    try (SqliteLedger writer = Ledgers.writer(folder);
        SqliteLedger reader = Ledgers.reader(folder)) {
      assertThat(reader.runs(1)).isEmpty();
      Ledgers.append(writer, "r1", LedgerEntries.opened());
      assertThat(reader.runs(1)).hasSize(1);
      assertThat(reader.verify().damages()).isEmpty();
    }
  }

  @Test
  void aDatabaseThatAnotherProgramHoldsIsBusy() throws Exception {
    Path folder = scratch.resolve(".assay");
    Ledgers.writer(folder).close();
    Limits impatient = Limits.DEFAULT.withPatience(Duration.ofMillis(20));
    try (SqliteLedger ledger = SqliteLedger.open(folder, Mode.READ_WRITE, impatient);
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder + "/ledger.db");
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThat(Ledgers.problem(ledger.append("r1", LedgerEntries.opened())).type())
          .isEqualTo(StoreProblems.BUSY);
    }
  }

  @Test
  void twoWritersOfOneFolderMakeOneChain() {
    Path folder = scratch.resolve(".assay");
    try (SqliteLedger one = Ledgers.writer(folder);
        SqliteLedger two = Ledgers.writer(folder)) {
      Ledgers.append(one, "r1", LedgerEntries.opened());
      Ledgers.append(two, "r2", LedgerEntries.opened());
      assertThat(Ledgers.append(one, "r1", LedgerEntries.fact(1)).sequence()).isEqualTo(3);
    }
    assertThat(LedgerVerification.verify(folder).damages()).isEmpty();
  }

  @Test
  void anEntryIsNeverChangedOrDeletedAlsoByHand() throws SQLException, IOException {
    Path folder = scratch.resolve(".assay");
    Ledgers.build(folder, scratch);
    for (String change :
        List.of(
            "UPDATE entry SET run = 'x'",
            "DELETE FROM entry",
            "DELETE FROM run",
            "UPDATE run SET id = 'x'")) {
      assertThatThrownBy(() -> execute(folder, change)).hasMessageContaining("append-only");
    }
  }

  @Test
  void anEntryWithoutMeasureIsRefusedAndTheLedgerGoesOn() {
    String message = "x".repeat(Limits.LARGEST_ENTRY);
    try (SqliteLedger ledger = Ledgers.writer(scratch.resolve(".assay"))) {
      Recorded huge = new Recorded(new Event("smoke", LedgerEntries.AT, "huge", message, Map.of()));
      assertThat(Ledgers.problem(ledger.append("r1", huge)).type())
          .isEqualTo(StoreProblems.TOO_LARGE);
      assertThat(Ledgers.append(ledger, "r1", LedgerEntries.opened()).sequence()).isEqualTo(1);
    }
  }

  @Test
  void aFolderWhoseNameIsHardToWriteIsAFolder() {
    Path folder = scratch.resolve("a b?c#d%20e&f=ü;'\"");
    try (SqliteLedger ledger = Ledgers.writer(folder)) {
      Ledgers.append(ledger, "r1", LedgerEntries.opened());
      assertThat(folder.resolve("ledger.db")).exists();
      assertThat(ledger.verify().damages()).isEmpty();
    }
  }

  private static void execute(Path folder, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
