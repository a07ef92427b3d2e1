package dev.assay.store;

import dev.assay.api.ledger.Ledger.Receipt;
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

  /** How a row goes to the database: now, or with others. */
  interface Row {
    void insert(PreparedStatement row) throws SQLException;
  }

  /** The rows of a batch, chained to what was there. For one transaction. */
  final class Rows {

    static final String INSERT =
        "INSERT INTO entry (tenant, sequence, run, body, hash) VALUES (?, ?, ?, ?, ?)";

    private static final HexFormat HEX = HexFormat.of();

    private final LedgerDatabase database;
    private final Chain chain;
    private final List<Runnable> answers = new ArrayList<>();
    private Head head;
    private @Nullable Head written;

    Rows(LedgerDatabase database, Chain chain, Head head) {
      this.database = database;
      this.chain = chain;
      this.head = head;
    }

    /** Fills the places of {@link #INSERT}. */
    static void fill(
        PreparedStatement insert,
        String tenant,
        long sequence,
        String run,
        byte[] body,
        byte[] hash)
        throws SQLException {
      insert.setString(1, tenant);
      insert.setLong(2, sequence);
      insert.setString(3, run);
      insert.setBytes(4, body);
      insert.setBytes(5, hash);
    }

    /** Puts all entries of a batch behind the head; what is out of place is left out. */
    void put(List<Pending> batch, BatchRuns runs, PreparedStatement insert, Row row)
        throws SQLException {
      for (Pending pending : batch) {
        long sequence = head.sequence() + 1;
        String wrong = runs.add(pending.run(), pending.entry(), sequence);
        if (wrong != null) {
          answers.add(() -> refuse(pending, wrong));
          continue;
        }
        byte[] hash =
            chain.next(head.hash(), sequence, database.tenant(), pending.run(), pending.body());
        fill(insert, database.tenant(), sequence, pending.run(), pending.body(), hash);
        row.insert(insert);
        head = new Head(sequence, hash);
        written = head;
        Receipt receipt = new Receipt(sequence, HEX.formatHex(hash));
        answers.add(() -> pending.receipt().complete(receipt));
      }
    }

    /** What tells the callers, once it is durable. */
    List<Runnable> answers() {
      return answers;
    }

    /** The last entry of the batch; null where none was in place. */
    @Nullable Head written() {
      return written;
    }

    private void refuse(Pending pending, String wrong) {
      pending
          .receipt()
          .completeExceptionally(
              StoreProblems.OUT_OF_PLACE.failure(
                  database.where(),
                  wrong + ", and now came its " + pending.entry().getClass().getSimpleName(),
                  "report this with the steps that led to it"));
    }
  }
}
