package dev.assay.store;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.Where;
import dev.assay.api.value.DatabaseUrl;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.function.UnaryOperator;

/** Tells what PostgreSQL refuses, as problems that a person can mend. */
final class PostgresFailures {

  private PostgresFailures() {}

  static Problem of(SQLException failure, DatabaseUrl url) {
    return of(failure, Where.named(url.toString()), url::masked);
  }

  /** Told of a place, with what hides its password in a text. */
  static Problem of(SQLException failure, Where where, UnaryOperator<String> masked) {
    String said = masked.apply(Failures.text(failure).replaceAll("\\s+", " "));
    Problem problem;
    if (passes(failure)) {
      problem =
          StoreProblems.UNREACHABLE.at(
              where,
              "it cannot be reached: " + said,
              "start the database, or correct host and port of its address");
    } else {
      problem =
          switch (kind(failure)) {
            case "28", "3D" ->
                StoreProblems.UNREACHABLE.at(
                    where,
                    "it refuses the log-in: " + said,
                    "correct user, password and database of the address");
            case "42" ->
                StoreProblems.NOT_WRITABLE.at(
                    where,
                    "the role may not do that, or the tables are not the ledger's: " + said,
                    "let the role create and use tables there: give it a database of its own");
            case "53" ->
                StoreProblems.DISK_FULL.at(
                    where, "the server has no room: " + said, "free some space on it, then repeat");
            default ->
                StoreProblems.WRITE_FAILED.at(
                    where, "the server refused: " + said, "look at the server's log");
          };
    }
    return problem.causedBy(failure);
  }

  /** The class of the failure (PostgreSQL, appendix A). */
  private static String kind(SQLException failure) {
    String state = failure.getSQLState();
    return state == null || state.length() < 2 ? "" : state.substring(0, 2);
  }

  /** Whether it is the connection's doing, so that the same may succeed on another one. */
  static boolean passes(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return failure instanceof SQLTransientConnectionException
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.equals("40001")
        || state.equals("40P01");
  }
}
