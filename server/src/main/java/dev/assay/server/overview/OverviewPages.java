package dev.assay.server.overview;

import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.page.Frame;
import dev.assay.server.page.Frames;
import dev.assay.server.page.Listed;
import dev.assay.server.page.Template;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How a project does, for people. */
@RestController
public class OverviewPages {

  private static final int SHOWN_DAYS = 31;

  private final Template template;
  private final Frames frames;
  private final Access access;
  private final Projects projects;
  private final Overviews overviews;

  /** Made by Spring. */
  OverviewPages(
      Template template, Frames frames, Access access, Projects projects, Overviews overviews) {
    this.template = template;
    this.frames = frames;
    this.access = access;
    this.projects = projects;
    this.overviews = overviews;
  }

  /**
   * The page. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param asked which runs it is about
   * @param branches what there is to choose from
   * @param environments likewise
   * @param board what changes while somebody looks
   */
  public record Page(
      Frame frame,
      Project project,
      Asked asked,
      List<String> branches,
      List<String> environments,
      Board board) {}

  /**
   * What changes while somebody looks. Immutable.
   *
   * @param address of the page with what was asked
   * @param project its address
   * @param empty whether nothing ran in the days that were asked for
   * @param tiles what to see at a glance
   * @param from the first day
   * @param to the last one
   * @param verdicts the runs of each day
   * @param times how long they took; null where nobody said
   * @param days the days as a table
   * @param checks where the time goes
   * @param left how many runs were too many to be looked at check by check
   */
  public record Board(
      String address,
      String project,
      boolean empty,
      List<Tile> tiles,
      String from,
      String to,
      DayPlot verdicts,
      @Nullable DayPlot times,
      Listed days,
      Listed checks,
      int left) {}

  @GetMapping("/projects/{name}/overview")
  ResponseEntity<String> overview(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "30") String days,
      @RequestParam(defaultValue = "") String branch,
      @RequestParam(defaultValue = "") String environment,
      @RequestParam(defaultValue = "") String part,
      @RequestParam @Nullable String format) {
    Project project = access.project(who, name, Role.VIEWER);
    Asked asked = Asked.of(days, branch, environment);
    if (format == null && part.equals("board")) {
      return template.page("overviewnow", board(project, overviews.lately(project, asked)));
    }
    Overview overview = overviews.of(project, asked);
    ResponseEntity<String> file =
        Listed.file(
            format,
            () ->
                part.equals("checks")
                    ? OverviewTables.checks(name, overview.checks())
                    : OverviewTables.days(overview.days()));
    if (file != null) {
      return file;
    }
    ProjectRuns runs = projects.runs(project);
    return template.page(
        "overview",
        new Page(
            frames.of(project, "Overview", project.title() + ": overview", who, token),
            project,
            asked,
            runs.branches(),
            runs.environments(),
            board(project, overview)));
  }

  private static List<Overview.Day> newest(List<Overview.Day> days) {
    return days.subList(Math.max(0, days.size() - SHOWN_DAYS), days.size());
  }

  private static Board board(Project project, Overview overview) {
    String own = "/projects/" + project.name();
    String path = own + "/overview";
    Asked asked = overview.asked();
    return new Board(
        Listed.address(path, asked.parameters()),
        own,
        overview.totals().runs() == 0,
        Tile.of(overview),
        overview.days().getFirst().date().toString(),
        overview.days().getLast().date().toString(),
        DayPlot.verdicts(overview.days()),
        DayPlot.times(overview.days()),
        Listed.of(OverviewTables.days(newest(overview.days())), path, asked.parameters(), "days"),
        Listed.of(
            OverviewTables.checks(project.name(), overview.checks()),
            path,
            asked.parameters(),
            "checks"),
        overview.left());
  }
}
