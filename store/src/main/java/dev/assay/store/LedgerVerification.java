package dev.assay.store;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.ledger.Ledger.Verification;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.store.BatchRuns.Extent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every byte of a ledger's folder and says what is not as it was written. Changes nothing.
 * Memory is bounded by the number of runs and artifacts, not of entries. One object verifies once.
 */
public final class LedgerVerification {

  private static final int MOST_DAMAGES = 100;
  private static final int PAGE = 4096;

  private final LedgerFiles files;
  private final ArtifactFolder artifacts;
  private final List<String> damages = new ArrayList<>();
  private final Map<String, Extent> runs = new LinkedHashMap<>();
  private final Map<String, Named> named = new TreeMap<>();
  private long unnamed;
  private long entries;
  private long stored;
  private long last;
  private byte[] head = Chain.genesis();
  private boolean chained = true;
  private @Nullable Integer version;

  private record Named(long size, long sequence) {}

  /** A look at one part of the ledger. */
  private interface Look {
    void run() throws SQLException, IOException;
  }

  private LedgerVerification(Path folder) {
    files = new LedgerFiles(folder);
    artifacts = new ArtifactFolder(files.artifacts());
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
        damaged("ledger.seal is damaged: " + seal.why());
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
    return new Verification(entries, stored, HexFormat.of().formatHex(head), shown());
  }

  private void nothing(Seal.Found found) {
    if (found instanceof Seal.Found.Absent && !files.writeAheadLogHasContent()) {
      throw noLedger(files);
    }
    String all =
        found instanceof Seal.Found.Whole whole
            ? "; it was sealed with " + whole.seal().sequence() + " entries"
            : "";
    damaged("ledger.db is missing or empty" + all);
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
        damaged(damage);
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
    chained = false;
    damaged(
        at
            + " cannot be read"
            + (entries > 0 ? " after entry " + last : "")
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
    if (number != Schema.LATEST) {
      damaged("ledger.db says that its schema has the version " + number);
    }
    if (!Schema.ours(connection)) {
      damaged("ledger.db does not say that it is a ledger (its application id was changed)");
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
    List<String> expected = Schema.expected();
    List<String> actual = Schema.objects(connection);
    expected.stream()
        .filter(object -> !actual.contains(object))
        .forEach(object -> damaged("ledger.db lacks or has changed: " + firstLine(object)));
    actual.stream()
        .filter(object -> !expected.contains(object))
        .forEach(object -> damaged("ledger.db has what no ledger has: " + firstLine(object)));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check(20)")) {
      while (rows.next()) {
        String message = rows.getString(1);
        if (!"ok".equals(message)) {
          damaged("SQLite's integrity check: " + firstLine(String.valueOf(message)));
        }
      }
    }
  }

  private void chain(Connection connection) throws SQLException {
    Chain chain = new Chain();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT sequence, tenant, run, body, hash FROM entry ORDER BY sequence")) {
      while (rows.next()) {
        long sequence = rows.getLong(1);
        if (sequence != last + 1) {
          broken("entry " + sequence + " follows entry " + last + ": entries are missing");
        }
        entry(chain, sequence, rows);
        entries++;
        last = sequence;
      }
    }
  }

  private void entry(Chain chain, long sequence, ResultSet rows) throws SQLException {
    String tenant = rows.getString(2);
    String run = rows.getString(3);
    byte[] body = rows.getBytes(4);
    byte[] hash = rows.getBytes(5);
    if (tenant == null || run == null || body == null || hash == null) {
      broken("entry " + sequence + " lacks a field");
      return;
    }
    byte[] expected = chain.next(head, sequence, tenant, run, body);
    head = hash;
    if (!Arrays.equals(expected, hash)) {
      broken(
          "entry "
              + sequence
              + " of run '"
              + firstLine(run)
              + "' does not have the hash that its"
              + " content and the entry before it give");
      return;
    }
    if (!tenant.equals(SqliteLedger.TENANT)) {
      broken("entry " + sequence + " is of the unknown tenant '" + firstLine(tenant) + "'");
      return;
    }
    understood(sequence, run, body);
  }

  private void understood(long sequence, String run, byte[] body) {
    LedgerEntry entry;
    try {
      entry = LedgerReader.decode(body);
    } catch (RuntimeException unreadable) {
      broken("entry " + sequence + " cannot be decoded: " + firstLine(Failures.text(unreadable)));
      return;
    }
    Extent extent = runs.get(run);
    if (entry instanceof RunOpened == (extent != null)) {
      broken("entry " + sequence + " is out of place in run '" + firstLine(run) + "'");
      return;
    }
    if (extent == null) {
      extent = new Extent(sequence);
      runs.put(run, extent);
    }
    extent.add(entry, sequence);
    if (entry instanceof Recorded(Artifact artifact)) {
      named.putIfAbsent(artifact.sha256(), new Named(artifact.size(), sequence));
    }
  }

  private void runs(Connection connection) throws SQLException {
    if (!chained) {
      return;
    }
    Map<String, Extent> expected = new LinkedHashMap<>(runs);
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT id, opened, closed, entries, tenant FROM run")) {
      while (rows.next()) {
        String id = String.valueOf(rows.getString(1));
        Extent listed = new Extent(rows.getLong(2));
        long closed = rows.getLong(3);
        listed.closed = rows.wasNull() ? null : closed;
        listed.entries = rows.getLong(4);
        Extent extent = expected.remove(id);
        if (extent == null || !SqliteLedger.TENANT.equals(rows.getString(5))) {
          damaged("the list of runs has '" + firstLine(id) + "', of which there is no entry");
        } else if (!extent.toString().equals(listed.toString())) {
          damaged(
              "the list of runs says of '" + id + "': " + listed + "; its entries say: " + extent);
        }
      }
    }
    expected.keySet().forEach(id -> damaged("the list of runs lacks '" + id + "'"));
  }

  private void artifacts() throws IOException {
    for (Map.Entry<String, Named> each : named.entrySet()) {
      Path file = artifacts.find(each.getKey()).orElse(null);
      String at = "artifact " + each.getKey() + ", named by entry " + each.getValue().sequence();
      if (file == null) {
        damaged(at + ", is missing");
      } else if (Files.size(file) != each.getValue().size()) {
        damaged(at + ", has " + Files.size(file) + " bytes, not " + each.getValue().size());
      }
    }
    if (Files.isDirectory(files.artifacts())) {
      try (Stream<Path> all = Files.walk(files.artifacts(), 2)) {
        for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
          content(file);
        }
      }
    }
  }

  private void content(Path file) {
    String name = files.artifacts().relativize(file).toString().replace("\\", "/").replace("/", "");
    if (!name.matches("[0-9a-f]{64}") || !artifacts.path(name).equals(file)) {
      return;
    }
    stored++;
    try {
      if (!ArtifactFolder.sha256(file).equals(name)) {
        damaged("the content of artifact " + name + " is not what its name says");
      }
    } catch (IOException unreadable) {
      damaged("artifact " + name + " cannot be read: " + Failures.text(unreadable));
    }
  }

  /**
   * Compares with the seal. A seal that is older than the ledger is what a crash leaves, and no
   * damage; a ledger that is older than its seal was cut short.
   */
  private void compare(Seal seal, FileDigest before) throws IOException {
    if (last < seal.sequence()) {
      damaged("the ledger ends at entry " + last + ", but was sealed with " + seal.sequence());
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
      byte[] hash = new LedgerReader(connection, files).hash(seal.sequence());
      if (hash == null || !HexFormat.of().formatHex(hash).equals(seal.head())) {
        damaged("entry " + seal.sequence() + " does not have the hash it was sealed with");
      }
    }
  }

  private void bytes(FileDigest then, FileDigest now) {
    if (then.length() != now.length()) {
      damaged("ledger.db has " + now.length() + " bytes, but was sealed with " + then.length());
    }
    for (int i = 0; i < Math.min(then.parts().size(), now.parts().size()); i++) {
      if (!then.parts().get(i).equals(now.parts().get(i))) {
        long from = (long) i * FileDigest.PART;
        long to = Math.min(from + FileDigest.PART, Math.min(then.length(), now.length()));
        damaged(
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
      damaged("ledger.seal contradicts itself");
    }
  }

  private void broken(String damage) {
    chained = false;
    damaged(damage);
  }

  private void damaged(String damage) {
    if (damages.size() < MOST_DAMAGES - 1) {
      damages.add(damage);
    } else {
      unnamed++;
    }
  }

  private List<String> shown() {
    if (unnamed > 0) {
      damages.add("and " + unnamed + " more");
    }
    return damages;
  }

  /** Text of a damaged file may be anything; one short line of it is shown. */
  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
    return line.length() <= 120 ? line : line.substring(0, 120) + "…";
  }
}
