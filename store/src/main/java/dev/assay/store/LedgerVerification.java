package dev.assay.store;

import dev.assay.api.ledger.Ledger.Verification;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every byte of a ledger's folder and says what is not as it was written. Changes nothing.
 * Memory is bounded by the number of runs and artifacts, not of entries. One object verifies once.
 */
public final class LedgerVerification {

  private static final int PAGE = 4096;

  private final LedgerFiles files;
  private final Damages damages = new Damages();
  private final ChainAudit audit = new ChainAudit(SqliteLedger.TENANT, damages);
  private final ArtifactAudit artifacts;
  private @Nullable Integer version;

  /** A look at one part of the ledger. */
  private interface Look {
    void run() throws SQLException, IOException;
  }

  private LedgerVerification(Path folder) {
    files = new LedgerFiles(folder);
    artifacts = new ArtifactAudit(files.artifacts(), damages);
  }

  /**
   * Verifies the ledger in a folder, also while a run writes to it: then what was durable at the
   * beginning of the look is looked at.
   *
   * @param folder the folder {@code .assay} of a workspace
   * @return what was read, and every damage found, at most 100
   * @throws ProblemException if there is no ledger, it is of a newer version, or its surroundings
   *     (permissions, a lock) do not let it be read; never because of what a file contains
   */
  public static Verification verify(Path folder) {
    return new LedgerVerification(folder).verify();
  }

  private Verification verify() {
    try {
      Seal.Found found = Seal.read(files.seal());
      if (found instanceof Seal.Found.Damaged seal) {
        damages.add("ledger.seal is damaged: " + seal.why());
      }
      Seal seal = found instanceof Seal.Found.Whole whole ? whole.seal() : null;
      if (!files.databaseHasContent()) {
        nothing(found);
      } else {
        // Before SQLite opens the file, because it may move the write-ahead log into it.
        FileDigest before = seal == null ? null : FileDigest.of(files.database());
        log();
        database(seal);
        if (seal != null && before != null) {
          compare(seal, before);
        }
      }
      look("artifacts", this::artifacts);
    } catch (IOException failed) {
      throw new ProblemException(Failures.of(failed, files.folder()));
    }
    return new Verification(
        audit.entries(),
        artifacts.stored(),
        HexFormat.of().formatHex(audit.head()),
        damages.shown());
  }

  private void nothing(Seal.Found found) {
    if (found instanceof Seal.Found.Absent && !files.writeAheadLogHasContent()) {
      throw noLedger(files);
    }
    String all =
        found instanceof Seal.Found.Whole whole
            ? "; it was sealed with " + whole.seal().sequence() + " entries"
            : "";
    damages.add("ledger.db is missing or empty" + all);
  }

  /** The problem of a folder in which nothing was recorded. */
  static ProblemException noLedger(LedgerFiles files) {
    return StoreProblems.NO_LEDGER.failure(
        Where.named(files.folder().toString()),
        "nothing was recorded in this folder yet",
        "run 'assay run' first, or name another workspace");
  }

  /**
   * A log that a run is just writing can be read half old, half new; so damage counts only where
   * the file was still while it was looked at.
   */
  private void log() throws IOException {
    Path log = files.writeAheadLog();
    if (files.writeAheadLogHasContent()) {
      FileTime before = Files.getLastModifiedTime(log);
      String damage = WriteAheadLog.damage(log);
      if (damage != null
          && damage.equals(WriteAheadLog.damage(log))
          && Files.exists(log)
          && before.equals(Files.getLastModifiedTime(log))) {
        damages.add(damage);
      }
    }
  }

  private void database(@Nullable Seal seal) throws IOException {
    try (Connection connection = Sqlite.reader(files)) {
      // One transaction, so that all looks are at the same state while a run goes on writing.
      connection.setAutoCommit(false);
      look("the database's version", () -> version(connection, seal));
      look("the database's structure", () -> structure(connection));
      look("the entries", () -> chain(connection));
      look("the list of runs", () -> runs(connection));
    } catch (SQLException failed) {
      damagedOrThrown("ledger.db", failed);
    }
  }

  /** What stops one look is a damage, and the other looks still happen. */
  private void look(String at, Look look) throws IOException {
    try {
      look.run();
    } catch (SQLException failed) {
      damagedOrThrown(at, failed);
    }
  }

  private void damagedOrThrown(String at, SQLException failed) {
    if (!Failures.isDamage(failed)) {
      throw new ProblemException(Failures.of(failed, files));
    }
    audit.incomplete();
    damages.add(
        at
            + " cannot be read"
            + (audit.entries() > 0 ? " after entry " + audit.last() : "")
            + ": "
            + Failures.text(failed));
  }

  private void version(Connection connection, @Nullable Seal seal) throws SQLException {
    int number = Schema.version(connection);
    version = number;
    if (number > Schema.LATEST && (seal == null || seal.schema() > Schema.LATEST)) {
      throw newer(files, number);
    }
    if (number == 0 && seal == null && Schema.empty(connection)) {
      throw noLedger(files);
    }
    boolean older =
        number > 0 && number < Schema.LATEST && (seal == null || seal.schema() <= number);
    if (number != Schema.LATEST && !older) {
      damages.add("ledger.db says that its schema has the version " + number);
    }
    if (!Schema.ours(connection)) {
      damages.add("ledger.db does not say that it is a ledger (its application id was changed)");
    }
  }

  /** The problem of a ledger that this version must leave alone. */
  static ProblemException newer(LedgerFiles files, int number) {
    return StoreProblems.NEWER.failure(
        files.where(),
        "its schema has the version " + number + ", and this one knows " + Schema.LATEST,
        "use the version of Assay that wrote it, or a newer one");
  }

  private void structure(Connection connection) throws SQLException {
    Integer known = version;
    List<String> expected = Schema.expected(known == null ? Schema.LATEST : known);
    List<String> actual = Schema.objects(connection);
    expected.stream()
        .filter(object -> !actual.contains(object))
        .forEach(
            object -> damages.add("ledger.db lacks or has changed: " + Damages.firstLine(object)));
    actual.stream()
        .filter(object -> !expected.contains(object))
        .forEach(object ->
            damages.add("ledger.db has what no ledger has: " + Damages.firstLine(object)));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check(20)")) {
      while (rows.next()) {
        String message = rows.getString(1);
        if (!"ok".equals(message)) {
          damages.add("SQLite's integrity check: " + Damages.firstLine(String.valueOf(message)));
        }
      }
    }
  }

  private void chain(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      audit.entries(statement);
    }
  }

  private void runs(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      audit.runs(statement);
    }
  }

  private void artifacts() throws IOException {
    artifacts.run(audit.named());
  }

  /**
   * Compares with the seal. A seal that is older than the ledger is what a crash leaves, and no
   * damage; a ledger that is older than its seal was cut short.
   */
  private void compare(Seal seal, FileDigest before) throws IOException {
    long last = audit.last();
    if (last < seal.sequence()) {
      damages.add("the ledger ends at entry " + last + ", but was sealed with " + seal.sequence());
    } else {
      look("the sealed entry", () -> sealedEntry(seal));
    }
    boolean migrated = version != null && version > seal.schema() && version <= Schema.LATEST;
    if (last <= seal.sequence() && !migrated) {
      bytes(seal.database(), before);
    }
  }

  private void sealedEntry(Seal seal) throws SQLException {
    try (Connection connection = Sqlite.reader(files)) {
      byte[] hash = new LedgerReader(connection, new SqliteDatabase(files)).hash(seal.sequence());
      if (hash == null || !HexFormat.of().formatHex(hash).equals(seal.head())) {
        damages.add("entry " + seal.sequence() + " does not have the hash it was sealed with");
      }
    }
  }

  private void bytes(FileDigest then, FileDigest now) {
    if (then.length() != now.length()) {
      damages.add("ledger.db has " + now.length() + " bytes, but was sealed with " + then.length());
    }
    for (int i = 0; i < Math.min(then.parts().size(), now.parts().size()); i++) {
      if (!then.parts().get(i).equals(now.parts().get(i))) {
        long from = (long) i * FileDigest.PART;
        long to = Math.min(from + FileDigest.PART, Math.min(then.length(), now.length()));
        damages.add(
            "bytes of ledger.db were changed since it was sealed, between "
                + from
                + " and "
                + to
                + " (pages "
                + (from / PAGE + 1)
                + " to "
                + ((to + PAGE - 1) / PAGE)
                + ")");
      }
    }
    if (then.length() == now.length()
        && then.parts().equals(now.parts())
        && !then.sha256().equals(now.sha256())) {
      damages.add("ledger.seal contradicts itself");
    }
  }
}
