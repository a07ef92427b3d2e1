package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.server.Refusal;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.audit.AuditEntry;
import dev.assay.server.audit.AuditFile;
import dev.assay.server.audit.AuditFilter;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.audit.AuditVerification;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit log: a project's part, and all of it with a key of the server. */
@RestController
@RequestMapping("/api/v1")
class AuditApi {

  private static final int MOST = 1_000;

  private final Access access;
  private final AuditLog audit;

  AuditApi(Access access, AuditLog audit) {
    this.access = access;
    this.audit = audit;
  }

  @GetMapping(path = "/projects/{project}/audit", produces = MediaType.APPLICATION_JSON_VALUE)
  String list(
      Authentication who,
      @PathVariable String project,
      @RequestParam(defaultValue = "") String member,
      @RequestParam(defaultValue = "") String action,
      @RequestParam @Nullable Long cursor,
      @RequestParam(defaultValue = "100") int limit) {
    var _ = access.project(who, project, Scope.ADMIN);
    return page(new AuditFilter(member, action, project, cursor, Math.clamp(limit, 1, MOST)));
  }

  @GetMapping(path = "/audit", produces = MediaType.APPLICATION_JSON_VALUE)
  String list(
      Authentication who,
      @RequestParam(defaultValue = "") String member,
      @RequestParam(defaultValue = "") String action,
      @RequestParam @Nullable Long cursor,
      @RequestParam(defaultValue = "100") int limit) {
    access.server(who, Scope.ADMIN);
    return page(new AuditFilter(member, action, null, cursor, Math.clamp(limit, 1, MOST)));
  }

  private String page(AuditFilter filter) {
    List<AuditEntry> entries = audit.page(filter);
    boolean more = entries.size() == filter.limit();
    return Answers.json(
        Json.object()
            .put("entries", Json.array(entries.stream().map(AuditFile::json).toList()))
            .putIfPresent("next", more ? String.valueOf(entries.getLast().sequence()) : null)
            .build());
  }

  @GetMapping("/projects/{project}/audit/export")
  void export(
      Authentication who,
      @PathVariable String project,
      @RequestParam(defaultValue = "jsonl") String format,
      @RequestParam(defaultValue = "") String member,
      @RequestParam(defaultValue = "") String action,
      HttpServletResponse response)
      throws IOException {
    var _ = access.project(who, project, Scope.ADMIN);
    export(format, new AuditFilter(member, action, project, null, 1), response);
  }

  @GetMapping("/audit/export")
  void export(
      Authentication who,
      @RequestParam(defaultValue = "jsonl") String format,
      @RequestParam(defaultValue = "") String member,
      @RequestParam(defaultValue = "") String action,
      HttpServletResponse response)
      throws IOException {
    access.server(who, Scope.ADMIN);
    export(format, new AuditFilter(member, action, null, null, 1), response);
  }

  private void export(String format, AuditFilter filter, HttpServletResponse response)
      throws IOException {
    if (!List.of("jsonl", "csv").contains(format)) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST, "'" + format + "' is no form of the log", "use jsonl or csv");
    }
    AuditFile file = AuditFile.of(format);
    response.setContentType(file.type());
    response.setHeader("Content-Disposition", "attachment; filename=\"" + file.fileName() + "\"");
    response.setHeader("Cache-Control", "no-store");
    file.write(audit, filter, response.getOutputStream());
  }

  /** Reads every entry and says whether any was changed. */
  @GetMapping(path = "/audit/verification", produces = MediaType.APPLICATION_JSON_VALUE)
  String verify(Authentication who, @RequestParam(defaultValue = "") String head) {
    access.server(who, Scope.ADMIN);
    AuditVerification found = audit.verify(head);
    return Answers.json(
        Json.object()
            .put("entries", found.entries())
            .put("head", found.head())
            .put("damages", Json.array(found.damages().stream().map(Json::of).toList()))
            .build());
  }
}
