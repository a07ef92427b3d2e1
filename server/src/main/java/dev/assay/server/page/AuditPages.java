package dev.assay.server.page;

import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.audit.AuditEntry;
import dev.assay.server.audit.AuditFile;
import dev.assay.server.audit.AuditFilter;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.project.Project;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The audit log: all of it for owners, a project's part for its admins. */
@RestController
public class AuditPages {

  private static final int ENTRIES = 100;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Template template;
  private final Frames frames;
  private final AuditLog audit;
  private final Access access;

  /** Made by Spring. */
  AuditPages(Template template, Frames frames, AuditLog audit, Access access) {
    this.template = template;
    this.frames = frames;
    this.audit = audit;
    this.access = access;
  }

  /**
   * A part of the log. Immutable.
   *
   * @param frame around it
   * @param project of which project; null for all
   * @param place where the page is
   * @param entries the newest first
   * @param who whose entries
   * @param action which actions
   * @param next the smallest sequence; null where there are no more
   */
  public record Log(
      Frame frame,
      @Nullable Project project,
      String place,
      List<AuditEntry> entries,
      String who,
      String action,
      @Nullable Long next) {

    /** A time as it is shown. */
    public String time(AuditEntry entry) {
      return TIME.format(entry.at());
    }

    /** Where all of it is in a format; what was asked for may have any characters. */
    public String export(String format) {
      return Listed.address(place + "/export", asked("format", format));
    }

    /** Where the entries before these are. */
    public String older() {
      return Listed.address(place, asked("before", String.valueOf(next)));
    }

    private Map<String, String> asked(String name, String value) {
      Map<String, String> asked = new LinkedHashMap<>();
      asked.put("member", who);
      asked.put("action", action);
      asked.put(name, value);
      return asked;
    }
  }

  @GetMapping("/audit")
  ResponseEntity<String> all(
      Authentication who,
      CsrfToken token,
      @RequestParam(defaultValue = "") String member,
      @RequestParam(defaultValue = "") String action,
      @RequestParam @Nullable Long before) {
    return page(who, token, null, member, action, before);
  }

  @GetMapping("/projects/{name}/audit")
  ResponseEntity<String> ofProject(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String member,
      @RequestParam(defaultValue = "") String action,
      @RequestParam @Nullable Long before) {
    return page(who, token, access.project(who, name, Role.ADMIN), member, action, before);
  }

  private ResponseEntity<String> page(
      Authentication who,
      CsrfToken token,
      @Nullable Project project,
      String member,
      String action,
      @Nullable Long before) {
    String name = project == null ? null : project.name();
    List<AuditEntry> entries = audit.page(new AuditFilter(member, action, name, before, ENTRIES));
    return template.page(
        "audit",
        new Log(
            project == null
                ? frames.plain("Audit", who, token)
                : frames.of(project, "Audit", project.title() + ": audit", who, token),
            project,
            project == null ? "/audit" : "/projects/" + name + "/audit",
            entries,
            member,
            action,
            entries.size() < ENTRIES ? null : entries.getLast().sequence()));
  }

  @GetMapping("/audit/export")
  ResponseEntity<StreamingResponseBody> export(
      @RequestParam(defaultValue = "jsonl") String format,
      @RequestParam(defaultValue = "") String member,
      @RequestParam(defaultValue = "") String action) {
    return export(format, new AuditFilter(member, action, null, null, 1));
  }

  @GetMapping("/projects/{name}/audit/export")
  ResponseEntity<StreamingResponseBody> exportOf(
      Authentication who,
      @PathVariable String name,
      @RequestParam(defaultValue = "jsonl") String format,
      @RequestParam(defaultValue = "") String member,
      @RequestParam(defaultValue = "") String action) {
    Project project = access.project(who, name, Role.ADMIN);
    return export(format, new AuditFilter(member, action, project.name(), null, 1));
  }

  private ResponseEntity<StreamingResponseBody> export(String format, AuditFilter filter) {
    AuditFile file = AuditFile.of(format);
    return ResponseEntity.ok()
        .header("Content-Type", file.type())
        .header("Content-Disposition", "attachment; filename=\"" + file.fileName() + "\"")
        .header("Cache-Control", "no-store")
        .body(out -> file.write(audit, filter, out));
  }
}
