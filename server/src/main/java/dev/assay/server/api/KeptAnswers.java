package dev.assay.server.api;

import dev.assay.api.spi.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was answered to requests with an {@code Idempotency-Key}, for a day, and which of them are
 * being carried out: the database decides who does, also between several processes. Thread-safe.
 */
final class KeptAnswers {

  /**
   * For how long a request is taken for being carried out without a sign of that; a process that
   * was killed holds its key up no longer. Clocks of processes must not differ by that much.
   */
  static final Duration LIFE = Duration.ofSeconds(30);

  private static final Duration KEPT = Duration.ofDays(1);

  private final JdbcClient accounts;
  private final Clock clock;

  /**
   * What was answered. Immutable.
   *
   * @param request the digest of what was asked
   * @param status of HTTP
   * @param type of the body; empty for none
   * @param body closed with what the program showed
   */
  record Answer(String request, int status, String type, String body) {}

  KeptAnswers(JdbcClient accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  private long now() {
    return clock.now().toEpochMilli();
  }

  /** What a program was answered to a key. */
  Optional<Answer> find(String program, String key) {
    return accounts
        .sql(
            "SELECT request, status, type, body FROM answered WHERE program = ? AND key = ?"
                + " AND at > ?")
        .params(program, key, now() - KEPT.toMillis())
        .query((rows, _) ->
            new Answer(rows.getString(1), rows.getInt(2), rows.getString(3), rows.getString(4)))
        .optional();
  }

  /** Keeps what a program is answered to a key. */
  void keep(String program, String key, Answer answer) {
    int _ =
        accounts.sql("DELETE FROM answered WHERE at <= ?").param(now() - KEPT.toMillis()).update();
    int _ =
        accounts
            .sql(
                "INSERT INTO answered (program, key, request, status, type, body, at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (program, key) DO UPDATE SET"
                    + " request = excluded.request, status = excluded.status,"
                    + " type = excluded.type, body = excluded.body, at = excluded.at")
            .params(
                program,
                key,
                answer.request(),
                answer.status(),
                answer.type(),
                answer.body(),
                now())
            .update();
  }

  /**
   * Begins to carry out a request.
   *
   * @param process who does, an id that nobody else has
   * @return whether it may; otherwise somebody else is carrying it out
   */
  boolean begin(String program, String key, String process) {
    long now = now();
    return accounts
            .sql(
                "INSERT INTO carrying (program, key, process, until) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (program, key) DO UPDATE SET process = excluded.process,"
                    + " until = excluded.until"
                    // one that ends later than any can is of a clock that was wrong
                    + " WHERE carrying.until <= ? OR carrying.until > ?")
            .params(program, key, process, now + LIFE.toMillis(), now, now + 2 * LIFE.toMillis())
            .update()
        == 1;
  }

  /** It is still being carried out. */
  void goesOn(String program, String key, String process) {
    int _ =
        accounts
            .sql("UPDATE carrying SET until = ? WHERE program = ? AND key = ? AND process = ?")
            .params(now() + LIFE.toMillis(), program, key, process)
            .update();
  }

  /** It is no longer being carried out; also what processes left that died long ago. */
  void end(String program, String key, String process) {
    int _ =
        accounts
            .sql("DELETE FROM carrying WHERE program = ? AND key = ? AND process = ? OR until <= ?")
            .params(program, key, process, now() - KEPT.toMillis())
            .update();
  }
}
