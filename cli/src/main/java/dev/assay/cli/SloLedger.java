package dev.assay.cli;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.plan.Plan;
import dev.assay.api.plan.SectionPlan;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.core.parse.RecordFile;
import dev.assay.observe.problem.SloProblems;
import dev.assay.observe.slo.Budget;
import dev.assay.observe.slo.BudgetMath;
import dev.assay.observe.slo.CheckEvents;
import dev.assay.observe.slo.Documents;
import dev.assay.observe.slo.PrometheusEvents;
import dev.assay.observe.slo.Slo;
import dev.assay.observe.slo.SloFiles;
import dev.assay.observe.slo.SlosSection;
import dev.assay.observe.slo.Tally;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The objectives of a workspace on what its ledger has. What was read of a run that is over is
 * kept, so that looking again reads only what came. For one thread.
 */
final class SloLedger implements AutoCloseable {

  private final List<Slo> slos;
  private final HttpClient http = HttpClient.newHttpClient();

  /** By run, then by the objective's place. */
  private final Map<String, List<List<Tally>>> read = new HashMap<>();

  private SloLedger(List<Slo> slos) {
    this.slos = slos;
  }

  /**
   * Those that stand in the workspace.
   *
   * @throws ProblemException with all that is wrong in the files
   */
  static SloLedger of(Plan plan, Map<String, String> environment) {
    Documents documents =
        new Documents() {
          @Override
          public <T extends Record> T read(String name, String text, Class<T> type) {
            return RecordFile.read(name, text, type, environment);
          }
        };
    List<Problem> problems = new ArrayList<>();
    Map<String, Slo> all = new LinkedHashMap<>();
    for (SlosSection.SloFile file :
        entries(plan, SlosSection.NAME, SlosSection.SloFile.class).values()) {
      Path path = plan.folder().resolve(file.file());
      try {
        for (Slo slo : SloFiles.read(path.toString(), Files.readString(path), documents)) {
          checks(plan, slo, problems);
          if (all.put(slo.name(), slo) != null) {
            problems.add(
                SloProblems.WRONG_SLO.at(
                    slo.place(), "there are two objectives '" + slo.name() + "'", "rename one"));
          }
        }
      } catch (ProblemException wrong) {
        problems.addAll(wrong.problems());
      } catch (IOException missing) {
        problems.add(
            SloProblems.WRONG_SLO.at(
                file.place(),
                "'" + file.file() + "' cannot be read",
                "name a file of OpenSLO documents, relative to the workspace"));
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return new SloLedger(List.copyOf(all.values()));
  }

  private static void checks(Plan plan, Slo slo, List<Problem> problems) {
    List<String> known = plan.checks().stream().map(check -> check.id()).toList();
    for (String check : CheckEvents.checks(slo)) {
      if (!known.contains(check)) {
        problems.add(
            SloProblems.WRONG_SLO.at(
                slo.place(),
                "objective '" + slo.name() + "' is about a check '" + check + "' that is not there",
                dev.assay.api.problem.Nearest.mend(check, known)));
      }
    }
  }

  /** The entries of a section of the workspace. */
  static <E extends Record> Map<String, E> entries(Plan plan, String section, Class<E> type) {
    Map<String, E> entries = new LinkedHashMap<>();
    for (SectionPlan<?> each : plan.sections()) {
      if (each.section().name().equals(section)) {
        each.entries().forEach((name, entry) -> entries.put(name, type.cast(entry)));
      }
    }
    return entries;
  }

  /** The objectives. */
  List<Slo> slos() {
    return slos;
  }

  /**
   * How they stand.
   *
   * @param wrong hears why an objective's data cannot be read; it is unknown then
   */
  List<Budget> look(Ledger ledger, Instant now, Consumer<ProblemException> wrong)
      throws InterruptedException {
    Instant oldest =
        slos.stream()
            .map(slo -> BudgetMath.begin(slo.window(), now))
            .min(Instant::compareTo)
            .orElse(now);
    List<List<Tally>> events = new ArrayList<>();
    slos.forEach(_ -> events.add(new ArrayList<>()));
    if (slos.stream().anyMatch(slo -> !CheckEvents.checks(slo).isEmpty())) {
      for (RunSummary run : ledger.runs(Integer.MAX_VALUE)) {
        if (run.opened().isBefore(oldest)) {
          break;
        }
        List<List<Tally>> of = read.get(run.id());
        if (of == null) {
          of = tallies(ledger, run);
          if (run.closed() != null) {
            read.put(run.id(), of);
          }
        }
        for (int i = 0; i < of.size(); i++) {
          events.get(i).addAll(of.get(i));
        }
      }
    }
    List<Budget> budgets = new ArrayList<>();
    for (int i = 0; i < slos.size(); i++) {
      Slo slo = slos.get(i);
      List<Tally> own = events.get(i);
      if (CheckEvents.checks(slo).isEmpty()) {
        try {
          own = new PrometheusEvents(http).read(slo, BudgetMath.begin(slo.window(), now), now);
        } catch (ProblemException none) {
          wrong.accept(none);
        }
      }
      budgets.add(BudgetMath.evaluate(slo, own, now));
    }
    return budgets;
  }

  private List<List<Tally>> tallies(Ledger ledger, RunSummary run) {
    List<CheckEvents> events = slos.stream().map(CheckEvents::new).toList();
    String commit = run.subject().commit();
    String release = run.subject().artifact() == null ? commit : run.subject().artifact();
    String of = release == null ? "" : release;
    Instant[] closed = {run.opened()};
    ledger.read(
        run.id(),
        stored -> {
          switch (stored.entry()) {
            case LedgerEntry.Recorded(var evidence) ->
                events.forEach(each -> each.take(evidence, of));
            case LedgerEntry.CheckClosed check -> closed[0] = check.at();
            case LedgerEntry.Judged(String check, var verdict) ->
                events.forEach(each -> each.take(check, verdict.decision(), closed[0], of));
            default -> {
              // says nothing that is counted
            }
          }
        });
    return events.stream().map(CheckEvents::tallies).toList();
  }

  /** Fails where the workspace has none. */
  void needed(Path file) {
    if (slos.isEmpty()) {
      throw SloProblems.NO_SLO.failure(
          Where.named(file.toString()),
          "the workspace has no objectives",
          "write OpenSLO files, and name them: slos: { shop: slos/shop.yaml }");
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
