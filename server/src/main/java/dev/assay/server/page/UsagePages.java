package dev.assay.server.page;

import dev.assay.api.value.Unit;
import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.project.Project;
import dev.assay.server.table.UsageTable;
import dev.assay.server.table.UsageTable.Span;
import dev.assay.server.usage.Kept;
import dev.assay.server.usage.Usage;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What projects use. */
@RestController
public class UsagePages {

  private static final int SHOWN_DAYS = 31;
  private static final int LATELY = 30;

  private final Template template;
  private final Frames frames;
  private final Access access;
  private final Usage usage;

  /** Made by Spring. */
  UsagePages(Template template, Frames frames, Access access, Usage usage) {
    this.template = template;
    this.frames = frames;
    this.access = access;
    this.usage = usage;
  }

  /**
   * What one project uses. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param kept what is kept now
   * @param span days or months
   * @param came what came
   */
  public record Used(Frame frame, Project project, Kept kept, Span span, Listed came) {

    /** A size for people. */
    public String size(long bytes) {
      return Unit.BYTES.format(bytes);
    }

    /** A number for people. */
    public String number(long number) {
      return dev.assay.core.report.Words.grouped(number);
    }
  }

  /**
   * What all projects use. Immutable.
   *
   * @param frame around it
   * @param projects the table
   */
  public record All(Frame frame, Listed projects) {}

  @GetMapping("/projects/{name}/usage")
  ResponseEntity<String> project(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "day") String by,
      @RequestParam(defaultValue = "") String format) {
    Project project = access.project(who, name, Role.ADMIN);
    Span span = Span.of(by);
    boolean some = format.isEmpty() && span == Span.DAY;
    var days = usage.days(project, usage.today().minusDays(some ? SHOWN_DAYS - 1 : Usage.DAYS));
    var table = UsageTable.came(days, span);
    ResponseEntity<String> file = Listed.file(format, table);
    if (file != null) {
      return file;
    }
    return template.page(
        "usage",
        new Used(
            frames.of(project, "Usage", project.title() + ": usage", who, token),
            project,
            usage.kept(project),
            span,
            Listed.of(table, "/projects/" + name + "/usage", Map.of("by", span.word()), "")));
  }

  @GetMapping("/usage")
  ResponseEntity<String> server(
      Authentication who, CsrfToken token, @RequestParam(defaultValue = "") String format) {
    var table = UsageTable.projects(usage.kept(), usage.sums(usage.today().minusDays(LATELY - 1)));
    ResponseEntity<String> file = Listed.file(format, table);
    return file != null
        ? file
        : template.page(
            "usages", new All(frames.plain("Usage", who, token), Listed.of(table, "/usage")));
  }
}
