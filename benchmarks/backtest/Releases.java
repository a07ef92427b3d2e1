import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.Subject;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Verdict;
import dev.assay.stats.HistogramEncoding;
import dev.assay.store.SqliteLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * Fills the ledger of a folder with releases as a load check of three steps leaves them: thirty
 * seconds of latencies, errors and requests for each step. Every twentieth release is 30 % slower.
 *
 * <p>{@code java -cp CLASSPATH benchmarks/backtest/Releases.java FOLDER RELEASES}
 */
public final class Releases {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Releases() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int releases = Integer.parseInt(arguments[1]);
    Files.writeString(
        folder.resolve("assay.yaml"),
        """
        workspace: shop
        environments: { local: { url: "http://127.0.0.1:1" } }
        checks:
          browse:
            load: { users: 1, for: 1s, flow: [ { get: / } ] }
            expect:
              latency.p95: { no worse than: main, by: 10 %, first run: passes }
              latency.p50: < 20 ms
        """);
    try (SqliteLedger ledger =
        SqliteLedger.open(folder.resolve(".assay"), SqliteLedger.Mode.READ_WRITE)) {
      for (int i = 0; i < releases; i++) {
        release(ledger, i);
      }
    }
  }

  private static void release(SqliteLedger ledger, int number) {
    SplittableRandom random = new SplittableRandom(number);
    Instant at = START.plus(Duration.ofHours(number));
    String id = String.format("r%05d", number);
    String commit = String.format("%08x", number) + "0".repeat(32);
    ledger.append(
        id,
        new LedgerEntry.RunOpened(
            at,
            "shop",
            "d".repeat(64),
            new Subject("local", commit, "main", false, null),
            number,
            "benchmark",
            List.of(new LedgerEntry.Planned("browse", "load", "c", 0))));
    ledger.append(id, new LedgerEntry.CheckOpened(at, "browse"));
    double level = (number % 20 == 19 ? 13 : 10) * Math.exp(0.02 * random.nextGaussian());
    for (int second = 0; second < 30; second++) {
      for (String step : List.of("home", "search", "order")) {
        Histogram histogram = new Histogram(3);
        for (int i = 0; i < 300; i++) {
          histogram.recordValue((long) (1e6 * level * Math.exp(0.3 * random.nextGaussian())));
        }
        Instant from = at.plusSeconds(second);
        fact(
            ledger,
            id,
            measured(
                "latency",
                Unit.NANOSECONDS,
                from,
                step,
                new Measured.Distribution(300, HistogramEncoding.encode(histogram))));
        fact(
            ledger,
            id,
            measured("errors", Unit.RATIO, from, step, new Measured.Proportion(0, 300)));
        fact(ledger, id, measured("requests", Unit.NONE, from, step, new Measured.Count(300)));
      }
    }
    Instant end = at.plusSeconds(30);
    ledger.append(id, new LedgerEntry.CheckClosed(end, "browse", Ending.COMPLETED, null, Map.of()));
    ledger.append(
        id, new LedgerEntry.Judged("browse", new Verdict(Decision.PASS, List.of(), "p", "e")));
    ledger.append(id, new LedgerEntry.RunClosed(end, Ending.COMPLETED, Decision.PASS)).join();
  }

  private static Measurement measured(
      String metric, Unit unit, Instant from, String step, Measured value) {
    return new Measurement(
        "browse", metric, unit, from, from.plusSeconds(1), Map.of("step", step), value);
  }

  private static void fact(SqliteLedger ledger, String run, Measurement measurement) {
    ledger.append(run, new LedgerEntry.Recorded(measurement));
  }
}
