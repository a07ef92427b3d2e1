package dev.assay.server.page;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.core.report.Attached;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.RunFollower;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.StoredReport;
import dev.assay.core.report.page.HtmlReport;
import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.facts.Facts;
import dev.assay.server.facts.ProjectFacts;
import dev.assay.server.output.KeptOutput;
import dev.assay.server.page.RulingViews.People;
import dev.assay.server.page.RulingViews.Tried;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import dev.assay.server.table.Cell;
import dev.assay.server.table.ProjectTables;
import dev.assay.server.table.ProjectTables.OutcomeFilter;
import dev.assay.server.table.RulingTable;
import dev.assay.server.table.Table;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
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

  private static final int OUTCOMES = 50;

  private final Template template;
  private final Frames frames;
  private final Projects projects;
  private final Access access;
  private final LiveViewers viewers;
  private final ProjectFacts facts;
  private final ProjectTables tables;
  private final RulingTable decided;
  private final RulingViews people;

  /** Made by Spring. */
  RunPages(
      Template template,
      Frames frames,
      Projects projects,
      Access access,
      LiveViewers viewers,
      ProjectFacts facts,
      ProjectTables tables,
      RulingTable decided,
      RulingViews people) {
    this.template = template;
    this.frames = frames;
    this.projects = projects;
    this.access = access;
    this.viewers = viewers;
    this.facts = facts;
    this.tables = tables;
    this.decided = decided;
    this.people = people;
  }

  /**
   * A run. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param line in words
   * @param live whether it goes on
   * @param state how far it is; null where it is over, and while it is being read
   * @param output what it printed last, while it goes on
   * @param over what was found; null while it goes on, and while it is being read
   * @param people what people decided; null while it goes on
   */
  public record Run(
      Frame frame,
      Project project,
      RunLine line,
      boolean live,
      @Nullable State state,
      OutputLines output,
      @Nullable Over over,
      @Nullable People people) {}

  /**
   * How far a run is. Immutable.
   *
   * @param line in words, and whether it is silent
   * @param progress in few words
   * @param checks one for each
   * @param plots what is measured now, as a part of a report
   * @param lines what happened last, the newest first
   */
  public record State(
      RunLine line, String progress, List<CheckLine> checks, String plots, List<LogLine> lines) {}

  /**
   * Something that happened. Immutable.
   *
   * @param moment as ISO 8601; empty where it is not known
   * @param at the time of the day, in UTC; empty as above
   * @param check in which check
   * @param text what
   * @param tone its colour; empty for none
   */
  public record LogLine(String moment, String at, String check, String text, String tone) {}

  /**
   * A run that is over. Immutable.
   *
   * @param checks one for each
   * @param cards what the report says of each check, as parts of it
   * @param printed what its services printed last
   * @param outcomes the table of outcomes; null where there are none
   * @param check of which check outcomes are shown; empty for all
   * @param result with which result; empty for all
   * @param text what their names contain
   * @param before the run before, to compare with; empty where there is none
   */
  public record Over(
      List<CheckLine> checks,
      List<String> cards,
      List<KeptOutput> printed,
      @Nullable Listed outcomes,
      String check,
      String result,
      String text,
      String before) {

    /** What the report says, first of what did not pass: nobody scrolls past what is well. */
    public List<String> cardsByNeed() {
      List<String> first = new ArrayList<>();
      List<String> others = new ArrayList<>();
      for (int i = 0; i < cards.size(); i++) {
        boolean passed = i < checks.size() && checks.get(i).tone().equals("pass");
        (passed ? others : first).add(cards.get(i));
      }
      first.addAll(others);
      return first;
    }

    /** How many checks came to what, such as "1 fail, 4 pass". */
    public String tally() {
      Map<String, Integer> counts = new TreeMap<>();
      checks.forEach(check -> counts.merge(check.word(), 1, Integer::sum));
      return counts.entrySet().stream()
          .map(count -> count.getValue() + " " + count.getKey())
          .collect(Collectors.joining(", "));
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
   * @param counts its outcomes in words; empty for none
   * @param stage which of several stages it is in; empty where there is one
   * @param seconds for how long it runs; -1 where it does not
   */
  public record CheckLine(
      String id,
      String type,
      String tone,
      String word,
      String reason,
      String counts,
      String stage,
      long seconds) {

    /** One of a run that goes on, now; null where nobody knows what becomes of it now. */
    static CheckLine of(
        CheckReport check, RunFollower.Counts counts, int stages, @Nullable Instant now) {
      Instant opened = check.opened();
      boolean runs = opened != null && check.closed() == null && check.verdict() == null;
      boolean judged = check.verdict() != null;
      boolean waits = check.opened() == null;
      return new CheckLine(
          check.id(),
          check.type(),
          judged ? Cell.tone(check.decision()) : waits || now == null ? "waiting" : "live",
          judged ? check.decision().word() : waits ? "waiting" : now == null ? "silent" : "running",
          check.against().isEmpty() ? "" : check.against().getFirst().sentence(),
          counts.words(),
          stages > 1 ? "stage " + (check.stage() + 1) + " of " + stages : "",
          // the clock of who runs it may be ahead of this one
          runs && now != null ? Math.max(0, Duration.between(opened, now).toSeconds()) : -1);
    }

    /** For how long it runs, in words. */
    public String elapsed() {
      return seconds < 60
          ? seconds + " s"
          : seconds < 3600
              ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
              : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
    }

    static CheckLine of(Facts.Checked check) {
      return new CheckLine(
          check.name(),
          check.type(),
          Cell.tone(check.decision()),
          check.decision().word(),
          check.because(),
          "",
          "",
          -1);
    }
  }

  @GetMapping
  @Nullable ResponseEntity<String> run(
      Authentication who,
      HttpServletResponse response,
      CsrfToken token,
      @PathVariable String name,
      @PathVariable String run,
      @RequestParam(defaultValue = "") String check,
      @RequestParam(defaultValue = "") String result,
      @RequestParam(defaultValue = "") String text,
      @RequestParam @Nullable String before,
      @RequestParam(defaultValue = "") String part,
      @RequestParam @Nullable String format)
      throws IOException {
    Project project = access.project(who, name, Role.VIEWER);
    RunSummary summary = find(project, run);
    if (part.equals("rulings")) {
      ResponseEntity<String> file = Listed.file(format, decided.of(project, run));
      if (file != null) {
        return file;
      }
    }
    if (part.equals("report") && "json".equals(format)) {
      download(response, "run-" + run + ".json", projects.runs(project).stored(summary));
      return null;
    }
    if (format != null && summary.closed() != null && facts.ready(project, summary)) {
      Table all =
          tables.outcomes(
              project, run, new OutcomeFilter(check, result, text, null, Listed.EXPORTED));
      ResponseEntity<String> file = Listed.file(format, all);
      if (file != null) {
        return file;
      }
    }
    OutcomeFilter filter = new OutcomeFilter(check, result, text, before, OUTCOMES);
    return page(200, who, token, project, summary, filter, Tried.NOTHING);
  }

  /** A report may be of any size, so it is written as it is read. */
  private static void download(HttpServletResponse response, String name, StoredReport report)
      throws IOException {
    response.setContentType("application/json");
    response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
    response.setHeader("Cache-Control", "no-store");
    try (Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
      report.writeJson(out);
    }
  }

  /** The page again, with what is wrong with what somebody tried to decide. */
  ResponseEntity<String> refused(
      Authentication who, CsrfToken token, Project project, RunSummary run, Tried tried) {
    OutcomeFilter all = new OutcomeFilter("", "", "", null, OUTCOMES);
    return page(422, who, token, project, run, all, tried);
  }

  private ResponseEntity<String> page(
      int status,
      Authentication who,
      CsrfToken token,
      Project project,
      RunSummary summary,
      OutcomeFilter filter,
      Tried tried) {
    boolean live = summary.closed() == null;
    boolean ready = !live && facts.ready(project, summary);
    RunLine line = RunLine.of(summary, projects.runs(project).silentSince(summary.id()));
    return template.page(
        status,
        "run",
        new Run(
            frames.of(project, "Runs", line.headline() + " · " + line.workspace(), who, token),
            project,
            line,
            live,
            live ? viewers.state(project.name(), projects.runs(project), summary) : null,
            live ? viewers.output(project.name(), summary.id()) : new OutputLines(List.of(), 0),
            ready ? over(project, summary.id(), filter) : null,
            live ? null : people.of(who, project, summary, tried)));
  }

  private Over over(Project project, String run, OutcomeFilter filter) {
    Facts known = facts.of(project);
    List<Facts.Checked> checks = known.checks(run);
    boolean none = checks.stream().allMatch(check -> check.outcomes() == 0);
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("check", filter.check());
    asked.put("result", filter.result());
    asked.put("text", filter.text());
    return new Over(
        checks.stream().map(CheckLine::of).toList(),
        filter.after() == null ? known.cards(run) : List.of(),
        filter.after() == null
            ? KeptOutput.read(projects.runs(project).ledger(), known.logs(run))
            : List.of(),
        none
            ? null
            : Listed.of(
                tables.outcomes(project, run, filter), ProjectTables.run(project, run), asked, ""),
        filter.check(),
        filter.result(),
        filter.text(),
        before(project, run));
  }

  private String before(Project project, String run) {
    RunSummary of = find(project, run);
    return projects.runs(project).newestFirst().stream()
        .dropWhile(each -> !each.id().equals(run))
        .skip(1)
        .filter(each -> Objects.equals(each.monitor(), of.monitor()))
        .findFirst()
        .map(RunSummary::id)
        .orElse("");
  }

  /**
   * Draws the part of the page that changes, as it changes, and what is printed behind a line; who
   * comes again says by the header what it has.
   */
  @GetMapping("/events")
  SseEmitter events(
      Authentication who,
      HttpServletResponse response,
      @PathVariable String name,
      @PathVariable String run,
      @RequestParam(defaultValue = "0") long after,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last) {
    Project project = access.project(who, name, Role.VIEWER);
    find(project, run);
    ProjectRuns runs = projects.runs(project);
    response.setHeader(
        "X-Accel-Buffering", "no"); // a proxy shall not gather what is to be seen now
    long seen = last != null && last.matches("[0-9]{1,18}") ? Long.parseLong(last) : after;
    return viewers.add(
        project.name(),
        runs,
        run,
        seen,
        new LiveRights.Watcher(
            Access.logIn(who) + "\n" + project.name(), () -> access.mayStill(who, project.name())));
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
