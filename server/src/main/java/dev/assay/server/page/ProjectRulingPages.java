package dev.assay.server.page;

import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.project.Project;
import dev.assay.server.ruling.ProjectRulings;
import dev.assay.server.ruling.RulingFilter;
import dev.assay.server.ruling.RulingFilter.Place;
import dev.assay.server.ruling.RulingPage;
import dev.assay.server.table.RulingTable;
import dev.assay.server.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people decided on all runs of a project. */
@RestController
public class ProjectRulingPages {

  private static final int SHOWN = 50;

  private final Template template;
  private final Frames frames;
  private final Access access;
  private final ProjectRulings rulings;
  private final RulingTable tables;

  /** Made by Spring. */
  ProjectRulingPages(
      Template template, Frames frames, Access access, ProjectRulings rulings, RulingTable tables) {
    this.template = template;
    this.frames = frames;
    this.access = access;
    this.rulings = rulings;
    this.tables = tables;
  }

  /**
   * What people decided. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param rulings the table
   * @param any whether anybody decided anything at all
   * @param refused how many are not signed by the server
   * @param asked what was asked for, by name; each is there
   */
  public record Decided(
      Frame frame,
      Project project,
      Listed rulings,
      boolean any,
      int refused,
      Map<String, String> asked) {

    /** The states that may be asked for. */
    public static final List<String> STATES = List.of("holds", "ended", "withdrawn");

    /** What was asked for by that name. */
    public String asked(String name) {
      return asked.getOrDefault(name, "");
    }
  }

  @GetMapping("/projects/{name}/rulings")
  ResponseEntity<String> rulings(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String author,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String before,
      @RequestParam(defaultValue = "") String format) {
    Project project = access.project(who, name, Role.VIEWER);
    RulingPage page =
        rulings.page(
            name,
            new RulingFilter(
                RulingFilter.state(state).orElse(null),
                author,
                text,
                Place.of(before).orElse(null),
                format.isEmpty() ? SHOWN : Listed.EXPORTED));
    Table table = tables.of(project, page);
    ResponseEntity<String> file = Listed.file(format, table);
    if (file != null) {
      return file;
    }
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("state", state);
    asked.put("author", author);
    asked.put("text", text);
    return template.page(
        "rulings",
        new Decided(
            frames.of(project, "Rulings", project.title() + ": rulings", who, token),
            project,
            Listed.of(
                table
                    .withoutBlank("environment")
                    .withoutBlank("withdrawnBy")
                    .withoutBlank("withdrawnBecause")
                    .withoutBlank("withdrawn"),
                "/projects/" + name + "/rulings",
                asked,
                ""),
            rulings.any(name),
            page.refused(),
            asked));
  }
}
