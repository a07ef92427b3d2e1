package dev.assay.server.database;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.value.DatabaseUrl;
import dev.assay.store.PostgresPool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * In a schema of its own in PostgreSQL, beside the ledgers. Its connections are its own, too, so
 * that nobody who reads a long run holds up who logs in.
 */
public final class PostgresServerDatabase implements ServerDatabase {

  /** The schema of its tables. */
  public static final String SCHEMA = "assay_server";

  /** What the policies call all projects: no project's name. */
  private static final String ALL = "*";

  /** Whoever changes waits for who changes, in every process: "ASSY" + 2, and a number. */
  private static final String TURN = "SELECT pg_advisory_xact_lock(1095979867, 2)";

  private static final int CONNECTIONS = 8;

  private final PostgresPool pool;
  private final JdbcClient statements;
  private final TransactionTemplate transaction;

  private PostgresServerDatabase(PostgresPool pool) {
    this.pool = pool;
    this.statements = JdbcClient.create(pool.source());
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(pool.source()));
  }

  /**
   * Connects, and creates or migrates its tables.
   *
   * @throws ProblemException if it cannot be reached, or its tables are of a version that this one
   *     cannot work with
   */
  public static PostgresServerDatabase open(DatabaseUrl url, List<Migration> migrations) {
    PostgresPool pool = PostgresPool.open(url, SCHEMA, CONNECTIONS);
    try (Connection connection = pool.source().getConnection()) {
      new PostgresMigrations(migrations).apply(connection, pool.where());
      return new PostgresServerDatabase(pool);
    } catch (SQLException failed) {
      pool.close();
      throw new ProblemException(pool.problem(failed));
    } catch (RuntimeException refused) {
      pool.close();
      throw refused;
    }
  }

  @Override
  public DataSource source() {
    return pool.source();
  }

  @Override
  public JdbcClient statements() {
    return statements;
  }

  @Override
  public <T extends @Nullable Object> T of(String project, Function<JdbcClient, T> work) {
    if (project.equals(ALL)) {
      throw new IllegalArgumentException("no project is called '" + ALL + "'");
    }
    return within(project, work);
  }

  @Override
  public <T extends @Nullable Object> T ofAll(Function<JdbcClient, T> work) {
    return within(ALL, work);
  }

  /** Set for the transaction only, so that nobody finds it set on the connection later. */
  private <T extends @Nullable Object> T within(String project, Function<JdbcClient, T> work) {
    return transaction.execute(status -> {
      String before =
          status.isNewTransaction()
              ? ""
              : statements
                  .sql("SELECT coalesce(current_setting('assay.project', true), '')")
                  .query((rows, _) -> rows.getString(1))
                  .single();
      set(project);
      T result = work.apply(statements);
      if (!status.isNewTransaction()) {
        set(before);
      }
      return result;
    });
  }

  private void set(String project) {
    String _ =
        statements
            .sql("SELECT set_config('assay.project', ?, true)")
            .param(project)
            .query((rows, _) -> rows.getString(1))
            .single();
  }

  @Override
  public <T extends @Nullable Object> T change(Supplier<T> action) {
    return transaction.execute(status -> {
      if (status.isNewTransaction()) {
        int _ = statements.sql(TURN).query((_, _) -> 1).single();
      }
      return action.get();
    });
  }

  /** What was there before is PostgreSQL's until it vacuums, and in its log and backups. */
  @Override
  public void settle() {
    // nothing of it is the server's
  }

  @Override
  public Connection whole() throws SQLException {
    Connection connection = pool.source().getConnection();
    try {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      try (PreparedStatement set =
          connection.prepareStatement("SELECT set_config('assay.project', ?, true)")) {
        set.setString(1, ALL);
        set.execute();
      }
      return connection;
    } catch (SQLException | RuntimeException failed) {
      connection.close();
      throw failed;
    }
  }

  @Override
  public Where where() {
    return pool.where();
  }

  @Override
  public void close() {
    pool.close();
  }
}
