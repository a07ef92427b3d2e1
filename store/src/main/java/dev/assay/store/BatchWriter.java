package dev.assay.store;

import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.Ledger.Receipt;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.store.AppendQueue.Pending;
import dev.assay.store.LedgerReader.Head;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes batches of entries, each in a transaction. For one thread. */
interface BatchWriter extends AutoCloseable {

  /** Writes a batch durably; gives what then tells its callers. */
  List<Runnable> write(List<Pending> batch) throws SQLException;

  @Override
  void close() throws SQLException;

  /** An entry as it goes into the table. */
  record Row(long sequence, String run, byte[] body, byte[] hash) {}

  /** The rows of a batch, chained to what was there. For one transaction. */
  final class Rows {

    static final String INSERT =
        "INSERT INTO entry (tenant, sequence, run, body, hash) VALUES (?, ?, ?, ?, ?)";

    private static final HexFormat HEX = HexFormat.of();

    private final LedgerDatabase database;
    private final Chain chain;
    private final List<Runnable> answers = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private Head head;

    Rows(LedgerDatabase database, Chain chain, Head head) {
      this.database = database;
      this.chain = chain;
      this.head = head;
    }

    /** Fills the places of {@link #INSERT}. */
    static void fill(PreparedStatement insert, String tenant, Row row) throws SQLException {
      insert.setString(1, tenant);
      insert.setLong(2, row.sequence());
      insert.setString(3, row.run());
      insert.setBytes(4, row.body());
      insert.setBytes(5, row.hash());
    }

    /**
     * Puts all entries of a batch behind the head; what is out of place is left out, and what its
     * caller brought behind it.
     */
    void put(List<Pending> batch, BatchRuns runs) throws SQLException {
      for (Pending pending : batch) {
        put(pending, runs);
      }
    }

    private void put(Pending pending, BatchRuns runs) throws SQLException {
      for (EncodedEntry entry : pending.entries()) {
        long sequence = head.sequence() + 1;
        String wrong = runs.add(pending.run(), entry.entry(), sequence);
        if (wrong != null) {
          answers.add(() -> refuse(pending, entry.entry(), wrong));
          return;
        }
        byte[] hash =
            chain.next(head.hash(), sequence, database.tenant(), pending.run(), entry.bytes());
        rows.add(new Row(sequence, pending.run(), entry.bytes(), hash));
        head = new Head(sequence, hash);
      }
      Head last = head;
      answers.add(() ->
          pending.receipt().complete(new Receipt(last.sequence(), HEX.formatHex(last.hash()))));
    }

    /** What goes into the table; their numbers follow each other. */
    List<Row> rows() {
      return rows;
    }

    /** What tells the callers, once it is durable. */
    List<Runnable> answers() {
      return answers;
    }

    /** The last entry of the batch; null where none was in place. */
    @Nullable Head written() {
      return rows.isEmpty() ? null : head;
    }

    private void refuse(Pending pending, LedgerEntry entry, String wrong) {
      pending
          .receipt()
          .completeExceptionally(
              StoreProblems.OUT_OF_PLACE.failure(
                  database.where(),
                  wrong + ", and now came its " + entry.getClass().getSimpleName(),
                  "report this with the steps that led to it"));
    }
  }
}
