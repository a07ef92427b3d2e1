package dev.assay.server.database;

import dev.assay.api.problem.Where;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the server knows beside runs. Statements are the same for both kinds: times are milliseconds
 * since 1970, truth is 0 and 1. Thread-safe. Whoever opens it closes it.
 */
public sealed interface ServerDatabase extends AutoCloseable
    permits SqliteServerDatabase, PostgresServerDatabase {

  /** Its connections. */
  DataSource source();

  /** Statements on tables that are of no project alone, or decide who may see which. */
  JdbcClient statements();

  /**
   * Does something with the rows of one project; in PostgreSQL it sees and changes no others,
   * whatever its statements say, and without this it sees none. Within {@link #change} it is part
   * of it.
   */
  <T extends @Nullable Object> T of(String project, Function<JdbcClient, T> work);

  /** Does something with the rows of all projects, for what the server does as a whole. */
  <T extends @Nullable Object> T ofAll(Function<JdbcClient, T> work);

  /**
   * Does something, all of it or nothing, while nobody else is within another change, in this
   * process or elsewhere: what was looked up in it still holds when it is written.
   */
  <T extends @Nullable Object> T change(Supplier<T> action);

  /** Brings what was erased out of files that still have it, as far as that is the server's. */
  void settle();

  /** A transaction that sees all rows as they are at its begin; whoever asks commits and closes. */
  Connection whole() throws SQLException;

  /** Where it is, for people; without a password. */
  Where where();

  @Override
  void close();
}
