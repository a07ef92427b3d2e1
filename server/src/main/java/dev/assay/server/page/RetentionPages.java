package dev.assay.server.page;

import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.keep.Erasure;
import dev.assay.server.keep.Retention;
import dev.assay.server.keep.RetentionPlan;
import dev.assay.server.keep.RetentionRule;
import dev.assay.server.project.Project;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How long the files of a project's runs are kept, and what would go. */
@RestController
public class RetentionPages {

  private static final int RUNS = 50;

  private final Template template;
  private final Frames frames;
  private final Retention retention;
  private final Access access;
  private final Erasure erasure;

  /** Made by Spring. */
  RetentionPages(
      Template template, Frames frames, Retention retention, Access access, Erasure erasure) {
    this.erasure = erasure;
    this.template = template;
    this.frames = frames;
    this.retention = retention;
    this.access = access;
  }

  /**
   * The rule of a project. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param rule the rule; one that is offered where there is none
   * @param active whether it is in force
   * @param plan what would go now; null where nobody asked
   * @param wrong what was wrong with what came; null for nothing
   */
  public record Page(
      Frame frame,
      Project project,
      RetentionRule rule,
      boolean active,
      @Nullable RetentionPlan plan,
      @Nullable String wrong) {

    /** The runs that are shown. */
    public List<String> runs() {
      return plan == null ? List.of() : plan.runs().stream().limit(RUNS).toList();
    }

    /** How much would become free. */
    public String size() {
      return dev.assay.api.value.Unit.BYTES.format(plan == null ? 0 : plan.bytes());
    }
  }

  @GetMapping("/projects/{name}/retention")
  ResponseEntity<String> page(Authentication who, CsrfToken token, @PathVariable String name) {
    return page(200, who, token, access.project(who, name, Role.ADMIN), null, null);
  }

  private ResponseEntity<String> page(
      int status,
      Authentication who,
      CsrfToken token,
      Project project,
      @Nullable RetentionRule tried,
      @Nullable String wrong) {
    RetentionRule inForce = retention.rule(project).orElse(null);
    RetentionRule shown = tried != null ? tried : inForce != null ? inForce : RetentionRule.OFFERED;
    return template.page(
        status,
        "retention",
        new Page(
            frames.of(project, "Retention", project.title() + ": retention", who, token),
            project,
            shown,
            inForce != null,
            tried == null || tried.days() == 0 ? null : retention.plan(project, tried),
            wrong));
  }

  @PostMapping("/projects/{name}/retention")
  ResponseEntity<String> change(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "0") int days,
      @RequestParam(defaultValue = "") String branches,
      @RequestParam(defaultValue = "false") boolean trial) {
    Project project = access.project(who, name, Role.ADMIN);
    RetentionRule rule = new RetentionRule(days, branches);
    String wrong = rule.wrong();
    if (wrong != null) {
      return page(422, who, token, project, null, wrong);
    }
    if (trial) {
      return page(200, who, token, project, rule, null);
    }
    retention.change(project, rule);
    return MemberPages.to("/projects/" + name + "/retention");
  }

  @PostMapping("/projects/{name}/retention/erase")
  ResponseEntity<String> erase(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String run,
      @RequestParam(defaultValue = "") String why) {
    Project project = access.project(who, name, Role.ADMIN);
    if (Erasure.wrongReason(why)) {
      return page(422, who, token, project, null, "Say why, in 1 to 200 characters.");
    }
    return erasure.erase(project, run.strip(), why).isPresent()
        ? MemberPages.to("/projects/" + name + "/audit?action=run.erased")
        : page(422, who, token, project, null, "There is no run '" + run + "'; give its full id.");
  }

  @PostMapping("/projects/{name}/retention/apply")
  ResponseEntity<String> apply(Authentication who, @PathVariable String name) {
    Project project = access.project(who, name, Role.ADMIN);
    RetentionPlan _ = retention.apply(project);
    return MemberPages.to("/projects/" + name + "/audit?action=retention");
  }
}
