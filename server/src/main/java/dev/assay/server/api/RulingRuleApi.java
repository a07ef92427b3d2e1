package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.project.Project;
import dev.assay.server.ruling.RulingRule;
import dev.assay.server.ruling.Rulings;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a project asks of approvals and overrides. */
@RestController
@RequestMapping(
    path = "/api/v1/projects/{project}/ruling-rule",
    produces = MediaType.APPLICATION_JSON_VALUE)
class RulingRuleApi {

  private final Access access;
  private final Rulings rulings;

  RulingRuleApi(Access access, Rulings rulings) {
    this.access = access;
    this.rulings = rulings;
  }

  @GetMapping
  String rule(Authentication who, @PathVariable String project) {
    Project of = access.project(who, project, Scope.ADMIN);
    return Answers.json(json(rulings.rule(of.name())));
  }

  private static Json.Obj json(RulingRule rule) {
    return Json.object()
        .put("needed", rule.needed())
        .put("overrideDays", rule.overrideDays())
        .put("approvalDays", rule.approvalDays())
        .build();
  }

  /** Changes it; what was decided before stays as it was decided. */
  @PutMapping(consumes = MediaType.ALL_VALUE)
  String change(Authentication who, @PathVariable String project, InputStream body)
      throws IOException, BadBodyException, RefusedException {
    Project of = access.project(who, project, Scope.ADMIN);
    JsonBody wanted = JsonBody.read(body, "needed", "overrideDays", "approvalDays");
    RulingRule rule =
        new RulingRule(
            number(wanted, "needed"),
            number(wanted, "overrideDays"),
            number(wanted, "approvalDays"));
    String wrong = rule.wrong();
    if (wrong != null) {
      throw new RefusedException(wrong, "send numbers in these bounds");
    }
    rulings.rule(of.name(), rule);
    return Answers.json(json(rule));
  }

  private static int number(JsonBody wanted, String name) throws BadBodyException {
    return Math.clamp(wanted.whole(name), -1, Integer.MAX_VALUE);
  }
}
