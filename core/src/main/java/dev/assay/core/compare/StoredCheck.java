package dev.assay.core.compare;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Finding;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.ledger.LedgerEntry.Judged;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one run's entries say of one check. Immutable.
 *
 * @param id its identity
 * @param type the name of its type; empty where the plan did not name it
 * @param digest of its configuration; empty as above
 * @param ending how it ended; null where it did not
 * @param problem why it did not complete; null where it did
 * @param took how long; zero where it did not begin or not end
 * @param evidence of its last beginning, in order
 * @param verdict what was decided; null where it was not judged
 */
public record StoredCheck(
    String id,
    String type,
    String digest,
    @Nullable Ending ending,
    @Nullable String problem,
    Duration took,
    List<Evidence> evidence,
    @Nullable Verdict verdict) {

  /** Copies the list. */
  public StoredCheck {
    evidence = List.copyOf(evidence);
  }

  /** All checks of a run, in the order of its plan. */
  public static Map<String, StoredCheck> all(Ledger ledger, String run) {
    Fold fold = new Fold();
    ledger.read(run, stored -> fold.add(stored.entry()));
    Map<String, StoredCheck> checks = new LinkedHashMap<>();
    fold.checks.forEach((id, one) -> checks.put(id, one.check()));
    return checks;
  }

  /** One check of a run, if it had it. */
  public static Optional<StoredCheck> one(Ledger ledger, String run, String check) {
    Fold fold = new Fold();
    ledger.read(run, check, stored -> fold.add(stored.entry()));
    return Optional.ofNullable(fold.checks.get(check)).map(One::check);
  }

  /** Whether what it measured can be compared: it completed, and nothing says it is not valid. */
  public boolean comparable() {
    return ending == Ending.COMPLETED
        && evidence.stream()
            .noneMatch(fact ->
                fact instanceof Finding finding && finding.severity() == Finding.Severity.INVALID);
  }

  private static final class Fold {
    private final Map<String, One> checks = new LinkedHashMap<>();

    void add(LedgerEntry entry) {
      switch (entry) {
        case RunOpened opened ->
            opened.checks().forEach(planned -> checks.put(planned.id(), new One(planned)));
        case CheckOpened opened -> one(opened.check()).begin(opened.at());
        case Recorded recorded -> {
          One check = checks.get(recorded.evidence().check());
          if (check != null) {
            check.evidence.add(recorded.evidence());
          }
        }
        case CheckClosed closed -> one(closed.check()).closed = closed;
        case Judged judged -> one(judged.check()).verdict = judged.verdict();
        default -> {}
      }
    }

    private One one(String id) {
      return checks.computeIfAbsent(id, _ -> new One(new Planned(id, "", "", 0)));
    }
  }

  private static final class One {
    private final Planned planned;
    private final List<Evidence> evidence = new ArrayList<>();
    private @Nullable Instant opened;
    private @Nullable CheckClosed closed;
    private @Nullable Verdict verdict;

    One(Planned planned) {
      this.planned = planned;
    }

    void begin(Instant at) {
      opened = at;
      evidence.clear();
      closed = null;
      verdict = null;
    }

    StoredCheck check() {
      CheckClosed end = closed;
      Instant start = opened;
      return new StoredCheck(
          planned.id(),
          planned.type(),
          planned.digest(),
          end == null ? null : end.ending(),
          end == null ? null : end.problem(),
          start == null || end == null ? Duration.ZERO : Duration.between(start, end.at()),
          evidence,
          verdict);
    }
  }
}
