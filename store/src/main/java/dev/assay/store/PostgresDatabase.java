package dev.assay.store;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.Where;
import dev.assay.api.value.DatabaseUrl;
import java.sql.SQLException;

/**
 * One tenant's part of a PostgreSQL database.
 *
 * @param url where it is
 * @param tenant whose
 */
record PostgresDatabase(DatabaseUrl url, String tenant) implements LedgerDatabase {

  @Override
  public Where where() {
    return Where.named(url.toString());
  }

  @Override
  public Problem problem(SQLException failure) {
    return PostgresFailures.of(failure, url);
  }

  @Override
  public String position(String column) {
    return "position(? IN " + column + ")";
  }

  @Override
  public String entriesByNumber() {
    return "entry";
  }
}
