package dev.assay.server.table;

import dev.assay.api.spi.Clock;
import dev.assay.server.database.ServerDatabase;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What people say of tests and failures: who looks after them, and what waits. Thread-safe. */
@Component
public final class Triage {

  private static final int LONGEST = 500;
  private static final int MOST_DAYS = 366;

  private final ServerDatabase accounts;
  private final Clock clock;

  /** Made by Spring. */
  Triage(ServerDatabase accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /**
   * A test in quarantine. Immutable.
   *
   * @param test its name, or a pattern, as in a file of quarantine
   * @param owner who looks after it
   * @param reason why
   * @param expires the last day it holds
   * @param author who put it there
   */
  public record Entry(String test, String owner, String reason, LocalDate expires, String author) {}

  /** The tests in quarantine, those first that end first. */
  public List<Entry> quarantine(String project) {
    return accounts.of(
        project,
        own ->
            own.sql(
                    "SELECT test, owner, reason, expires, author FROM quarantine WHERE project = ?"
                        + " ORDER BY expires, test")
                .param(project)
                .query((rows, _) ->
                    new Entry(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        LocalDate.parse(rows.getString(4)),
                        rows.getString(5)))
                .list());
  }

  /** Puts a test there, or changes what is said of it. Returns what is wrong, or null. */
  public @Nullable String put(
      String project, String test, String owner, String reason, String expires, String author) {
    for (String text : List.of(test, owner, reason)) {
      if (text.isBlank() || text.length() > LONGEST) {
        return "A test, its owner and the reason have 1 to " + LONGEST + " characters each.";
      }
    }
    LocalDate today = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
    LocalDate day;
    try {
      day = LocalDate.parse(expires.strip());
    } catch (DateTimeException wrong) {
      return "Write the last day it holds as " + today.plusDays(14) + ".";
    }
    if (day.isBefore(today) || day.isAfter(today.plusDays(MOST_DAYS))) {
      return "A quarantine ends, within a year from now.";
    }
    int _ =
        accounts.of(
            project,
            own ->
                own.sql(
                        "INSERT INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (project,"
                            + " test) DO UPDATE SET owner = excluded.owner, reason ="
                            + " excluded.reason, expires = excluded.expires, author ="
                            + " excluded.author")
                    .params(
                        project,
                        test.strip(),
                        owner.strip(),
                        reason.strip(),
                        day.toString(),
                        author,
                        clock.now().toEpochMilli())
                    .update());
    return null;
  }

  /** Takes a test out; whether it was there. */
  public boolean lift(String project, String test) {
    return accounts.of(
            project,
            own ->
                own.sql("DELETE FROM quarantine WHERE project = ? AND test = ?")
                    .params(project, test)
                    .update())
        == 1;
  }

  /** Who looks after failures, by their fingerprints. */
  public Map<String, String> owners(String project) {
    Map<String, String> owners = new HashMap<>();
    accounts
        .of(
            project,
            own ->
                own.sql("SELECT fingerprint, owner FROM failure_owner WHERE project = ?")
                    .param(project)
                    .query((rows, _) -> Map.entry(rows.getString(1), rows.getString(2)))
                    .list())
        .forEach(entry -> owners.put(entry.getKey(), entry.getValue()));
    return owners;
  }

  /** Says who looks after a failure; nobody where the owner is blank. */
  public void own(String project, String fingerprint, String owner, String author) {
    if (owner.isBlank()) {
      int _ =
          accounts.of(
              project,
              own ->
                  own.sql("DELETE FROM failure_owner WHERE project = ? AND fingerprint = ?")
                      .params(project, fingerprint)
                      .update());
      return;
    }
    String named = owner.strip().substring(0, Math.min(owner.strip().length(), LONGEST));
    int _ =
        accounts.of(
            project,
            own ->
                own.sql(
                        "INSERT INTO failure_owner VALUES (?, ?, ?, ?, ?) ON CONFLICT (project,"
                            + " fingerprint) DO UPDATE SET owner = excluded.owner, author ="
                            + " excluded.author")
                    .params(project, fingerprint, named, author, clock.now().toEpochMilli())
                    .update());
  }
}
