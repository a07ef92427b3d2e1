package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.plan.Subject;
import dev.assay.server.account.Access;
import dev.assay.server.facts.ProjectFacts;
import dev.assay.server.ingest.ReportRun;
import dev.assay.server.ingest.ReportRuns;
import dev.assay.server.project.ArchivedException;
import dev.assay.server.project.GapException;
import dev.assay.server.project.ProjectRuns;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes what other tools report, without Assay's own client. */
@RestController
@RequestMapping(path = "/api/v1/projects/{project}", produces = MediaType.APPLICATION_JSON_VALUE)
class IngestApi {

  private final Access access;
  private final ReportRuns reports;
  private final ProjectFacts facts;

  IngestApi(Access access, ReportRuns reports, ProjectFacts facts) {
    this.access = access;
    this.reports = reports;
    this.facts = facts;
  }

  /**
   * Makes a run of a report: JUnit XML, SARIF, coverage, whatever {@code assay suite read} reads;
   * or of a zip of several, such as a folder of Allure results. The same {@code Idempotency-Key}
   * makes the same run.
   */
  @PostMapping(path = "/ingest", consumes = MediaType.ALL_VALUE)
  ResponseEntity<String> ingest(
      Authentication who,
      @PathVariable String project,
      @RequestParam @Nullable String commit,
      @RequestParam @Nullable String branch,
      @RequestParam(defaultValue = "ci") String environment,
      @RequestParam(defaultValue = "reports") String check,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
      InputStream body)
      throws IOException, BadEntryException, ArchivedException {
    ProjectRuns runs = access.sent(who, project, null);
    var _ = facts.of(access.project(project));
    for (String name : new String[] {environment, check}) {
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
        throw new BadEntryException("'" + name + "' is no name of an environment or a check");
      }
    }
    Subject subject = new Subject(environment, blank(commit), blank(branch), false, null);
    try {
      ReportRun made = reports.make(runs, project, check, subject, blank(idempotencyKey), body);
      return ResponseEntity.status(made.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
          .header("Location", "/api/v1/projects/" + project + "/runs/" + made.run())
          .contentType(MediaType.APPLICATION_JSON)
          .body(
              JsonWriter.canonical(
                  Json.object()
                      .put("run", made.run())
                      .put("decision", made.decision().word())
                      .build()));
    } catch (GapException impossible) {
      throw new BadEntryException("two requests wrote the same run at once; send it again");
    }
  }

  private static @Nullable String blank(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
