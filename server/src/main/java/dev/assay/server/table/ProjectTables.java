package dev.assay.server.table;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.spi.Clock;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.Words;
import dev.assay.server.facts.Facts;
import dev.assay.server.facts.Facts.ClusterLine;
import dev.assay.server.facts.Facts.NotPassed;
import dev.assay.server.facts.Facts.OutcomeLine;
import dev.assay.server.facts.Facts.TestLine;
import dev.assay.server.facts.Facts.TestOrder;
import dev.assay.server.facts.ProjectFacts;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import dev.assay.server.project.RunFilter;
import dev.assay.server.project.RunPage;
import dev.assay.server.ruling.RulingChip;
import dev.assay.server.ruling.Rulings;
import dev.assay.server.ruling.RunRulings;
import dev.assay.server.table.Table.Column;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the tables of a project. Thread-safe. */
@Component
public final class ProjectTables {

  /** The column of what people decided on runs. */
  public static final String PEOPLE = "people";

  private static final int COMMIT = 10;

  /** So many checks are named beside a run. */
  private static final int NAMED = 3;

  private final Projects projects;
  private final ProjectFacts facts;
  private final Triage triage;
  private final Rulings rulings;
  private final Clock clock;

  /** Made by Spring. */
  ProjectTables(
      Projects projects, ProjectFacts facts, Triage triage, Rulings rulings, Clock clock) {
    this.rulings = rulings;
    this.clock = clock;
    this.projects = projects;
    this.facts = facts;
    this.triage = triage;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String place(Project project) {
    return "/projects/" + project.name();
  }

  /** Where the page of a run is. */
  public static String run(Project project, String run) {
    return place(project) + "/runs/" + run;
  }

  /** Where the page of a check is. */
  public static String check(Project project, String check) {
    return place(project) + "/check?id=" + encoded(check);
  }

  private static String brief(@Nullable String commit) {
    return commit == null ? "" : commit.substring(0, Math.min(COMMIT, commit.length()));
  }

  private static Cell took(@Nullable Long millis) {
    // a report that was sent says nothing of how long it took
    return millis == null
        ? Cell.text(null)
        : Cell.number(millis, millis == 0 ? "" : Words.took(Duration.ofMillis(millis)));
  }

  /** The runs, the newest first. */
  public Table runs(Project project, RunFilter filter) {
    ProjectRuns runs = projects.runs(project);
    RunPage page = runs.page(filter);
    Map<String, List<NotPassed>> notPassed =
        facts.of(project).notPassed(page.runs().stream().map(RunSummary::id).toList());
    Map<String, RunRulings> decided =
        rulings.of(project.name(), page.runs().stream().map(RunSummary::id).toList());
    List<List<Cell>> rows = new ArrayList<>();
    for (RunSummary run : page.runs()) {
      Instant closed = run.closed();
      Instant silent = closed == null ? runs.silentSince(run.id()) : null;
      rows.add(
          List.of(
              verdict(run, silent),
              people(decided.get(run.id()), run.decision()),
              Cell.code(run.id(), run.id()).to(run(project, run.id())),
              Cell.text(run.workspace()),
              Cell.text(heldBy(notPassed.getOrDefault(run.id(), List.of()))),
              Cell.text(run.subject().environment()),
              Cell.text(run.subject().branch()),
              Cell.code(brief(run.subject().commit()), run.subject().commit()),
              Cell.time(run.opened()),
              took(closed == null ? null : Duration.between(run.opened(), closed).toMillis()),
              silent == null ? Cell.text(null) : Cell.time(silent)));
    }
    return new Table(
        "runs",
        "Runs, the newest first",
        List.of(
            Column.of("verdict", "Verdict"),
            Column.of(PEOPLE, "People"),
            Column.of("run", "Run"),
            Column.of("workspace", "Workspace"),
            Column.of("heldBy", "What did not pass"),
            Column.of("environment", "Environment"),
            Column.of("branch", "Branch"),
            Column.of("commit", "Commit"),
            Column.of("began", "Began"),
            Column.number("tookMillis", "Took"),
            Column.aside("silentSince", "Silent since")),
        rows,
        page.next());
  }

  /** What goes on, or should, has none. */
  private static Cell verdict(RunSummary run, @Nullable Instant silent) {
    if (silent != null) {
      return Cell.badge("Silent", "waiting", silent);
    }
    return run.closed() == null
        ? Cell.badge("Running", "live")
        : Cell.badge(RunReport.headline(run.decision()), Cell.tone(run.decision()));
  }

  /** The names of those that failed, then of the others; a few of them. */
  private static String heldBy(List<NotPassed> notPassed) {
    List<String> names =
        notPassed.stream()
            .sorted(Comparator.comparing(each -> each.decision() != Decision.FAIL))
            .map(NotPassed::check)
            .toList();
    String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
  }

  private Cell people(@Nullable RunRulings decided, Decision decision) {
    RulingChip chip = decided == null ? null : RulingChip.of(decided, decision, clock.now());
    return chip == null ? Cell.text(null) : Cell.badge(chip.text(), chip.tone());
  }

  /** The checks of a project, as they were the last time. */
  public Table checks(Project project) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Facts.Checked check : facts.of(project).latest()) {
      rows.add(
          List.of(
              Cell.decision(check.decision()),
              Cell.text(check.name()).to(check(project, check.name())),
              Cell.text(check.type()),
              Cell.number(check.stage() + 1),
              Cell.text(check.because()),
              Cell.code(check.run(), check.run()).to(run(project, check.run())),
              Cell.time(check.opened()).to(run(project, check.run())),
              took(check.tookMillis())));
    }
    return new Table(
        "checks",
        "Checks, as they were in their newest run",
        List.of(
            Column.of("verdict", "Verdict"),
            Column.of("check", "Check"),
            Column.of("type", "Type"),
            Column.number("stage", "Stage"),
            Column.of("because", "What was found"),
            Column.aside("run", "Run"),
            Column.of("began", "Last run"),
            Column.number("tookMillis", "Took")),
        rows,
        null);
  }

  /** One check through its runs, the newest first. */
  public Table history(Project project, String check, String environment) {
    ProjectRuns runs = projects.runs(project);
    List<List<Cell>> rows = new ArrayList<>();
    for (Facts.Checked one : facts.of(project).history(check)) {
      RunSummary run = runs.find(one.run()).orElse(null);
      String where = run == null ? "" : run.subject().environment();
      if (environment.isEmpty() || environment.equals(where)) {
        rows.add(
            List.of(
                Cell.decision(one.decision()),
                Cell.code(one.run(), one.run()).to(run(project, one.run())),
                Cell.text(where),
                Cell.text(run == null ? null : run.subject().branch()),
                Cell.code(
                    brief(run == null ? null : run.subject().commit()),
                    run == null ? null : run.subject().commit()),
                Cell.time(one.opened()),
                took(one.tookMillis()),
                Cell.number(one.outcomes()),
                Cell.number(one.failed()),
                Cell.number(one.flaky()),
                Cell.text(one.because())));
      }
    }
    return new Table(
        "runs",
        "The check in its runs, the newest first",
        List.of(
            Column.of("verdict", "Verdict"),
            Column.of("run", "Run"),
            Column.of("environment", "Environment"),
            Column.of("branch", "Branch"),
            Column.of("commit", "Commit"),
            Column.of("began", "Began"),
            Column.number("tookMillis", "Took"),
            Column.number("outcomes", "Outcomes"),
            Column.number("failed", "Failed"),
            Column.number("flaky", "Flaky"),
            Column.of("because", "What was found")),
        rows,
        null);
  }

  /** What happened while a check ran: faults, deployments. */
  public Table events(Project project, String check) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Facts.EventLine event : facts.of(project).events(check, 100)) {
      rows.add(
          List.of(
              Cell.time(event.at()),
              Cell.text(event.kind()),
              Cell.text(event.message()),
              Cell.code(event.run(), event.run()).to(run(project, event.run()))));
    }
    return new Table(
        "events",
        "What happened while it ran, the newest first",
        List.of(
            Column.of("at", "When"),
            Column.of("kind", "Kind"),
            Column.of("message", "What"),
            Column.of("run", "Run")),
        rows,
        null);
  }

  /** The outcomes of a run, what needs attention first. */
  public Table outcomes(Project project, String run, OutcomeFilter filter) {
    List<OutcomeLine> lines =
        facts
            .of(project)
            .outcomes(
                run,
                filter.check(),
                filter.result(),
                filter.text(),
                filter.after(),
                filter.limit() + 1);
    boolean more = lines.size() > filter.limit();
    List<OutcomeLine> shown = more ? lines.subList(0, filter.limit()) : lines;
    List<List<Cell>> rows = new ArrayList<>();
    for (OutcomeLine line : shown) {
      rows.add(
          List.of(
              Cell.badge(line.result(), tone(line.rank())),
              Cell.text(line.check()).to(check(project, line.check())),
              Cell.text(line.suite()),
              Cell.text(line.test()),
              Cell.number(line.tookNanos(), Unit.NANOSECONDS.format(line.tookNanos())),
              Cell.number(line.attempts()),
              Cell.text(line.message())));
    }
    return new Table(
        "outcomes",
        "Outcomes, what needs attention first",
        List.of(
            Column.of("result", "Result"),
            Column.of("check", "Check"),
            Column.of("suite", "Suite"),
            Column.of("test", "Test"),
            Column.number("tookNanos", "Took"),
            Column.number("attempts", "Attempts"),
            Column.of("message", "Message")),
        rows,
        more ? shown.getLast().rank() + "-" + shown.getLast().id() : null);
  }

  private static String tone(int rank) {
    return switch (rank) {
      case 0 -> "fail";
      case 1, 2 -> "open";
      default -> "pass";
    };
  }

  /**
   * Which outcomes are wanted. Immutable.
   *
   * @param check only of this check; empty for all
   * @param result failed, flaky, skipped or passed; empty for all
   * @param text what the suite or the name contains; empty for all
   * @param after the cursor of the page before; null for the first
   * @param limit how many at most
   */
  public record OutcomeFilter(
      String check, String result, String text, @Nullable String after, int limit) {}

  /** Which failures of the newest runs are one. */
  public Table failures(Project project) {
    Map<String, String> owners = triage.owners(project.name());
    List<List<Cell>> rows = new ArrayList<>();
    for (ClusterLine cluster : facts.of(project).clusters()) {
      rows.add(
          List.of(
              Cell.text(cluster.title()).to(place(project) + "/failures/" + cluster.fingerprint()),
              Cell.code(cluster.fingerprint(), cluster.fingerprint()),
              Cell.text(owners.getOrDefault(cluster.fingerprint(), cluster.owner())),
              Cell.number(cluster.tests()),
              Cell.number(cluster.runs()),
              Cell.number(cluster.failures()),
              Cell.code(cluster.first(), cluster.first()).to(run(project, cluster.first())),
              Cell.time(cluster.since()).to(run(project, cluster.first())),
              Cell.code(cluster.last(), cluster.last()).to(run(project, cluster.last())),
              Cell.time(cluster.latest()).to(run(project, cluster.last()))));
    }
    return new Table(
        "failures",
        "Failures that are one, the newest first",
        List.of(
            Column.of("title", "What it says"),
            Column.aside("fingerprint", "Fingerprint"),
            Column.of("owner", "Owner"),
            Column.number("tests", "Tests"),
            Column.number("runs", "Runs"),
            Column.number("failures", "Failures"),
            Column.aside("firstRun", "First in"),
            Column.of("since", "First seen"),
            Column.aside("lastRun", "Last in"),
            Column.of("latest", "Last seen")),
        rows,
        null);
  }

  /** The failures of one kind. */
  public Table failures(Project project, String fingerprint) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Facts.FailureLine line : facts.of(project).failures(fingerprint, 200)) {
      rows.add(
          List.of(
              Cell.code(line.run(), line.run()).to(run(project, line.run())),
              Cell.time(line.opened()),
              Cell.text(line.check()).to(check(project, line.check())),
              Cell.text(line.suite()),
              Cell.text(line.test()),
              Cell.text(line.title())));
    }
    return new Table(
        "failures",
        "The failures, the newest first",
        List.of(
            Column.of("run", "Run"),
            Column.of("began", "Began"),
            Column.of("check", "Check"),
            Column.of("suite", "Suite"),
            Column.of("test", "Test"),
            Column.of("title", "What it says")),
        rows,
        null);
  }

  /** The tests of the newest runs. */
  public Table tests(Project project, TestOrder order, String text, int limit) {
    List<List<Cell>> rows =
        facts.of(project).tests(order, text, limit).stream()
            .map(test -> test(project, test))
            .toList();
    return new Table(
        "tests",
        "Tests of the newest runs, the " + order.word() + " first",
        List.of(
            Column.of("check", "Check"),
            Column.of("test", "Test"),
            Column.number("runs", "Ran"),
            Column.number("failed", "Failed"),
            Column.number("flaky", "Flaky"),
            Column.number("meanNanos", "Takes"),
            Column.number("mostNanos", "At most")),
        rows,
        null);
  }

  private static List<Cell> test(Project project, TestLine test) {
    return List.of(
        Cell.text(test.check()).to(check(project, test.check())),
        Cell.text(test.id()),
        Cell.number(test.runs()),
        Cell.number(test.failed(), share(test.failed(), test.runs())),
        Cell.number(test.flaky(), share(test.flaky(), test.runs())),
        Cell.number(test.meanNanos(), Unit.NANOSECONDS.format(test.meanNanos())),
        Cell.number(test.mostNanos(), Unit.NANOSECONDS.format(test.mostNanos())));
  }

  private static String share(long part, long all) {
    return part == 0 ? "0" : part + " (" + Math.round(100.0 * part / all) + " %)";
  }

  /** The tests in quarantine, those first that end first. */
  public Table quarantine(Project project) {
    List<List<Cell>> rows =
        triage.quarantine(project.name()).stream()
            .map(entry ->
                List.of(
                    Cell.text(entry.test()),
                    Cell.text(entry.owner()),
                    Cell.text(entry.reason()),
                    Cell.day(entry.expires()),
                    Cell.text(entry.author())))
            .toList();
    return new Table(
        "quarantine",
        "Tests in quarantine",
        List.of(
            Column.of("test", "Test"),
            Column.of("owner", "Owner"),
            Column.of("reason", "Reason"),
            Column.of("expires", "Until"),
            Column.of("author", "Put there by")),
        rows,
        null);
  }

  /**
   * How often a check was decided otherwise on the same commit, and how often it could have been.
   */
  public int[] unstable(Project project, String check) {
    ProjectRuns runs = projects.runs(project);
    Map<String, Decision> before = new java.util.HashMap<>();
    int pairs = 0;
    int differ = 0;
    for (Facts.Checked one : facts.of(project).history(check)) {
      RunSummary run = runs.find(one.run()).orElse(null);
      boolean decided = one.decision() == Decision.PASS || one.decision() == Decision.FAIL;
      if (run != null && run.subject().commit() != null && !run.subject().dirty() && decided) {
        String same = run.subject().commit() + " " + run.subject().environment() + one.digest();
        Decision earlier = before.put(same, one.decision());
        if (earlier != null) {
          pairs++;
          differ += earlier == one.decision() ? 0 : 1;
        }
      }
    }
    return new int[] {differ, pairs};
  }
}
