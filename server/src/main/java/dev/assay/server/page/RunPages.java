package dev.assay.server.page;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.core.report.Attached;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.page.HtmlReport;
import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One run: while it goes on, and its verdict with the reasons. */
@RestController
@RequestMapping("/projects/{name}/runs/{run}")
public class RunPages {

  /** What a report, which has its own styles and at most one script of its own, may do. */
  private static final String REPORT_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-scripts"
          + " allow-popups";

  private final Template template;
  private final Frames frames;
  private final Projects projects;
  private final Access access;
  private final LiveViewers viewers;

  /** Made by Spring. */
  RunPages(
      Template template, Frames frames, Projects projects, Access access, LiveViewers viewers) {
    this.template = template;
    this.frames = frames;
    this.projects = projects;
    this.access = access;
    this.viewers = viewers;
  }

  /**
   * A run. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param line in words
   * @param live whether it goes on
   * @param state how far it is
   */
  public record Run(Frame frame, Project project, RunLine line, boolean live, State state) {}

  /**
   * How far a run is. Immutable.
   *
   * @param because why the headline is what it is
   * @param checks one for each
   */
  public record State(String because, List<CheckLine> checks) {

    static State of(RunReport report) {
      return new State(
          report.closed() == null ? "" : report.because(),
          report.checks().stream().map(CheckLine::of).toList());
    }
  }

  /**
   * A check of a run. Immutable.
   *
   * @param id its name
   * @param type of its type
   * @param tone pass, fail, open, live or waiting
   * @param word what became of it
   * @param reason the gravest reason against it; empty for none
   */
  public record CheckLine(String id, String type, String tone, String word, String reason) {

    static CheckLine of(CheckReport check) {
      boolean judged = check.verdict() != null;
      String tone =
          judged ? RunLine.tone(check.decision()) : check.opened() == null ? "waiting" : "live";
      String word =
          judged ? check.decision().word() : check.opened() == null ? "waiting" : "running";
      return new CheckLine(
          check.id(),
          check.type(),
          tone,
          word,
          check.against().isEmpty() ? "" : check.against().getFirst().sentence());
    }
  }

  @GetMapping
  ResponseEntity<String> run(
      Authentication who, CsrfToken token, @PathVariable String name, @PathVariable String run) {
    Project project = access.project(who, name, Role.VIEWER);
    RunSummary summary = find(project, run);
    RunReport report = projects.runs(project).report(summary);
    RunLine line = RunLine.of(summary);
    return template.page(
        "run",
        new Run(
            frames.of(project, "Runs", line.headline() + " · " + line.workspace(), who, token),
            project,
            line,
            summary.closed() == null,
            State.of(report)));
  }

  /** The part of the page that changes. */
  @GetMapping("/state")
  ResponseEntity<String> state(
      Authentication who, @PathVariable String name, @PathVariable String run) {
    Project project = access.project(who, name, Role.VIEWER);
    RunReport report = projects.runs(project).report(find(project, run));
    return template.page("state", State.of(report));
  }

  /** Tells a page when to look again. */
  @GetMapping("/events")
  SseEmitter events(Authentication who, @PathVariable String name, @PathVariable String run) {
    Project project = access.project(who, name, Role.VIEWER);
    find(project, run);
    ProjectRuns runs = projects.runs(project);
    return viewers.add(project.name(), runs, run);
  }

  /** The report as it is written beside a workspace, in a frame of its own. */
  @GetMapping("/report")
  ResponseEntity<String> report(
      Authentication who, @PathVariable String name, @PathVariable String run) {
    Project project = access.project(who, name, Role.VIEWER);
    ProjectRuns runs = projects.runs(project);
    RunReport report = runs.report(find(project, run));
    return ResponseEntity.ok()
        .header("Content-Type", Template.HTML)
        .header("Content-Security-Policy", REPORT_POLICY)
        .body(HtmlReport.write(report, Attached.read(runs.ledger(), report)));
  }

  private RunSummary find(Project project, String run) {
    return projects
        .runs(project)
        .find(run)
        .orElseThrow(() ->
            new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no run '" + run + "'"));
  }
}
