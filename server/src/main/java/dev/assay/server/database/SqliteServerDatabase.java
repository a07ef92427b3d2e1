package dev.assay.server.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.assay.api.problem.Where;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** In a file of SQLite, whose transactions come one after the other by themselves. */
public final class SqliteServerDatabase implements ServerDatabase {

  private static final int PATIENCE_MILLIS = 10_000;
  private static final int CONNECTIONS = 4;

  private final Path file;
  private final HikariDataSource pool;
  private final JdbcClient statements;
  private final TransactionTemplate transaction;

  private SqliteServerDatabase(Path file, HikariDataSource pool) {
    this.file = file;
    this.pool = pool;
    this.statements = JdbcClient.create(pool);
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
  }

  /** Opens it, and creates or migrates its tables. */
  public static SqliteServerDatabase open(Path file, List<Migration> migrations) {
    SqliteServerDatabase database =
        new SqliteServerDatabase(
            file, new SqliteFile(file, true, CONNECTIONS, PATIENCE_MILLIS).open());
    try {
      database.migrate(migrations);
      return database;
    } catch (SQLException unusable) {
      database.close();
      throw new IllegalStateException("the accounts in " + file + " cannot be read", unusable);
    }
  }

  private void migrate(List<Migration> migrations) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      int from;
      try (ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
        from = rows.next() ? rows.getInt(1) : 0;
      }
      if (from > migrations.getLast().number()) {
        throw new SQLException("they are of a newer version of Assay");
      }
      for (Migration migration : migrations) {
        if (migration.number() > from && migration.sqlite() != null) {
          statement.executeUpdate(
              "BEGIN IMMEDIATE;"
                  + migration.sqlite()
                  + ";PRAGMA user_version = "
                  + migration.number()
                  + ";COMMIT");
        }
      }
    }
  }

  /** Which file it is. */
  public Path file() {
    return file;
  }

  @Override
  public DataSource source() {
    return pool;
  }

  @Override
  public JdbcClient statements() {
    return statements;
  }

  @Override
  public <T extends @Nullable Object> T of(String project, Function<JdbcClient, T> work) {
    return work.apply(statements);
  }

  @Override
  public <T extends @Nullable Object> T ofAll(Function<JdbcClient, T> work) {
    return work.apply(statements);
  }

  @Override
  public <T extends @Nullable Object> T change(Supplier<T> action) {
    return transaction.execute(_ -> action.get());
  }

  /** The write-ahead log would keep what was there before. */
  @Override
  public void settle() {
    var _ =
        statements.sql("PRAGMA wal_checkpoint(TRUNCATE)").query((rows, _) -> rows.getInt(1)).list();
  }

  @Override
  public Connection whole() throws SQLException {
    Connection connection = pool.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public Where where() {
    return Where.named(file.toString());
  }

  @Override
  public void close() {
    pool.close();
  }
}
