package dev.assay.server.page;

import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.facts.Facts.TestOrder;
import dev.assay.server.project.Project;
import dev.assay.server.table.ProjectTables;
import dev.assay.server.table.Table;
import dev.assay.server.table.Triage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

/** Tests over the runs: the slowest, the flakiest, and those in quarantine. */
@RestController
@RequestMapping("/projects/{name}")
public class TestPages {

  private static final int SHOWN = 100;

  private final Template template;
  private final Frames frames;
  private final Access access;
  private final ProjectTables tables;
  private final Triage triage;

  /** Made by Spring. */
  TestPages(Template template, Frames frames, Access access, ProjectTables tables, Triage triage) {
    this.template = template;
    this.frames = frames;
    this.access = access;
    this.tables = tables;
    this.triage = triage;
  }

  /**
   * The tests of a project. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param order how they are ordered
   * @param orders what there is to choose from
   * @param text what was looked for
   * @param tests the table
   * @param quarantine the tests in quarantine
   * @param mayChange whether the member may put tests there and take them out
   * @param wrong what was wrong with what came; null for nothing
   */
  public record Tests(
      Frame frame,
      Project project,
      String order,
      List<String> orders,
      String text,
      Listed tests,
      Listed quarantine,
      boolean mayChange,
      @Nullable String wrong) {}

  static TestOrder order(String word) {
    return Arrays.stream(TestOrder.values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElse(TestOrder.SLOWEST);
  }

  @GetMapping("/tests")
  ResponseEntity<String> tests(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "slowest") String order,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String part,
      @RequestParam @Nullable String format) {
    Project project = access.project(who, name, Role.VIEWER);
    ResponseEntity<String> file =
        format == null
            ? null
            : Listed.file(
                format,
                part.equals("quarantine")
                    ? tables.quarantine(project)
                    : tables.tests(project, order(order), text, Listed.EXPORTED));
    return file != null ? file : page(200, who, token, project, order(order), text, null);
  }

  private ResponseEntity<String> page(
      int status,
      Authentication who,
      CsrfToken token,
      Project project,
      TestOrder order,
      String text,
      @Nullable String wrong) {
    String path = "/projects/" + project.name() + "/tests";
    Table tests = tables.tests(project, order, text, SHOWN);
    return template.page(
        status,
        "tests",
        new Tests(
            frames.of(project, "Tests", project.title() + ": tests", who, token),
            project,
            order.word(),
            Arrays.stream(TestOrder.values()).map(TestOrder::word).toList(),
            text,
            Listed.of(tests, path, Map.of("order", order.word(), "text", text), "tests"),
            Listed.of(tables.quarantine(project), path, Map.of(), "quarantine"),
            access.may(who, project.name(), Role.DEVELOPER),
            wrong));
  }

  @PostMapping("/quarantine")
  ResponseEntity<String> put(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String test,
      @RequestParam(defaultValue = "") String owner,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String expires) {
    Project project = access.project(who, name, Role.DEVELOPER);
    String wrong = triage.put(name, test, owner, reason, expires, who.getName());
    return wrong == null
        ? there(name)
        : page(422, who, token, project, TestOrder.FLAKIEST, "", wrong);
  }

  @PostMapping("/quarantine/lift")
  ResponseEntity<String> lift(
      Authentication who, @PathVariable String name, @RequestParam(defaultValue = "") String test) {
    Project project = access.project(who, name, Role.DEVELOPER);
    boolean _ = triage.lift(project.name(), test);
    return there(name);
  }

  private static ResponseEntity<String> there(String name) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .header("Location", "/projects/" + name + "/tests#quarantine")
        .build();
  }
}
