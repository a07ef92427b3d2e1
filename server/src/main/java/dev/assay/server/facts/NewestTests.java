package dev.assay.server.facts;

import dev.assay.server.facts.Facts.TestLine;
import dev.assay.server.facts.Facts.TestOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tests of the newest runs, the first of each order kept until another run is read. Where there
 * are many outcomes, what was found last is given while it is found again. Thread-safe.
 */
final class NewestTests {

  private static final Logger LOG = LoggerFactory.getLogger(NewestTests.class);

  /** Tests are looked at over so many runs and outcomes, the newest. */
  private static final int RUNS = 100;

  private static final long OUTCOMES = 1_000_000;

  /** How many are kept of each order. */
  private static final int KEPT = 1_000;

  /** So many outcomes are looked through while somebody waits. */
  private static final long FEW = 50_000;

  private static final String LINES =
      "SELECT name, suite, test, count(*) AS runs, sum(rank = 0) AS failed, sum(rank = 1) AS"
          + " flaky, avg(took) AS mean, max(took) FROM outcome WHERE run IN (:runs) AND rank <> 2";

  private final JdbcClient facts;
  private final LongSupplier version;
  private final Map<TestOrder, Held> held = new ConcurrentHashMap<>();
  private final AtomicBoolean finding = new AtomicBoolean();

  private record Size(long no, long outcomes) {}

  /** Which runs, and how many outcomes they have together. */
  private record Chosen(List<Long> runs, long outcomes) {}

  private record Held(long version, long outcomes, List<TestLine> lines) {}

  NewestTests(JdbcClient facts, LongSupplier version) {
    this.facts = facts;
    this.version = version;
  }

  /** The first tests of an order whose names contain a text; empty for all. */
  List<TestLine> first(TestOrder order, String text, int limit) {
    int most = Math.clamp(limit, 1, KEPT);
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    if (!wanted.isEmpty()) {
      return lines(chosen(), order, wanted, most);
    }
    Held known = held.get(order);
    if (known == null || known.version() != version.getAsLong() && known.outcomes() <= FEW) {
      known = found(order);
    } else if (known.version() != version.getAsLong()) {
      findAgain(order);
    }
    return known.lines().subList(0, Math.min(most, known.lines().size()));
  }

  private Held found(TestOrder order) {
    long now = version.getAsLong();
    Chosen chosen = chosen();
    Held found = new Held(now, chosen.outcomes(), lines(chosen, order, null, KEPT));
    held.put(order, found);
    return found;
  }

  /** Finds them again where that takes long, before somebody asks. */
  void findAhead() {
    if (chosen().outcomes() > FEW) {
      findAgain(TestOrder.SLOWEST);
    }
  }

  private void findAgain(TestOrder order) {
    if (finding.compareAndSet(false, true)) {
      Thread _ =
          Thread.ofVirtual()
              .name("assay-tests")
              .start(() -> {
                try {
                  Held _ = found(order);
                } catch (RuntimeException unlucky) {
                  LOG.warn("the tests of the newest runs cannot be found", unlucky);
                } finally {
                  finding.set(false);
                }
              });
    }
  }

  private Chosen chosen() {
    List<Long> chosen = new ArrayList<>();
    long all = 0;
    for (Size run :
        facts
            .sql(
                "SELECT no, outcomes FROM run WHERE kept = 1 AND outcomes > 0 AND monitor = 0"
                    + " ORDER BY opened DESC LIMIT "
                    + RUNS)
            .query((rows, _) -> new Size(rows.getLong(1), rows.getLong(2)))
            .list()) {
      if (all + run.outcomes() > OUTCOMES && !chosen.isEmpty()) {
        break;
      }
      all += run.outcomes();
      chosen.add(run.no());
    }
    return new Chosen(chosen, all);
  }

  private List<TestLine> lines(Chosen chosen, TestOrder order, @Nullable String text, int limit) {
    if (chosen.runs().isEmpty()) {
      return List.of();
    }
    String named = text == null ? "" : " AND instr(lower(suite || '#' || test), :text)";
    JdbcClient.StatementSpec asked =
        facts
            .sql(LINES + named + " GROUP BY name, suite, test " + order(order) + " LIMIT :limit")
            .param("runs", chosen.runs())
            .param("limit", limit);
    return (text == null ? asked : asked.param("text", text))
        .query((rows, _) ->
            new TestLine(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getLong(4),
                rows.getLong(5),
                rows.getLong(6),
                Math.round(rows.getDouble(7)),
                rows.getLong(8)))
        .list();
  }

  private static String order(TestOrder order) {
    return switch (order) {
      case SLOWEST -> "ORDER BY mean DESC";
      case FLAKIEST -> "HAVING flaky > 0 ORDER BY cast(flaky AS REAL) / runs DESC";
      case FAILING -> "HAVING failed > 0 ORDER BY cast(failed AS REAL) / runs DESC";
    };
  }
}
