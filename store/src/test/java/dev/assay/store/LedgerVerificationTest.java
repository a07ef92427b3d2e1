package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.ledger.Ledger.Verification;
import dev.assay.api.problem.ProblemException;
import dev.assay.testkit.LedgerEntries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerVerificationTest {

  @TempDir Path scratch;
  private Path folder;

  @BeforeEach
  void aClosedLedger() throws IOException {
    folder = scratch.resolve("ledger");
    Ledgers.build(folder, scratch);
  }

  @Test
  void anUnharmedLedgerIsSound() {
    Verification verification = LedgerVerification.verify(folder);
    assertThat(verification.damages()).isEmpty();
    assertThat(verification.entries()).isEqualTo(3 * 42 + 2);
    assertThat(verification.artifacts()).isEqualTo(3);
  }

  @Test
  void verifyingChangesNoFileAndCanBeRepeated() throws IOException {
    byte[] before = Files.readAllBytes(folder.resolve("ledger.db"));
    LedgerVerification.verify(folder);
    assertThat(LedgerVerification.verify(folder).damages()).isEmpty();
    assertThat(Files.readAllBytes(folder.resolve("ledger.db"))).isEqualTo(before);
  }

  @Test
  void oneFlippedBitAnywhereIsFound() throws IOException {
    SplittableRandom random = new SplittableRandom(20260301);
    List<String> missed = new ArrayList<>();
    int flips = 0;
    for (Path file : Ledgers.files(folder)) {
      if (file.endsWith(".gitignore")) {
        continue; // for git, and no part of the ledger
      }
      byte[] bytes = Files.readAllBytes(file);
      for (long at : positions(file, bytes.length, random)) {
        byte[] changed = bytes.clone();
        changed[(int) at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, changed);
        if (sound()) {
          missed.add(folder.relativize(file) + " at " + at);
        }
        flips++;
      }
      Files.write(file, bytes);
    }
    assertThat(missed).isEmpty();
    assertThat(flips).isGreaterThan(500);
    assertThat(LedgerVerification.verify(folder).damages()).isEmpty();
  }

  /** Every byte of the database's header, and of what is small; elsewhere one in a stride. */
  private static List<Long> positions(Path file, int length, SplittableRandom random) {
    List<Long> positions = new ArrayList<>();
    boolean database = file.endsWith("ledger.db");
    int all = database ? 112 : 64;
    int stride = Math.max(1, length / (database ? 400 : 60));
    for (long at = 0; at < length; at += at < all ? 1 : 1 + random.nextInt(2 * stride)) {
      positions.add(at);
    }
    return positions;
  }

  @Test
  void aLedgerCutAnywhereIsUnsound() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    for (String name : List.of("ledger.db", "ledger.seal")) {
      Path file = folder.resolve(name);
      byte[] bytes = Files.readAllBytes(file);
      List<Integer> lengths = new ArrayList<>(List.of(0, 1, 15, 16, 99, 100, 511, 512, 4095, 4096));
      for (int i = 0; i < 30; i++) {
        lengths.add(random.nextInt(bytes.length));
      }
      for (int length : lengths) {
        Files.write(file, java.util.Arrays.copyOf(bytes, Math.min(length, bytes.length - 1)));
        assertThat(sound()).as(name + " cut to " + length).isFalse();
      }
      Files.write(file, bytes);
    }
  }

  @Test
  void garbageInPlaceOfTheDatabaseIsDamage() throws IOException {
    byte[] garbage = new byte[10_000];
    new java.util.Random(1).nextBytes(garbage);
    Files.write(folder.resolve("ledger.db"), garbage);
    assertThat(LedgerVerification.verify(folder).damages())
        .anyMatch(damage -> damage.contains("not a database"));
    Files.delete(folder.resolve("ledger.seal"));
    assertThat(LedgerVerification.verify(folder).sound()).isFalse();
  }

  @Test
  void aDatabaseThatIsGoneIsDamageWhileItsSealIsThere() throws IOException {
    Files.delete(folder.resolve("ledger.db"));
    assertThat(LedgerVerification.verify(folder).damages())
        .contains("ledger.db is missing or empty; it was sealed with 128 entries");
  }

  @Test
  void aChangedByteThatNoEntryCoversIsNamedByItsPages() throws IOException {
    Path database = folder.resolve("ledger.db");
    byte[] bytes = Files.readAllBytes(database);
    // Reserved for expansion by the file format: SQLite itself never looks at it.
    bytes[75] ^= 1;
    Files.write(database, bytes);
    assertThat(LedgerVerification.verify(folder).damages())
        .singleElement()
        .asString()
        .contains("bytes of ledger.db were changed since it was sealed")
        .contains("pages 1 to ");
  }

  @Test
  void anEntryThatWasEmptiedWithoutSayingSoIsNamed() throws Exception {
    assertThatThrownBy(() -> change("UPDATE entry SET body = x'' WHERE sequence = 5"))
        .hasMessageContaining("append-only");
    change("DROP TRIGGER entry_is_never_changed", "UPDATE entry SET body = x'' WHERE sequence = 5");
    assertThat(LedgerVerification.verify(folder).damages())
        .anyMatch(damage -> damage.contains("entry 6 of run 'run-a' and the entries before it"));
  }

  @Test
  void aLedgerOfTheFirstSchemaIsSoundAndGoesOn() throws Exception {
    Path old = scratch.resolve("old");
    Files.createDirectories(old);
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + old.resolve("ledger.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(Schema.migration("sqlite", 1));
      statement.executeUpdate("PRAGMA application_id = " + Schema.APPLICATION);
      statement.executeUpdate("PRAGMA user_version = 1");
    }
    assertThat(LedgerVerification.verify(old).damages()).isEmpty();
    try (SqliteLedger ledger = Ledgers.writer(old)) {
      ledger.append("r1", LedgerEntries.opened()).join();
      assertThat(ledger.erase("r1", "asked for", LedgerEntries.AT)).isPresent();
    }
    assertThat(LedgerVerification.verify(old).damages()).isEmpty();
  }

  @Test
  void anEntryThatWasRewrittenIsNamed() throws Exception {
    change(
        "DROP TRIGGER entry_is_never_changed",
        "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), 'number', 'numbre') AS BLOB)"
            + " WHERE sequence = 5");
    assertThat(LedgerVerification.verify(folder).damages())
        .anyMatch(damage -> damage.startsWith("entry 5 of run 'run-a' does not have the hash"))
        .anyMatch(
            damage -> damage.contains("lacks or has changed: trigger entry_is_never_changed"));
  }

  @Test
  void anEntryIsCoveredByTheChainAlsoWhereThereIsNoSeal() throws IOException {
    Files.delete(folder.resolve("ledger.seal"));
    Path database = folder.resolve("ledger.db");
    byte[] bytes = Files.readAllBytes(database);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("number 17");
    bytes[at + 7] ^= 1;
    Files.write(database, bytes);
    assertThat(LedgerVerification.verify(folder).damages())
        .singleElement()
        .asString()
        .contains("does not have the hash that its content and the entry before it give");
  }

  @Test
  void anEntryThatWasTakenOutIsNamed() throws Exception {
    change("DROP TRIGGER entry_is_never_deleted", "DELETE FROM entry WHERE sequence = 7");
    assertThat(LedgerVerification.verify(folder).damages())
        .anyMatch(damage -> damage.startsWith("entry 8 follows entry 6"));
  }

  @Test
  void aLedgerWhoseLastEntriesWereTakenAwayIsShorterThanItsSeal() throws Exception {
    change(
        "DROP TRIGGER entry_is_never_deleted",
        "DROP TRIGGER run_is_never_deleted",
        "DELETE FROM run WHERE id = 'run-c'",
        "DELETE FROM entry WHERE run = 'run-c'");
    assertThat(LedgerVerification.verify(folder).damages())
        .contains("the ledger ends at entry 86, but was sealed with 128");
  }

  @Test
  void aListOfRunsThatSaysOtherwiseThanTheEntriesIsDamage() throws Exception {
    change("UPDATE run SET closed = NULL WHERE id = 'run-a'");
    assertThat(LedgerVerification.verify(folder).damages())
        .anyMatch(damage -> damage.startsWith("the list of runs says of 'run-a'"));
  }

  @Test
  void whatIsNotPartOfTheSchemaIsDamage() throws Exception {
    change("CREATE TABLE extra (x)");
    assertThat(LedgerVerification.verify(folder).damages())
        .anyMatch(damage -> damage.contains("has what no ledger has: table extra"));
  }

  @Test
  void aVersionNumberThatTheSealContradictsIsDamageAndNotANewerLedger() throws Exception {
    change("PRAGMA user_version = 9");
    assertThat(LedgerVerification.verify(folder).damages())
        .contains("ledger.db says that its schema has the version 9");
  }

  @Test
  void anArtifactThatIsGoneIsMissedAndOneThatNobodyNamesIsNot() throws IOException {
    for (Path file : Ledgers.files(folder.resolve("artifacts"))) {
      if (Files.readString(file, StandardCharsets.ISO_8859_1).equals("nobody names this")) {
        Files.delete(file);
      }
    }
    assertThat(LedgerVerification.verify(folder).damages()).isEmpty();
    Ledgers.delete(folder.resolve("artifacts"));
    assertThat(LedgerVerification.verify(folder).damages())
        .hasSize(2)
        .allMatch(damage -> damage.endsWith("is missing"));
  }

  @Test
  void aSealThatIsOlderThanTheLedgerIsWhatACrashLeavesAndNoDamage() throws IOException {
    byte[] seal = Files.readAllBytes(folder.resolve("ledger.seal"));
    try (SqliteLedger ledger = Ledgers.writer(folder)) {
      Ledgers.append(ledger, "run-d", LedgerEntries.opened());
      assertThat(ledger.verify().damages()).isEmpty();
    }
    Files.write(folder.resolve("ledger.seal"), seal);
    assertThat(LedgerVerification.verify(folder).damages()).isEmpty();
    Ledgers.writer(folder).close();
    assertThat(Files.readAllBytes(folder.resolve("ledger.seal")))
        .as("the next orderly close seals again")
        .isNotEqualTo(seal);
    assertThat(LedgerVerification.verify(folder).damages()).isEmpty();
  }

  @Test
  void openingAndClosingWithoutAppendingChangesNothing() throws IOException {
    byte[] database = Files.readAllBytes(folder.resolve("ledger.db"));
    byte[] seal = Files.readAllBytes(folder.resolve("ledger.seal"));
    Ledgers.writer(folder).close();
    assertThat(Files.readAllBytes(folder.resolve("ledger.db"))).isEqualTo(database);
    assertThat(Files.readAllBytes(folder.resolve("ledger.seal"))).isEqualTo(seal);
  }

  @Test
  void aReaderThatStaysOpenNeitherPreventsTheSealNorSpoilsIt() {
    try (SqliteLedger reader = Ledgers.reader(folder)) {
      try (SqliteLedger ledger = Ledgers.writer(folder)) {
        Ledgers.append(ledger, "run-d", LedgerEntries.opened());
      }
      assertThat(reader.find("run-d")).isPresent();
      assertThat(LedgerVerification.verify(folder).damages()).isEmpty();
    }
    assertThat(LedgerVerification.verify(folder).damages()).isEmpty();
  }

  @Test
  void oneFlippedBitInTheLogThatAKilledRunLeftIsFound() throws IOException {
    Path killed = Files.createDirectory(scratch.resolve("killed"));
    try (SqliteLedger ledger = Ledgers.writer(folder)) {
      Ledgers.append(ledger, "run-d", LedgerEntries.opened());
      for (int i = 0; i < 20; i++) {
        Ledgers.append(ledger, "run-d", LedgerEntries.fact(i));
      }
      // What kill -9 would leave now: the files as they are, without an orderly close.
      for (String name : List.of("ledger.db", "ledger.db-wal", "ledger.seal")) {
        Files.copy(folder.resolve(name), killed.resolve(name));
      }
    }
    Ledgers.copyArtifacts(folder, killed);
    folder = killed;
    assertThat(LedgerVerification.verify(killed).damages()).isEmpty();
    assertThat(LedgerVerification.verify(killed).entries()).isEqualTo(128 + 21);
    Path log = killed.resolve("ledger.db-wal");
    byte[] bytes = Files.readAllBytes(log);
    SplittableRandom random = new SplittableRandom(5);
    List<Long> missed = new ArrayList<>();
    for (long at = 0; at < bytes.length; at += at < 100 ? 1 : 1 + random.nextInt(2000)) {
      byte[] changed = bytes.clone();
      changed[(int) at] ^= (byte) (1 << random.nextInt(8));
      Files.write(log, changed);
      if (sound()) {
        missed.add(at);
      }
    }
    // The last frame's header is what says that the last transaction happened at all.
    for (int bit = 0; bit < 24 * 8; bit++) {
      byte[] changed = bytes.clone();
      changed[bytes.length - 4120 + bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(log, changed);
      if (sound()) {
        missed.add(bytes.length - 4120L + bit / 8);
      }
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void aLogThatEndsInTheMiddleOfATransactionIsWhatAKillLeaves() throws IOException {
    Path killed = Files.createDirectory(scratch.resolve("killed"));
    try (SqliteLedger ledger = Ledgers.writer(folder)) {
      Ledgers.append(ledger, "run-d", LedgerEntries.opened());
      Ledgers.append(ledger, "run-d", LedgerEntries.fact(1));
      for (String name : List.of("ledger.db", "ledger.db-wal", "ledger.seal")) {
        Files.copy(folder.resolve(name), killed.resolve(name));
      }
    }
    Ledgers.copyArtifacts(folder, killed);
    byte[] log = Files.readAllBytes(killed.resolve("ledger.db-wal"));
    for (int length = log.length - 1; length > log.length - 12_000 && length >= 0; length -= 997) {
      Files.write(killed.resolve("ledger.db-wal"), java.util.Arrays.copyOf(log, length));
      Verification verification = LedgerVerification.verify(killed);
      assertThat(verification.damages()).as("cut to " + length).isEmpty();
      assertThat(verification.entries()).isBetween(128L, 129L);
    }
  }

  @Test
  void aTextThatSomeoneElseComputesHasTheSameHash() throws Exception {
    // The format of docs/ledger.md, written out once more and independently.
    byte[] previous = new byte[32];
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT * FROM entry ORDER BY sequence")) {
      while (rows.next()) {
        var bytes = new java.io.ByteArrayOutputStream();
        var out = new java.io.DataOutputStream(bytes);
        out.write(previous);
        out.writeLong(rows.getLong("sequence"));
        for (String column : List.of("tenant", "run", "body")) {
          byte[] field = rows.getBytes(column);
          out.writeInt(field.length);
          out.write(field);
        }
        previous = java.security.MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        assertThat(rows.getBytes("hash")).isEqualTo(previous);
      }
    }
  }

  private void change(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private boolean sound() {
    try {
      return LedgerVerification.verify(folder).sound();
    } catch (ProblemException clear) {
      return false;
    }
  }
}
