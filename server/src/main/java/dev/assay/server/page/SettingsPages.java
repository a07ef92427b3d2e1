package dev.assay.server.page;

import dev.assay.server.account.Access;
import dev.assay.server.account.KeyDesk;
import dev.assay.server.account.ProjectKey;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.account.Role;
import dev.assay.server.observe.Archive;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectList;
import dev.assay.server.project.Projects;
import dev.assay.server.ruling.RulingRule;
import dev.assay.server.ruling.Rulings;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What admins set in a project: its title, its keys, whether it is archived. */
@RestController
@RequestMapping("/projects/{name}")
public class SettingsPages {

  private final Template template;
  private final Frames frames;
  private final ProjectList projects;
  private final ProjectKeys keys;
  private final KeyDesk desk;
  private final Access access;
  private final Rulings rulings;
  private final Archive archive;

  /** Made by Spring. */
  SettingsPages(
      Template template,
      Frames frames,
      Projects projects,
      ProjectKeys keys,
      KeyDesk desk,
      Access access,
      Rulings rulings,
      Archive archive) {
    this.template = template;
    this.frames = frames;
    this.projects = projects.list();
    this.keys = keys;
    this.desk = desk;
    this.access = access;
    this.rulings = rulings;
    this.archive = archive;
  }

  /**
   * The settings of a project. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param keys those that are good
   * @param made one that was just made, shown this once; null for none
   * @param wrong what is wrong with the title that it was to have; null for nothing
   * @param rule what is asked of approvals and overrides
   */
  public record Settings(
      Frame frame,
      Project project,
      List<ProjectKey> keys,
      @Nullable String made,
      @Nullable String wrong,
      RulingRule rule) {}

  @GetMapping("/settings")
  ResponseEntity<String> settings(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam @Nullable String format) {
    Project project = access.project(who, name, Role.ADMIN);
    ResponseEntity<String> file = Listed.file(format, () -> MemberTables.keys(keys.of(name)));
    return file != null ? file : settings(200, who, token, project, null, null);
  }

  private ResponseEntity<String> settings(
      int status,
      Authentication who,
      CsrfToken token,
      Project project,
      @Nullable String made,
      @Nullable String wrong) {
    Frame frame = frames.of(project, "Settings", project.title() + ": settings", who, token);
    return template.page(
        status,
        "settings",
        new Settings(
            frame, project, keys.of(project.name()), made, wrong, rulings.rule(project.name())));
  }

  /** Changes what people call it. */
  @PostMapping("/title")
  ResponseEntity<String> retitle(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String title) {
    Project project = access.project(who, name, Role.ADMIN);
    String wrong = projects.retitle(name, title);
    return wrong == null ? back(name) : settings(422, who, token, project, null, wrong);
  }

  /** Archives it, or brings it back. */
  @PostMapping("/archive")
  ResponseEntity<String> archive(
      Authentication who,
      @PathVariable String name,
      @RequestParam(defaultValue = "false") boolean archived) {
    Project project = access.project(who, name, Role.ADMIN);
    if (archived) {
      archive.put(project);
    } else {
      archive.bringBack(project);
    }
    return back(name);
  }

  @PostMapping("/keys")
  ResponseEntity<String> makeKey(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String label,
      @RequestParam(defaultValue = "false") boolean reads,
      @RequestParam(defaultValue = "false") boolean operates,
      @RequestParam(defaultValue = "false") boolean rules,
      @RequestParam(defaultValue = "false") boolean administers) {
    Project project = access.project(who, name, Role.ADMIN);
    // what sends runs decides on none
    EnumSet<Scope> scopes =
        rules ? EnumSet.of(Scope.READ, Scope.OPERATE) : EnumSet.of(Scope.INGEST);
    if (reads) {
      scopes.add(Scope.READ);
    }
    if (operates) {
      scopes.add(Scope.OPERATE);
    }
    if (administers) {
      scopes.add(Scope.ADMIN);
    }
    return settings(200, who, token, project, desk.make(who, name, label, scopes), null);
  }

  @PostMapping("/keys/{id}/rotate")
  ResponseEntity<String> rotate(
      Authentication who, CsrfToken token, @PathVariable String name, @PathVariable String id) {
    Project project = access.project(who, name, Role.ADMIN);
    return settings(200, who, token, project, desk.rotate(who, name, id).orElse(null), null);
  }

  @PostMapping("/keys/{id}/revoke")
  ResponseEntity<String> revoke(
      Authentication who, @PathVariable String name, @PathVariable String id) {
    Project project = access.project(who, name, Role.ADMIN);
    boolean _ = keys.revoke(project.name(), id);
    return back(name);
  }

  private static ResponseEntity<String> back(String name) {
    return MemberPages.to("/projects/" + name + "/settings");
  }
}
