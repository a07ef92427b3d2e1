package dev.assay.server.page;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.verdict.Decision;
import dev.assay.core.compare.Trend;
import dev.assay.core.judge.CheckLevels;
import dev.assay.core.report.page.Fragments;
import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.facts.Facts;
import dev.assay.server.facts.ProjectFacts;
import dev.assay.server.project.Project;
import dev.assay.server.project.Projects;
import dev.assay.server.table.Cell;
import dev.assay.server.table.ProjectTables;
import dev.assay.server.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Checks, and the whole life of one. */
@RestController
@RequestMapping("/projects/{name}")
public class CheckPages {

  private static final int RECENT = 30;
  private static final int MOST_PLOTS = 12;

  private final Template template;
  private final Frames frames;
  private final Access access;
  private final Projects projects;
  private final ProjectFacts facts;
  private final ProjectTables tables;

  /** Made by Spring. */
  CheckPages(
      Template template,
      Frames frames,
      Access access,
      Projects projects,
      ProjectFacts facts,
      ProjectTables tables) {
    this.template = template;
    this.frames = frames;
    this.access = access;
    this.projects = projects;
    this.facts = facts;
    this.tables = tables;
  }

  /**
   * The checks of a project. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param checks the table
   */
  public record Checks(Frame frame, Project project, Listed checks) {}

  /**
   * One check. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param check its id
   * @param type of its type
   * @param decision its newest decision
   * @param tone of that
   * @param because why
   * @param summary a sentence on its whole life
   * @param strip its newest decisions, the oldest first
   * @param environment where; empty for everywhere
   * @param environments where it ran
   * @param plots histories, as a part of a report; empty for none
   * @param runs the table of its runs
   * @param events what happened while it ran
   */
  public record Check(
      Frame frame,
      Project project,
      String check,
      String type,
      String decision,
      String tone,
      String because,
      String summary,
      List<Mark> strip,
      String environment,
      List<String> environments,
      String plots,
      Listed runs,
      Listed events) {}

  /**
   * A decision in a strip. Immutable.
   *
   * @param tone its colour
   * @param word the decision
   * @param run the run's id
   */
  public record Mark(String tone, String word, String run) {}

  @GetMapping("/checks")
  ResponseEntity<String> checks(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam @Nullable String format) {
    Project project = access.project(who, name, Role.VIEWER);
    Table table = tables.checks(project);
    ResponseEntity<String> file = Listed.file(format, table);
    return file != null
        ? file
        : template.page(
            "checks",
            new Checks(
                frames.of(project, "Checks", project.title() + ": checks", who, token),
                project,
                Listed.of(table, "/projects/" + name + "/checks")));
  }

  @GetMapping("/check")
  ResponseEntity<String> check(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String id,
      @RequestParam(defaultValue = "") String environment,
      @RequestParam(defaultValue = "") String part,
      @RequestParam @Nullable String format) {
    Project project = access.project(who, name, Role.VIEWER);
    List<Facts.Checked> history = facts.of(project).history(id);
    if (history.isEmpty()) {
      throw new ResponseStatusException(
          HttpStatus.NOT_FOUND, "no run that ended has a check '" + id + "'");
    }
    Table runs = tables.history(project, id, environment);
    Table events = tables.events(project, id);
    ResponseEntity<String> file = Listed.file(format, part.equals("events") ? events : runs);
    if (file != null) {
      return file;
    }
    Facts.Checked newest = history.getFirst();
    List<Trend> trends =
        facts.of(project).trends(id, environment).stream()
            .filter(trend -> main(trend.key()))
            .limit(MOST_PLOTS)
            .toList();
    String path = "/projects/" + name + "/check";
    Map<String, String> asked = Map.of("id", id, "environment", environment);
    return template.page(
        "check",
        new Check(
            frames.of(project, "Checks", id + " · " + project.title(), who, token),
            project,
            id,
            newest.type(),
            newest.decision().word(),
            Cell.tone(newest.decision()),
            newest.because(),
            summary(project, id, history, trends),
            strip(history),
            environment,
            environments(project, history),
            trends.isEmpty() ? "" : Fragments.histories(trends, "history"),
            Listed.of(runs, path, asked, "runs"),
            Listed.of(events, path, asked, "events")));
  }

  private static boolean main(CheckLevels.Key key) {
    return dev.assay.core.compare.RunsComparison.Wanted.main(key);
  }

  private String summary(
      Project project, String id, List<Facts.Checked> history, List<Trend> trends) {
    long passed = history.stream().filter(one -> one.decision() == Decision.PASS).count();
    int[] unstable = tables.unstable(project, id);
    long changes = trends.stream().mapToLong(trend -> trend.changes().size()).sum();
    long worse =
        trends.stream()
            .mapToLong(trend -> trend.changes().stream().filter(trend::worse).count())
            .sum();
    StringBuilder summary = new StringBuilder();
    summary.append("It passed in ").append(passed).append(" of its newest ").append(history.size());
    summary.append(history.size() == 1 ? " run." : " runs.");
    if (unstable[1] > 0) {
      summary.append(" Of ").append(unstable[1]).append(unstable[1] == 1 ? " time" : " times");
      summary.append(" that the same commit was judged again, ");
      summary.append(unstable[0] == 0 ? "none" : String.valueOf(unstable[0]));
      summary.append(" came out otherwise.");
    }
    if (!trends.isEmpty()) {
      summary.append(" What it measures changed ").append(changes);
      summary.append(changes == 1 ? " time, " : " times, ").append(worse).append(" for the worse.");
    }
    return summary.toString();
  }

  private static List<Mark> strip(List<Facts.Checked> history) {
    return history.stream()
        .limit(RECENT)
        .map(one -> new Mark(Cell.tone(one.decision()), one.decision().word(), one.run()))
        .toList()
        .reversed();
  }

  private List<String> environments(Project project, List<Facts.Checked> history) {
    List<String> environments = new ArrayList<>();
    for (Facts.Checked one : history) {
      RunSummary run = projects.runs(project).find(one.run()).orElse(null);
      String where = run == null ? "" : run.subject().environment();
      if (!where.isEmpty() && !environments.contains(where)) {
        environments.add(Objects.requireNonNull(where));
      }
    }
    return environments;
  }
}
