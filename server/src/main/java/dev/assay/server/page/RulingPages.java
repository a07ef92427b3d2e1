package dev.assay.server.page;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.spi.Clock;
import dev.assay.core.passport.Ruling;
import dev.assay.server.Refusal;
import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.page.RulingViews.Tried;
import dev.assay.server.project.Project;
import dev.assay.server.project.Projects;
import dev.assay.server.ruling.RulingRule;
import dev.assay.server.ruling.Rulings;
import dev.assay.server.ruling.Rulings.Refused;
import dev.assay.server.ruling.SigningKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Approving, overriding and withdrawing; what is signed, and the key to verify it with. */
@RestController
public class RulingPages {

  private static final int MOST_DAYS = 366;

  private final RunPages runs;
  private final Rulings rulings;
  private final SigningKey key;
  private final Projects projects;
  private final Access access;
  private final Clock clock;

  /** Made by Spring. */
  RulingPages(
      RunPages runs,
      Rulings rulings,
      SigningKey key,
      Projects projects,
      Access access,
      Clock clock) {
    this.runs = runs;
    this.rulings = rulings;
    this.key = key;
    this.projects = projects;
    this.access = access;
    this.clock = clock;
  }

  /** The key that everybody may verify with. */
  @GetMapping("/rulings.pub")
  ResponseEntity<String> key() {
    return ResponseEntity.ok()
        .header("Content-Type", "application/x-pem-file")
        .body(key.publicPem());
  }

  /** What was signed, to be kept with a release. */
  @GetMapping("/projects/{name}/runs/{run}/rulings/{id}")
  ResponseEntity<String> statement(
      Authentication who,
      @PathVariable String name,
      @PathVariable String run,
      @PathVariable String id) {
    Project project = access.project(who, name, Role.VIEWER);
    return rulings
        .of(project.name(), run)
        .find(id)
        .map(kept ->
            ResponseEntity.ok()
                .header("Content-Type", "application/vnd.in-toto+json")
                .header(
                    "Content-Disposition",
                    "attachment; filename=\"ruling-" + kept.id() + ".intoto.jsonl\"")
                .body(kept.statement() + "\n"))
        .orElseThrow(() ->
            new ResponseStatusException(
                HttpStatus.NOT_FOUND, "there is no decision '" + id + "' on this run"));
  }

  @PostMapping("/projects/{name}/runs/{run}/rulings")
  ResponseEntity<String> make(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @PathVariable String run,
      @RequestParam(defaultValue = "override") String kind,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String environment,
      @RequestParam @Nullable Integer days) {
    Project project = access.project(who, name, Role.OPERATOR);
    Ruling.Kind what = kind.equals("approval") ? Ruling.Kind.APPROVAL : Ruling.Kind.OVERRIDE;
    RunSummary found = found(project, run);
    Instant end =
        days == null
            ? null
            : clock.now().plus(Duration.ofDays(Math.clamp(days, -1, MOST_DAYS + 1)));
    var result = rulings.make(project, found, new Rulings.Wanted(what, reason, environment, end));
    return result instanceof Refused(String wrong)
        ? runs.refused(who, token, project, found, new Tried(wrong, reason, environment))
        : back(name, run);
  }

  @PostMapping("/projects/{name}/runs/{run}/rulings/{id}/withdraw")
  ResponseEntity<String> withdraw(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @PathVariable String run,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String reason) {
    Project project = access.project(who, name, Role.OPERATOR);
    RunSummary found = found(project, run);
    return rulings.withdraw(project, run, id, reason) instanceof Refused(String wrong)
        ? runs.refused(who, token, project, found, new Tried(wrong, "", ""))
        : back(name, run);
  }

  /** What a project asks of approvals and overrides. */
  @PostMapping("/projects/{name}/ruling-rule")
  ResponseEntity<String> rule(
      Authentication who,
      @PathVariable String name,
      @RequestParam(defaultValue = "1") int needed,
      @RequestParam(defaultValue = "7") int overrides,
      @RequestParam(defaultValue = "30") int approvals) {
    Project project = access.project(who, name, Role.ADMIN);
    RulingRule rule = new RulingRule(needed, overrides, approvals);
    String wrong = rule.wrong();
    if (wrong != null) {
      throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "these numbers cannot be taken", wrong);
    }
    rulings.rule(project.name(), rule);
    return MemberPages.to("/projects/" + name + "/settings");
  }

  private RunSummary found(Project project, String run) {
    return projects
        .runs(project)
        .find(run)
        .orElseThrow(() ->
            new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no run '" + run + "'"));
  }

  private static ResponseEntity<String> back(String name, String run) {
    return MemberPages.to("/projects/" + name + "/runs/" + run + "#people");
  }
}
