package dev.assay.server.overview;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.server.Refusal;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.overview.Overview.Standing;
import dev.assay.server.project.Project;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How a project does, for programs. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class OverviewApi {

  private final Access access;
  private final Overviews overviews;

  OverviewApi(Access access, Overviews overviews) {
    this.access = access;
    this.overviews = overviews;
  }

  /** Verdicts, times and how the project stands, over some days. */
  @GetMapping("/projects/{project}/overview")
  String overview(
      Authentication who,
      @PathVariable String project,
      @RequestParam(defaultValue = "30") String days,
      @RequestParam(defaultValue = "") String branch,
      @RequestParam(defaultValue = "") String environment) {
    Project of = access.project(who, project, Scope.READ);
    Asked asked = Asked.of(days, branch, environment);
    if (!days.equals(String.valueOf(asked.days()))) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST,
          "'" + days + "' is no number of days that is looked at",
          "use one of: 7, 30, 90");
    }
    Overview overview = overviews.of(of, asked);
    return JsonWriter.canonical(
        Json.object()
            .put("project", project)
            .put("from", overview.days().getFirst().date().toString())
            .put("to", overview.days().getLast().date().toString())
            .put("now", json(overview.now()))
            .put("totals", json(overview.totals()))
            .put("before", json(overview.before()))
            .put("days", OverviewTables.days(overview.days()).json().get("days"))
            .put("checks", OverviewTables.checks(project, overview.checks()).json().get("checks"))
            .put("left", overview.left())
            .build());
  }

  private static Json json(Standing now) {
    return Json.object()
        .put("running", now.running())
        .put("silent", now.silent())
        .put("monitors", now.monitors())
        .put("failing", now.failing())
        .put("objectives", now.objectives())
        .put("missed", now.missed())
        .put("alerts", now.alerts())
        .put("incidents", now.incidents())
        .put("quarantined", now.quarantined())
        .build();
  }

  private static Json json(Totals totals) {
    Json.Builder json =
        Json.object()
            .put("runs", totals.runs())
            .put("passed", totals.passed())
            .put("failed", totals.failed())
            .put("undecided", totals.undecided())
            .put("tookMillis", totals.tookMillis())
            .put("vainMillis", totals.vainMillis());
    Long median = totals.medianMillis();
    Long most = totals.mostMillis();
    if (median != null && most != null) {
      json.put("medianMillis", median).put("mostMillis", most);
    }
    return json.build();
  }
}
