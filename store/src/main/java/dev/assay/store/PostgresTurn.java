package dev.assay.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A turn in which one process at a time changes the tables of a database: whoever comes meanwhile
 * waits for its end, also in another process. Immutable.
 *
 * @param room whose tables: "ASSY" and a number
 * @param matter which of its turns
 */
public record PostgresTurn(int room, int matter) {

  /** What is done in it. */
  public interface Work {

    /**
     * Does it.
     *
     * @throws SQLException where it fails; nothing of it is done then
     */
    void on(Statement statement) throws SQLException;
  }

  /**
   * Waits for the turn and does something in one transaction, all of it or nothing.
   *
   * @throws SQLException as the work, and where the database is away
   */
  public void take(Connection connection, Work work) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + room + ", " + matter + ")");
      work.on(statement);
      connection.commit();
    } catch (SQLException | RuntimeException failed) {
      connection.rollback();
      throw failed;
    } finally {
      connection.setAutoCommit(true);
    }
  }
}
