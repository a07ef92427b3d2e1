package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.value.DatabaseUrl;
import dev.assay.server.account.Members;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.database.Migration;
import dev.assay.server.database.PostgresServerDatabase;
import dev.assay.server.database.ServerDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the server knows is the same in a file and in PostgreSQL, and moves there once. */
@Timeout(180)
class ServerDatabaseTest {

  /** They decide who may see which project, so they are asked before a project is known. */
  private static final Set<String> OF_ALL = Set.of("role", "invitation", "audit");

  @TempDir private Path folder;

  private DatabaseUrl postgres(String name) {
    return Objects.requireNonNull(Keeping.POSTGRES.database(folder.resolve(name)));
  }

  private static Map<String, Set<String>> columns(ServerDatabase database) throws SQLException {
    Map<String, Set<String>> tables = new TreeMap<>();
    try (Connection connection = database.whole()) {
      DatabaseMetaData known = connection.getMetaData();
      String schema = connection.getSchema();
      try (ResultSet rows = known.getColumns(null, schema, "%", "%")) {
        while (rows.next()) {
          tables
              .computeIfAbsent(rows.getString("TABLE_NAME"), _ -> new TreeSet<>())
              .add(rows.getString("COLUMN_NAME"));
        }
      }
      try (ResultSet rows = known.getTables(null, schema, "%", new String[] {"TABLE"})) {
        Set<String> names = new TreeSet<>();
        while (rows.next()) {
          names.add(rows.getString("TABLE_NAME"));
        }
        tables.keySet().retainAll(names);
      }
      connection.rollback();
    }
    tables.remove("migration");
    tables.keySet().removeIf(name -> name.startsWith("sqlite_"));
    return tables;
  }

  @Test
  void aFileAndPostgresHaveTheSameTables() throws SQLException {
    try (ServerDatabase file = AccountDatabase.of(folder.resolve("a"), null);
        ServerDatabase postgres = AccountDatabase.of(folder.resolve("b"), postgres("b"))) {
      Map<String, Set<String>> there = columns(postgres);
      Map<String, Set<String>> own = columns(file);

      assertThat(there.keySet()).isEqualTo(own.keySet()).contains("member", "delivery");
      // the driver of SQLite does not tell of columns that are derived
      own.forEach((table, names) -> assertThat(there.get(table)).as(table).containsAll(names));
    }
  }

  @Test
  void everyTableOfAProjectIsUnderAPolicyThatItsOwnerCannotPass() throws SQLException {
    try (ServerDatabase postgres = AccountDatabase.of(folder, postgres("p"))) {
      List<String> bound =
          postgres
              .statements()
              .sql(
                  "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
                      + " WHERE nspname = 'assay_server' AND relrowsecurity"
                      + " AND relforcerowsecurity")
              .query((rows, _) -> rows.getString(1))
              .list();
      Set<String> wanted = new TreeSet<>();
      columns(postgres)
          .forEach((table, names) -> {
            if (names.contains("project") && !OF_ALL.contains(table)) {
              wanted.add(table);
            }
          });
      wanted.addAll(Set.of("delivery", "ruling_withdrawal"));

      assertThat(bound).containsExactlyInAnyOrderElementsOf(wanted);
      assertThat(TABLES).as("those that are fuzzed").hasSameElementsAs(wanted);
    }
  }

  private static void furnish(ServerDatabase database, String project) {
    int _ =
        database
            .statements()
            .sql("INSERT INTO project (name, title, created) VALUES (?, ?, 0)")
            .params(project, project)
            .update();
    int _ =
        database.of(
            project,
            own -> {
              int made = 0;
              for (String row : rows(project).values()) {
                made += own.sql(row).update();
              }
              return made;
            });
  }

  /** A row of each table that is under a policy, in an order in which they can be made. */
  private static SequencedMap<String, String> rows(String project) {
    SequencedMap<String, String> rows = new LinkedHashMap<>();
    rows.put("project_key", "'k-%1$s', '%1$s', 'n', 'h', 'READ', 0, 0");
    rows.put("webhook", "'w-%1$s', '%1$s', 'u', 's', 'TEST', 0");
    rows.put("delivery", "'w-%1$s', 'e', 't', '%1$s', 0, 'WAITING', 0, 0");
    rows.put("retention", "'%1$s', 1, ''");
    rows.put("quarantine", "'%1$s', 't', 'o', 'r', '2030-01-01', 'a', 0");
    rows.put("failure_owner", "'%1$s', 'f', 'o', 'a', 0");
    rows.put("observe_document", "'%1$s', 'k', 'i', '\"b\"'");
    rows.put("heard_run", "'%1$s', 'r', 0, 0, 0");
    rows.put("ruling", "'r-%1$s', '%1$s', 'r', '{}', 0");
    rows.put("ruling_withdrawal", "'r-%1$s', '{}'");
    rows.put("ruling_rule", "'%1$s', 1, 1, 1");
    rows.put("used", "'%1$s', 0, 0, 0, 0, 0");
    rows.put("used_day", "'%1$s', 0, 0, 0, 0, 0, 0, 0");
    rows.put("used_arriving", "'%1$s', 's'");
    rows.put("quota", "'%1$s', 'runs', 1");
    rows.put("quota_told", "'%1$s', 'runs', 80, 0");
    Map<String, String> columns =
        Map.of(
            "project_key", " (id, project, name, hash, scopes, created, expires)",
            "webhook", " (id, project, url, secret, events, created)",
            "delivery", " (webhook, event, type, body, created, state, attempts, due)",
            "retention", " (project, days, branches)",
            "heard_run", " (project, run, heard, again, silent)");
    rows.replaceAll((table, row) ->
        "INSERT INTO "
            + table
            + columns.getOrDefault(table, "")
            + " VALUES ("
            + row.formatted(project)
            + ")");
    return rows;
  }

  private static final List<String> TABLES = List.copyOf(rows("").keySet());

  /** What another project's request must not do, whatever its conditions say or forget. */
  private static List<String> hostile(Random random) {
    String table = TABLES.get(random.nextInt(TABLES.size()));
    String column =
        switch (table) {
          case "delivery" -> "webhook";
          case "ruling_withdrawal" -> "ruling";
          default -> "project";
        };
    String condition =
        List.of(
                "",
                " WHERE TRUE",
                " WHERE " + column + " LIKE '%victim%'",
                " WHERE " + column + " <> 'thief' OR 1 = 1",
                " WHERE EXISTS (SELECT 1 FROM project WHERE name = 'victim')")
            .get(random.nextInt(5));
    return List.of(
        "DELETE FROM " + table + condition,
        "UPDATE " + table + " SET " + column + " = " + column + condition,
        "SELECT count(*) FROM " + table + condition);
  }

  private static String contents(ServerDatabase database) {
    StringBuilder contents = new StringBuilder();
    for (String table : TABLES) {
      List<String> rows =
          database.of(
              "victim",
              own ->
                  own.sql("SELECT t::text FROM " + table + " t ORDER BY 1")
                      .query((row, _) -> row.getString(1))
                      .list());
      contents.append(rows);
    }
    return contents.toString();
  }

  @Test
  void noStatementOfAProjectSeesOrTouchesAnothersRows() {
    try (ServerDatabase database = AccountDatabase.of(folder, postgres("fuzz"))) {
      furnish(database, "victim");
      String before = contents(database);
      assertThat(before).contains("w-victim").doesNotContain("[]");
      Random random = new Random(8);
      int _ =
          database
              .statements()
              .sql("INSERT INTO project (name, title, created) VALUES ('thief', 't', 0)")
              .update();
      for (int i = 0; i < 300; i++) {
        List<String> hostile = hostile(random);
        assertThat(touched(database, hostile)).as(hostile.toString()).isZero();
      }
      for (String row : rows("victim").values()) {
        assertThatThrownBy(() -> database.of("thief", own -> own.sql(row).update()))
            .as(row)
            .isInstanceOf(DataAccessException.class);
      }
      // who forgets to say for which project it asks sees none
      for (String table : TABLES) {
        assertThat(count(database.statements(), table)).as(table).isZero();
        assertThat(database.<Long>ofAll(all -> count(all, table))).as(table).isEqualTo(1);
      }
      assertThat(contents(database)).isEqualTo(before);
      assertThatThrownBy(() -> database.of("*", own -> count(own, "webhook")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static long touched(ServerDatabase database, List<String> hostile) {
    return database.<Long>of(
        "thief",
        own -> {
          long touched = 0;
          for (String statement : hostile) {
            touched +=
                statement.startsWith("SELECT")
                    ? own.sql(statement).query((rows, _) -> rows.getLong(1)).single()
                    : own.sql(statement).update();
          }
          return touched;
        });
  }

  private static long count(JdbcClient statements, String table) {
    return statements
        .sql("SELECT count(*) FROM " + table)
        .query((rows, _) -> rows.getLong(1))
        .single();
  }

  @Test
  void anOlderServerGoesOnWhileTablesGrowAndDoesNotStartWhereSomethingWasTakenAway() {
    DatabaseUrl url = postgres("older");
    List<Migration> newer = new ArrayList<>(AccountDatabase.migrations());
    newer.add(Migration.of(901, null, "ALTER TABLE member ADD COLUMN nick TEXT"));
    try (FurnishedServer it =
        new FurnishedServer(Keeping.POSTGRES.options(folder.resolve("older")))) {
      PostgresServerDatabase.open(url, newer).close();
      try (Visitor ada = it.member("ada", "viewer")) {
        assertThat(ada.get("/projects/shop").statusCode()).isEqualTo(200);
      }
    }
    FurnishedServer.again(Keeping.POSTGRES.options(folder.resolve("older"))).close();

    newer.add(Migration.of(902, null, "-- contracts\nALTER TABLE member DROP COLUMN nick"));
    PostgresServerDatabase.open(url, newer).close();
    assertThatThrownBy(() -> AccountDatabase.of(folder.resolve("older"), url))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("902");
  }

  @ParameterizedTest
  @EnumSource(Keeping.class)
  void twoOwnersWhoShutEachOtherOutAtOnceLeaveOne(Keeping keeping) throws Exception {
    try (FurnishedServer it = new FurnishedServer(keeping.options(folder.resolve("data")))) {
      Members members = it.server.bean(Members.class);
      for (int i = 0; i < 10; i++) {
        members.add("ada", FurnishedServer.PASSWORD + i, true);
        members.enable("ada");
        members.makeOwner("ada", true);
        members.enable("kim");
        CountDownLatch both = new CountDownLatch(2);
        List<Thread> threads = new ArrayList<>();
        for (String name : List.of("ada", "kim")) {
          threads.add(
              Thread.ofVirtual()
                  .start(() -> {
                    both.countDown();
                    try {
                      both.await();
                    } catch (InterruptedException stopped) {
                      Thread.currentThread().interrupt();
                    }
                    members.disable(name);
                  }));
        }
        for (Thread thread : threads) {
          thread.join();
        }
        assertThat(members.all().stream().filter(each -> each.owner() && !each.disabled()))
            .hasSize(1);
      }
      assertThat(it.server.bean(AuditLog.class).verify().damages()).isEmpty();
    }
  }

  @Test
  void theAccountsOfAFolderMoveIntoItsDatabaseOnce() throws Exception {
    Path data = folder.resolve("data");
    try (FurnishedServer it = new FurnishedServer(data)) {
      it.member("ada", "developer").close();
      it.owner.post("/projects/shop/settings", "/projects/shop/keys", Map.of("label", "CI"));
    }
    Files.copy(data.resolve("accounts.db"), folder.resolve("copy.db"));
    ServerOptions options = Keeping.POSTGRES.options(data);
    try (FurnishedServer it = FurnishedServer.again(options)) {
      assertThat(data.resolve("accounts.db")).doesNotExist();
      assertThat(data.resolve("accounts.db.moved")).exists();
      assertThat(it.server.bean(AuditLog.class).verify().damages()).isEmpty();
      assertThat(it.owner.get("/projects/shop/settings").body()).contains("CI");
      assertThat(it.owner.get("/members").body()).contains("ada");
    }
    // as if something had ended the server before it put the file aside
    Files.copy(folder.resolve("copy.db"), data.resolve("accounts.db"));
    FurnishedServer.again(options).close();
    assertThat(data.resolve("accounts.db")).doesNotExist();
  }

  @Test
  void aFolderAndADatabaseThatBothHaveAccountsAreNotMixed() {
    Path data = folder.resolve("data");
    new FurnishedServer(Keeping.POSTGRES.options(data)).close();
    new FurnishedServer(data).close();

    assertThatThrownBy(() -> RunningServer.start(Keeping.POSTGRES.options(data)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ASSAY-SERVER-070");
    assertThat(data.resolve("accounts.db")).exists();
  }
}
