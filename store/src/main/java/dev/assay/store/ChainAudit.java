package dev.assay.store;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.ledger.LedgerEntry.RunErased;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.store.BatchRuns.Extent;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Goes over all entries of a chain, in order, and then over the list of runs, and says what does
 * not agree. Memory is bounded by the number of runs and artifacts, not of entries. Not for use by
 * several threads.
 */
final class ChainAudit {

  /** An artifact that an entry names. */
  record Named(long size, long sequence) {}

  private final String tenant;
  private final Damages damages;
  private final Chain chain = new Chain();
  private final Map<String, Extent> runs = new LinkedHashMap<>();
  private final Map<String, Named> named = new TreeMap<>();

  /** Runs whose entries say nothing any more, until one says why. */
  private final Map<String, Emptied> emptied = new LinkedHashMap<>();

  private long entries;
  private long last;
  private byte[] head = Chain.genesis();
  private boolean chained = true;

  ChainAudit(String tenant, Damages damages) {
    this.tenant = tenant;
    this.damages = damages;
  }

  /** Looks at all entries of a database. */
  void entries(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT sequence, tenant, run, body, hash FROM entry ORDER BY sequence")) {
      while (rows.next()) {
        entry(
            rows.getLong(1),
            rows.getString(2),
            rows.getString(3),
            rows.getBytes(4),
            rows.getBytes(5));
      }
    }
    unexplained();
  }

  /** Looks at the next entry; what is null or in disorder is a damage. */
  private void entry(
      long sequence,
      @Nullable String of,
      @Nullable String run,
      byte @Nullable [] body,
      byte @Nullable [] hash) {
    if (sequence != last + 1) {
      broken("entry " + sequence + " follows entry " + last + ": entries are missing");
    }
    look(sequence, of, run, body, hash);
    entries++;
    last = sequence;
  }

  private void look(
      long sequence,
      @Nullable String of,
      @Nullable String run,
      byte @Nullable [] body,
      byte @Nullable [] hash) {
    if (of == null || run == null || body == null || hash == null) {
      broken("entry " + sequence + " lacks a field");
      return;
    }
    if (body.length == 0) {
      head = hash;
      emptied.computeIfAbsent(run, _ -> new Emptied(sequence)).add(hash);
      return;
    }
    byte[] expected = chain.next(head, sequence, of, run, body);
    head = hash;
    if (!Arrays.equals(expected, hash)) {
      broken(
          "entry "
              + sequence
              + " of run '"
              + Damages.firstLine(run)
              + "' does not have the hash that its"
              + " content and the entry before it give");
      return;
    }
    if (!of.equals(tenant)) {
      broken("entry " + sequence + " is of the unknown tenant '" + Damages.firstLine(of) + "'");
      return;
    }
    understood(sequence, run, body);
  }

  private void understood(long sequence, String run, byte[] body) {
    LedgerEntry entry;
    try {
      entry = LedgerReader.decode(body);
    } catch (RuntimeException unreadable) {
      broken(
          "entry "
              + sequence
              + " cannot be decoded: "
              + Damages.firstLine(Failures.text(unreadable)));
      return;
    }
    Emptied empty = emptied.get(run);
    if (empty != null || entry instanceof RunErased) {
      erased(sequence, run, entry, empty);
      return;
    }
    Extent extent = runs.get(run);
    if (entry instanceof RunOpened == (extent != null)) {
      broken("entry " + sequence + " is out of place in run '" + Damages.firstLine(run) + "'");
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

  /** The entry that follows those which say nothing any more must be the one that says why. */
  private void erased(long sequence, String run, LedgerEntry entry, @Nullable Emptied empty) {
    if (empty == null
        || !(entry instanceof RunErased said)
        || runs.containsKey(run)
        || said.entries() != empty.entries
        || !said.hashes().equals(HexFormat.of().formatHex(empty.hashes.digest()))) {
      broken(
          "entry "
              + sequence
              + " of run '"
              + Damages.firstLine(run)
              + "' and the entries before it do not agree on what was erased");
      return;
    }
    emptied.remove(run);
    Extent extent = new Extent(empty.first);
    extent.entries = empty.entries + 1;
    extent.closed = said.closed();
    runs.put(run, extent);
  }

  /** Entries that say nothing any more. */
  private static final class Emptied {
    private final long first;
    private final MessageDigest hashes = Chain.sha256();
    private long entries;

    Emptied(long first) {
      this.first = first;
    }

    void add(byte[] hash) {
      hashes.update(hash);
      entries++;
    }
  }

  private void unexplained() {
    emptied.forEach((run, empty) ->
        broken(
            "entry "
                + empty.first
                + " of run '"
                + Damages.firstLine(run)
                + "' says nothing, and no entry says that the run was erased"));
  }

  /** Says that not all entries could be read, so that the list of runs cannot be compared. */
  void incomplete() {
    chained = false;
  }

  /** Compares the list of runs of a database with its entries, where all of those were sound. */
  void runs(Statement statement) throws SQLException {
    if (!chained) {
      return;
    }
    Map<String, Extent> expected = new LinkedHashMap<>(runs);
    try (ResultSet rows =
        statement.executeQuery("SELECT id, opened, closed, entries, tenant FROM run")) {
      while (rows.next()) {
        String id = String.valueOf(rows.getString(1));
        listed(id, rows.getString(5), Extent.read(rows, 2), expected.remove(id));
      }
    }
    expected.keySet().forEach(id -> damages.add("the list of runs lacks '" + id + "'"));
  }

  private void listed(String id, @Nullable String of, Extent listed, @Nullable Extent extent) {
    if (extent == null || !tenant.equals(of)) {
      damages.add(
          "the list of runs has '" + Damages.firstLine(id) + "', of which there is no entry");
    } else if (!extent.toString().equals(listed.toString())) {
      damages.add(
          "the list of runs says of '" + id + "': " + listed + "; its entries say: " + extent);
    }
  }

  /** The artifacts that entries name, by their digest. */
  Map<String, Named> named() {
    return named;
  }

  long entries() {
    return entries;
  }

  /** The number of the last entry. */
  long last() {
    return last;
  }

  /** The hash of the last entry. */
  byte[] head() {
    return head.clone();
  }

  private void broken(String damage) {
    chained = false;
    damages.add(damage);
  }
}
