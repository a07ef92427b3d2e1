package dev.assay.store;

import dev.assay.api.ledger.Ledger.Receipt;
import dev.assay.api.spi.Clock;
import dev.assay.store.AppendQueue.Pending;
import dev.assay.store.LedgerReader.Head;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes one tenant's batches, each in a transaction and with one exchange for all its rows. Where
 * the connection breaks, nobody knows whether the batch was committed: on the next connection the
 * chain tells, because a hash is only there if all before it are.
 */
final class PostgresWriter implements BatchWriter {

  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(2);

  /** Writers of one tenant in several processes follow each other, so that its chain is one. */
  private static final String LOCK = "SELECT pg_advisory_xact_lock(1095979866, hashtext(?))";

  private final PostgresDatabase database;
  private final PostgresLedgers ledgers;
  private final Clock clock;
  private final Duration patience;
  private final Chain chain = new Chain();

  PostgresWriter(
      PostgresDatabase database, PostgresLedgers ledgers, Clock clock, Duration patience) {
    this.database = database;
    this.ledgers = ledgers;
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public List<Runnable> write(List<Pending> batch) throws SQLException {
    long end = clock.nanos() + patience.toNanos();
    long pause = FIRST_PAUSE;
    Attempt attempt = new Attempt(batch);
    while (true) {
      try {
        return ledgers.write(database.tenant(), attempt::run).answers();
      } catch (SQLException failed) {
        if (!PostgresFailures.passes(failed) || clock.nanos() - end >= 0) {
          throw failed;
        }
        LockSupport.parkNanos(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    }
  }

  /** The attempts to write one batch. */
  private final class Attempt {

    private final List<Pending> batch;
    private @Nullable Rows before;

    Attempt(List<Pending> batch) {
      this.batch = batch;
    }

    Rows run(Connection connection) throws SQLException {
      lock(connection);
      LedgerReader reader = new LedgerReader(connection, database);
      Rows earlier = before;
      if (earlier != null && committed(earlier.written(), reader)) {
        return earlier;
      }
      Rows rows = new Rows(database, chain, reader.head());
      before = rows;
      try (BatchRuns runs = new BatchRuns(connection, database.tenant());
          PreparedStatement insert = connection.prepareStatement(Rows.INSERT)) {
        runs.begin();
        rows.put(batch, runs);
        for (Row row : rows.rows()) {
          Rows.fill(insert, database.tenant(), row);
          insert.addBatch();
        }
        int[] _ = insert.executeBatch();
        runs.flush();
      }
      return rows;
    }

    private boolean committed(@Nullable Head written, LedgerReader reader) throws SQLException {
      return written != null && Arrays.equals(reader.hash(written.sequence()), written.hash());
    }
  }

  /** Erases a run, where nobody else of the tenant writes. */
  Optional<Receipt> erase(String run, String why, Instant at) throws SQLException {
    return ledgers.write(
        database.tenant(),
        connection -> {
          lock(connection);
          return RunErasure.erase(connection, database, run, why, at);
        });
  }

  private void lock(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.setString(1, database.tenant());
      lock.execute();
    }
  }

  @Override
  public void close() {
    // Connections belong to the pool.
  }
}
