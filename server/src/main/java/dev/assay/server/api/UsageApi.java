package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.project.Project;
import dev.assay.server.table.UsageTable;
import dev.assay.server.table.UsageTable.Span;
import dev.assay.server.usage.Kept;
import dev.assay.server.usage.Usage;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What projects use. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class UsageApi {

  private static final int LATELY = 30;

  private final Access access;
  private final Usage usage;

  UsageApi(Access access, Usage usage) {
    this.access = access;
    this.usage = usage;
  }

  /** What is kept of a project now, and what came on each day or in each month. */
  @GetMapping("/projects/{project}/usage")
  String project(
      Authentication who,
      @PathVariable String project,
      @RequestParam(defaultValue = "day") String by) {
    Project of = access.project(who, project, Scope.ADMIN);
    var days = usage.days(of, usage.today().minusDays(Usage.DAYS));
    return Answers.json(
        Json.object()
            .put("project", project)
            .put("now", json(usage.kept(of)))
            .put("usage", UsageTable.came(days, Span.of(by)).json().get("usage"))
            .build());
  }

  private static Json json(Kept kept) {
    return Json.object()
        .put("runs", kept.runs())
        .put("entries", kept.entries())
        .put("evidence", kept.evidence())
        .put("artifacts", kept.artifacts())
        .put("derived", kept.derived())
        .put("output", kept.output())
        .build();
  }

  /** What every project keeps, and what came to it in 30 days. */
  @GetMapping("/usage")
  String server(Authentication who) {
    access.server(who, Scope.ADMIN);
    return Answers.json(
        UsageTable.projects(usage.kept(), usage.sums(usage.today().minusDays(LATELY - 1))).json());
  }
}
