package dev.assay.store;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger.Growth;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.Ledger.Stored;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.verdict.Decision;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the tables. Not for use by several threads. */
final class LedgerReader {

  /** Where the chain ends. */
  record Head(long sequence, byte[] hash) {}

  /** How many bytes of entries are held at once. */
  private static final long PAGE_BYTES = 4 << 20;

  private static final int PAGE_ENTRIES = 512;

  private static final byte[] NAMES_A_CHECK = "\"check\":".getBytes(StandardCharsets.UTF_8);

  private static final String RUN =
      """
      SELECT run.id, run.entries, first.body, last.body, run.opened, run.closed
        FROM run
        JOIN entry AS first ON first.tenant = run.tenant AND first.sequence = run.opened
        LEFT JOIN entry AS last ON last.tenant = run.tenant AND last.sequence = run.closed
       WHERE run.tenant = ? AND length(first.body) > 0\
      """;

  private final Connection connection;
  private final LedgerDatabase database;

  LedgerReader(Connection connection, LedgerDatabase database) {
    this.connection = connection;
    this.database = database;
  }

  /** The last entry's number and hash; 0 and 32 zero bytes in an empty ledger. */
  Head head() throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT sequence, hash FROM "
                + database.entriesByNumber()
                + " WHERE tenant = ? ORDER BY sequence DESC LIMIT 1")) {
      query.setString(1, database.tenant());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next()
            ? new Head(rows.getLong(1), rows.getBytes(2))
            : new Head(0, Chain.genesis());
      }
    }
  }

  /** How much was appended behind an entry, of at most so many entries. */
  Growth growth(long after, long most) throws SQLException {
    return new LedgerGrowth(connection, database).after(after, most, head().sequence());
  }

  /** The hash of an entry, or null where there is no such entry. */
  byte @Nullable [] hash(long sequence) throws SQLException {
    if (sequence == 0) {
      return Chain.genesis();
    }
    try (PreparedStatement query =
        connection.prepareStatement("SELECT hash FROM entry WHERE tenant = ? AND sequence = ?")) {
      query.setString(1, database.tenant());
      query.setLong(2, sequence);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? rows.getBytes(1) : null;
      }
    }
  }

  List<RunSummary> newest(int limit) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(RUN + " ORDER BY run.opened DESC LIMIT ?")) {
      query.setString(1, database.tenant());
      query.setInt(2, limit);
      return summaries(query);
    }
  }

  /** The run whose id is, or uniquely begins with, the text. */
  Optional<RunSummary> one(String idOrPrefix) throws SQLException {
    List<RunSummary> exactly = exactly(idOrPrefix);
    List<RunSummary> found = exactly.isEmpty() ? beginning(idOrPrefix) : exactly;
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** The run of that id, if any. */
  private List<RunSummary> exactly(String id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(RUN + " AND run.id = ?")) {
      query.setString(1, database.tenant());
      query.setString(2, id);
      return summaries(query);
    }
  }

  /** At most two of the runs whose ids begin so: enough to know whether it is one. */
  private List<RunSummary> beginning(String prefix) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            RUN + " AND run.id >= ? AND substr(run.id, 1, length(?)) = ? LIMIT 2")) {
      query.setString(1, database.tenant());
      query.setString(2, prefix);
      query.setString(3, prefix);
      query.setString(4, prefix);
      return summaries(query);
    }
  }

  /** The next entries of a run after a number, up to another; empty where there are no more. */
  List<Stored> page(String run, long after, long upTo) throws SQLException {
    return page(run, null, after, upTo);
  }

  /**
   * The same of the entries that speak of one check, and those of the run itself. Which these are
   * is told from their bytes before they are decoded: the canonical form names a check in one way.
   */
  List<Stored> page(String run, @Nullable String check, long after, long upTo) throws SQLException {
    List<Stored> page = new ArrayList<>();
    String named = database.position("body");
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT sequence, hash, body FROM entry WHERE tenant = ? AND run = ?"
                + " AND length(body) > 0"
                + " AND sequence > ? AND sequence <= ?"
                + (check == null ? "" : " AND (" + named + " > 0 OR " + named + " = 0)")
                + " ORDER BY sequence LIMIT "
                + PAGE_ENTRIES)) {
      query.setString(1, database.tenant());
      query.setString(2, run);
      query.setLong(3, after);
      query.setLong(4, upTo);
      if (check != null) {
        query.setBytes(5, named(check));
        query.setBytes(6, NAMES_A_CHECK);
      }
      try (ResultSet rows = query.executeQuery()) {
        long bytes = 0;
        while (bytes < PAGE_BYTES && rows.next()) {
          long sequence = rows.getLong(1);
          byte[] body = rows.getBytes(3);
          bytes += body.length;
          page.add(
              new Stored(
                  sequence, HexFormat.of().formatHex(rows.getBytes(2)), decode(body, sequence)));
        }
      }
    }
    return page;
  }

  private static byte[] named(String check) {
    return ("\"check\":" + JsonWriter.canonical(Json.of(check))).getBytes(StandardCharsets.UTF_8);
  }

  /** Decodes an entry as it stands in the table. */
  static LedgerEntry decode(byte[] body) {
    return LedgerCodec.decode(JsonReader.read(new String(body, StandardCharsets.UTF_8)));
  }

  private List<RunSummary> summaries(PreparedStatement query) throws SQLException {
    List<RunSummary> summaries = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        byte[] last = rows.getBytes(4);
        LedgerEntry opened = decode(rows.getBytes(3), rows.getLong(5));
        LedgerEntry closed = last == null ? null : decode(last, rows.getLong(6));
        summaries.add(summary(rows.getString(1), rows.getLong(2), opened, closed));
      }
    }
    return summaries;
  }

  private RunSummary summary(
      String id, long entries, LedgerEntry first, @Nullable LedgerEntry last) {
    if (!(first instanceof RunOpened opened) || (last != null && !(last instanceof RunClosed))) {
      throw corrupt("the list of runs names entries of run '" + id + "' that do not bound it");
    }
    RunClosed closed = (RunClosed) last;
    return new RunSummary(
        id,
        opened.workspace(),
        opened.digest(),
        opened.subject(),
        opened.at(),
        closed == null ? null : closed.at(),
        closed == null ? Decision.NOT_RUN : closed.decision(),
        closed == null ? null : closed.ending(),
        entries,
        opened.labels());
  }

  private LedgerEntry decode(byte[] body, long sequence) {
    try {
      return decode(body);
    } catch (JsonException unreadable) {
      throw corrupt("entry " + sequence + " cannot be read: " + unreadable.getMessage());
    }
  }

  private ProblemException corrupt(String what) {
    return StoreProblems.CORRUPT.failure(database.where(), what, Failures.MEND_CORRUPT);
  }
}
