package dev.assay.store;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.Where;
import java.sql.SQLException;

/**
 * The database of a ledger in a folder, which has one tenant.
 *
 * @param files the folder's
 */
record SqliteDatabase(LedgerFiles files) implements LedgerDatabase {

  @Override
  public String tenant() {
    return SqliteLedger.TENANT;
  }

  @Override
  public Where where() {
    return files.where();
  }

  @Override
  public Problem problem(SQLException failure) {
    return Failures.of(failure, files);
  }

  @Override
  public String position(String column) {
    return "instr(" + column + ", ?)";
  }

  /**
   * {@inheritDoc}
   *
   * <p>Without statistics SQLite takes the index that begins with the tenant, and sorts all entries
   * there are to find the last one; the table itself is in the order of their numbers.
   */
  @Override
  public String entriesByNumber() {
    return "entry NOT INDEXED";
  }
}
