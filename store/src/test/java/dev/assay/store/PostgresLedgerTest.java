package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.Receipt;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.value.DatabaseUrl;
import dev.assay.testkit.LedgerEntries;
import dev.assay.testkit.LedgerKit;
import dev.assay.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger in a real PostgreSQL. */
class PostgresLedgerTest extends LedgerKit {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static PostgresServer server;
  private static PostgresLedgers ledgers;

  private final List<Ledger> opened = new ArrayList<>();
  private final Map<String, Ledger> known = new HashMap<>();
  @TempDir private Path folder;

  @BeforeAll
  static void start() throws SQLException {
    assumeTrue(PostgresServer.programs().isPresent(), "PostgreSQL is not installed");
    server = PostgresServer.start();
    asSuperuser("CREATE ROLE assay LOGIN PASSWORD 'assay'");
    asSuperuser("CREATE DATABASE assay OWNER assay");
    ledgers = PostgresLedgers.open(url("assay:assay", "assay"), 4, new SystemClock(), PATIENCE);
  }

  @AfterAll
  static void stop() {
    if (ledgers != null) {
      ledgers.close();
      server.close();
    }
  }

  @AfterEach
  void close() {
    opened.forEach(Ledger::close);
  }

  private static DatabaseUrl url(String credentials, String database) {
    return DatabaseUrl.parse(
        "postgresql://" + credentials + "@127.0.0.1:" + server.port() + "/" + database);
  }

  private static void asSuperuser(String sql) throws SQLException {
    DatabaseUrl url = DatabaseUrl.parse(server.url());
    try (Connection connection = DriverManager.getConnection(url.jdbc(), url.credentials());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void inLedgers(String sql) throws SQLException {
    DatabaseUrl url = url("kim:" + PostgresServer.PASSWORD.replace("@", "%40"), "assay");
    try (Connection connection = DriverManager.getConnection(url.jdbc(), url.credentials());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  protected Ledger open(Path at) {
    // The name of a test's own folder is a tenant of its own.
    String tenant = Integer.toHexString(at.toString().hashCode());
    Ledger ledger = ledgers.ledger(tenant, at.resolve("artifacts"));
    opened.add(ledger);
    return ledger;
  }

  private Ledger tenant(String name) {
    Ledger ledger = ledgers.ledger(name, folder.resolve(name));
    opened.add(ledger);
    return ledger;
  }

  private static Receipt append(Ledger ledger, String run, boolean first, long fact) {
    return ledger
        .append(run, first ? LedgerEntries.opened() : LedgerEntries.fact(fact))
        .orTimeout(90, TimeUnit.SECONDS)
        .join();
  }

  @Test
  void noTenantEverSeesWhatIsAnothers() {
    long seed = 20_261_121;
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Map<String, Integer>> written = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      String name = "tenant-" + random.nextInt(4);
      String run = "run-" + random.nextInt(5);
      Map<String, Integer> runs = written.computeIfAbsent(name, _ -> new HashMap<>());
      Ledger ledger = opened.size() > random.nextInt(40) ? reopened(name) : tenant(name);
      append(ledger, run, !runs.containsKey(run), i);
      runs.merge(run, 1, Integer::sum);
      written.forEach((other, its) -> {
        Map<String, Integer> seen = new HashMap<>();
        for (RunSummary summary : reopened(other).runs(100)) {
          seen.put(summary.id(), (int) summary.entries());
        }
        assertThat(seen).as("of %s with the seed %d", other, seed).isEqualTo(its);
      });
    }
    written.keySet().forEach(name -> assertThat(reopened(name).verify().damages()).isEmpty());
  }

  private Ledger reopened(String name) {
    return known.computeIfAbsent(name, this::tenant);
  }

  @Test
  void whoDoesNotSayWhoseRowsItWantsSeesNone() throws SQLException {
    append(tenant("shown"), "r1", true, 0);
    DatabaseUrl owner = url("assay:assay", "assay");
    try (Connection connection = DriverManager.getConnection(owner.jdbc(), owner.credentials());
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM entry")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isZero();
      assertThatThrownBy(
              () -> statement.execute("INSERT INTO run VALUES ('shown', 'forged', 1, NULL, 1)"))
          .hasMessageContaining("row-level security");
    }
  }

  @Test
  void anEntryThatWasChangedBehindItsBackIsFound() throws SQLException {
    Ledger ledger = tenant("changed");
    append(ledger, "r1", true, 0);
    append(ledger, "r1", false, 1);
    assertThatThrownBy(
            () -> inLedgers("UPDATE entry SET body = '\\x7b7d' WHERE tenant = 'changed'"))
        .hasMessageContaining("append-only");

    inLedgers(
        "SET session_replication_role = replica;"
            + " UPDATE entry SET body = body || ' '::bytea WHERE tenant = 'changed' AND sequence = 2");

    assertThat(ledger.verify().damages()).singleElement().asString().contains("entry 2");
  }

  @Test
  void twoProcessesWriteOneChain() {
    List<Ledger> both = List.of(tenant("both"), tenant("both"));
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    append(both.getFirst(), "r0", true, 0);
    append(both.getLast(), "r1", true, 0);
    for (int i = 0; i < 400; i++) {
      receipts.add(both.get(i % 2).append("r" + i % 2, LedgerEntries.fact(i)));
    }
    receipts.forEach(receipt -> receipt.orTimeout(90, TimeUnit.SECONDS).join());

    assertThat(receipts).extracting(r -> r.join().sequence()).doesNotHaveDuplicates();
    assertThat(both.getFirst().verify().damages()).isEmpty();
    assertThat(both.getFirst().verify().entries()).isEqualTo(402);
  }

  @Test
  void aDatabaseThatThrowsEverybodyOutLosesAndRepeatsNothing() throws SQLException {
    Ledger ledger = tenant("thrown-out");
    append(ledger, "r1", true, 0);
    List<CompletableFuture<Receipt>> receipts = Collections.synchronizedList(new ArrayList<>());
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 50; i++) {
        receipts.add(ledger.append("r1", LedgerEntries.fact(round * 50L + i)));
      }
      asSuperuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'assay'");
    }
    receipts.forEach(receipt -> receipt.orTimeout(90, TimeUnit.SECONDS).join());

    List<Long> facts = new ArrayList<>();
    ledger.read("r1", stored -> facts.add(stored.sequence()));
    assertThat(facts).hasSize(1001);
    assertThat(ledger.verify().damages()).isEmpty();
  }

  @Test
  void aRoleThatNoPolicyBindsIsRefused() {
    assertThatThrownBy(() ->
            PostgresLedgers.open(
                DatabaseUrl.parse(server.url()), 2, new SystemClock(), Duration.ofSeconds(1)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("'kim' is a superuser")
        .hasMessageContaining("CREATE ROLE");
  }

  @Test
  void aWrongPasswordIsSaidWithoutTheRightOne() {
    assertThatThrownBy(() ->
            PostgresLedgers.open(
                url("assay:wr0ng", "assay"), 2, new SystemClock(), Duration.ofSeconds(1)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("refuses the log-in")
        .hasMessageNotContaining("wr0ng");
  }
}
