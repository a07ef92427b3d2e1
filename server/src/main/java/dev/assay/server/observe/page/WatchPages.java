package dev.assay.server.observe.page;

import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.observe.AlertDesk;
import dev.assay.server.observe.SloView;
import dev.assay.server.observe.Watchroom;
import dev.assay.server.observe.Watchrooms;
import dev.assay.server.page.Frame;
import dev.assay.server.page.Frames;
import dev.assay.server.page.Listed;
import dev.assay.server.page.Template;
import dev.assay.server.project.Project;
import dev.assay.server.project.Projects;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Monitors and objectives. */
@RestController
@RequestMapping("/projects/{name}")
public class WatchPages {

  private final Template template;
  private final Frames frames;
  private final Access access;
  private final Projects projects;
  private final Watchrooms rooms;
  private final AlertDesk desk;

  /** Made by Spring. */
  WatchPages(
      Template template,
      Frames frames,
      Access access,
      Projects projects,
      Watchrooms rooms,
      AlertDesk desk) {
    this.template = template;
    this.frames = frames;
    this.access = access;
    this.projects = projects;
    this.rooms = rooms;
    this.desk = desk;
  }

  /**
   * The monitors of a project. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param monitors by name
   * @param operator whether the member may forget one
   * @param admin whether the member may open the public page
   * @param open whether the public page is open
   */
  public record Monitors(
      Frame frame,
      Project project,
      List<MonitorView> monitors,
      boolean operator,
      boolean admin,
      boolean open) {}

  /**
   * The objectives of a project. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param slos by name
   */
  public record Slos(Frame frame, Project project, List<SloView> slos) {}

  @GetMapping("/monitors")
  ResponseEntity<String> monitors(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam @Nullable String format) {
    Project project = access.project(who, name, Role.VIEWER);
    Watchroom room = rooms.of(name);
    List<MonitorView> monitors = MonitorView.of(room, projects.runs(project), rooms.now());
    ResponseEntity<String> file = Listed.file(format, () -> WatchTables.monitors(monitors));
    if (file != null) {
      return file;
    }
    return template.page(
        "monitors",
        new Monitors(
            frames.of(project, "Monitors", project.title() + ": monitors", who, token),
            project,
            monitors,
            access.may(who, name, Role.OPERATOR),
            access.may(who, name, Role.ADMIN),
            room.open()));
  }

  @PostMapping("/monitors/forget")
  ResponseEntity<String> forget(
      Authentication who,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String monitor) {
    var _ = access.project(who, name, Role.OPERATOR);
    boolean _ = desk.forget(name, from, monitor);
    return to("/projects/" + name + "/monitors");
  }

  @PostMapping("/status-page")
  ResponseEntity<String> open(
      Authentication who,
      @PathVariable String name,
      @RequestParam(defaultValue = "false") boolean open) {
    var _ = access.project(who, name, Role.ADMIN);
    desk.open(name, open);
    return to("/projects/" + name + "/monitors");
  }

  @GetMapping("/slos")
  ResponseEntity<String> slos(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String part,
      @RequestParam @Nullable String format) {
    Project project = access.project(who, name, Role.VIEWER);
    List<SloView> slos = rooms.of(name).slos().stream().map(SloView::of).toList();
    ResponseEntity<String> file =
        Listed.file(
            format, () -> part.equals("burns") ? WatchTables.burns(slos) : WatchTables.slos(slos));
    if (file != null) {
      return file;
    }
    return template.page(
        "slos",
        new Slos(
            frames.of(project, "Objectives", project.title() + ": objectives", who, token),
            project,
            slos));
  }

  private static ResponseEntity<String> to(String place) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).header("Location", place).build();
  }
}
