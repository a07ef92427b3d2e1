package dev.assay.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.value.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections to a PostgreSQL database (15 or later), shared and bounded: those that broke while
 * the database was away are replaced by themselves. A role that no policy binds is refused, since a
 * forgotten condition would then show one tenant the rows of another. Thread-safe. Whoever opens it
 * closes it.
 */
public final class PostgresPool implements AutoCloseable {

  private static final long CONNECT_MILLIS = 5_000;
  private static final int SOCKET_SECONDS = 60;

  private final DatabaseUrl url;
  private final HikariDataSource pool;

  private PostgresPool(DatabaseUrl url, HikariDataSource pool) {
    this.url = url;
    this.pool = pool;
  }

  /**
   * Connects.
   *
   * @param schema where tables without one are looked for and made; null for the role's own
   * @param connections how many at most, at least 2
   * @throws ProblemException if the database cannot be reached, or the role may see every tenant's
   *     rows
   */
  public static PostgresPool open(DatabaseUrl url, @Nullable String schema, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.jdbc());
    Properties properties = url.credentials();
    properties.setProperty("ApplicationName", "assay");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", Integer.toString(SOCKET_SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    config.setDataSourceProperties(properties);
    config.setMaximumPoolSize(Math.max(2, connections));
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setPoolName(schema == null ? "assay-postgres" : schema);
    if (schema != null) {
      config.setSchema(schema);
    }
    HikariDataSource pool = pool(config, url);
    try (Connection connection = pool.getConnection()) {
      PostgresSchema.refuseUnbound(connection, url);
      return new PostgresPool(url, pool);
    } catch (SQLException failed) {
      pool.close();
      throw new ProblemException(PostgresFailures.of(failed, url));
    } catch (RuntimeException refused) {
      pool.close();
      throw refused;
    }
  }

  private static HikariDataSource pool(HikariConfig config, DatabaseUrl url) {
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException failed) {
      SQLException cause =
          failed.getCause() instanceof SQLException known
              ? known
              : new SQLException(String.valueOf(failed.getMessage()), "08001");
      throw new ProblemException(PostgresFailures.of(cause, url));
    }
  }

  /** The connections. */
  public DataSource source() {
    return pool;
  }

  /** How many there are at most. */
  int most() {
    return pool.getMaximumPoolSize();
  }

  /** Where they lead, without user and password. */
  public Where where() {
    return Where.named(url.toString());
  }

  /** What a failure on one of them means to people. */
  public Problem problem(SQLException failure) {
    return PostgresFailures.of(failure, url);
  }

  /**
   * What a failure means to people, where only the failure is known.
   *
   * @param where where it happened, as people know it
   */
  public static Problem problem(SQLException failure, Where where) {
    return PostgresFailures.of(failure, where, text -> text);
  }

  @Override
  public void close() {
    pool.close();
  }
}
