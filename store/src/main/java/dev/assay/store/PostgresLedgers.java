package dev.assay.store;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Clock;
import dev.assay.api.value.DatabaseUrl;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/**
 * The ledgers of many tenants in one PostgreSQL database (15 or later), each with a chain of its
 * own. Row-level security keeps them apart whatever a query says, also for the owner of the tables;
 * a role that no policy binds is refused. Connections are shared and bounded. Thread-safe. Whoever
 * opens it closes it, after its ledgers.
 */
public final class PostgresLedgers implements AutoCloseable {

  private final DatabaseUrl url;
  private final PostgresPool pool;
  private final Clock clock;
  private final Duration patience;

  private PostgresLedgers(DatabaseUrl url, PostgresPool pool, Clock clock, Duration patience) {
    this.url = url;
    this.pool = pool;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * Connects, and creates or migrates the tables.
   *
   * @param connections how many at most, at least 2
   * @param patience how long a database that went away is waited for before an entry is given up
   * @throws ProblemException if the database cannot be reached, is of a newer version, or the role
   *     may see every tenant's rows
   */
  public static PostgresLedgers open(
      DatabaseUrl url, int connections, Clock clock, Duration patience) {
    PostgresPool pool = PostgresPool.open(url, null, connections);
    try (Connection connection = pool.source().getConnection()) {
      PostgresSchema.migrate(connection, url);
      return new PostgresLedgers(url, pool, clock, patience);
    } catch (SQLException failed) {
      pool.close();
      throw new ProblemException(PostgresFailures.of(failed, url));
    } catch (RuntimeException refused) {
      pool.close();
      throw refused;
    }
  }

  /**
   * The ledger of a tenant; it is closed before this is.
   *
   * @param tenant whose: 1 to 100 letters, digits, dots, dashes and underscores
   * @param artifacts the folder of the tenant's artifacts
   */
  public PostgresLedger ledger(String tenant, Path artifacts) {
    if (!tenant.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException("'" + tenant + "' is no name of a tenant");
    }
    return new PostgresLedger(new PostgresDatabase(url, tenant), this, artifacts, clock, patience);
  }

  /** Work on a connection that sees one tenant's rows only. */
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /**
   * Reads in a transaction that sees the rows of one tenant only, all as they were at its begin.
   * Connections that were broken meanwhile are passed over; where there is none to be had, nobody
   * waits for another.
   */
  <T> T read(String tenant, Work<T> work) throws SQLException {
    int tries = pool.most();
    while (true) {
      try {
        return transaction(tenant, true, work);
      } catch (SQLException failed) {
        boolean none = failed instanceof SQLTransientConnectionException;
        if (none || !PostgresFailures.passes(failed) || tries-- == 0) {
          throw failed;
        }
      }
    }
  }

  /** Writes in a transaction that sees the rows of one tenant only; tried once. */
  <T> T write(String tenant, Work<T> work) throws SQLException {
    return transaction(tenant, false, work);
  }

  private <T> T transaction(String tenant, boolean readOnly, Work<T> work) throws SQLException {
    try (Connection connection = pool.source().getConnection()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(readOnly);
      connection.setTransactionIsolation(
          readOnly
              ? Connection.TRANSACTION_REPEATABLE_READ
              : Connection.TRANSACTION_READ_COMMITTED);
      try {
        // For this transaction only, so that no other tenant's request finds it set.
        try (PreparedStatement set =
            connection.prepareStatement("SELECT set_config('assay.tenant', ?, true)")) {
          set.setString(1, tenant);
          set.execute();
        }
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException failed) {
        rollBack(connection, failed);
        throw failed;
      }
    }
  }

  private static void rollBack(Connection connection, Exception failed) {
    try {
      connection.rollback();
    } catch (SQLException gone) {
      failed.addSuppressed(gone);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
