package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.keep.Retention;
import dev.assay.server.keep.RetentionPlan;
import dev.assay.server.keep.RetentionRule;
import dev.assay.server.project.Project;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How long the files of a project's runs are kept. */
@RestController
@RequestMapping(
    path = "/api/v1/projects/{project}/retention",
    produces = MediaType.APPLICATION_JSON_VALUE)
class RetentionApi {

  private static final RetentionRule EVERYTHING = new RetentionRule(0, "");

  private final Access access;
  private final Retention retention;

  RetentionApi(Access access, Retention retention) {
    this.access = access;
    this.retention = retention;
  }

  @GetMapping
  String rule(Authentication who, @PathVariable String project) {
    Project of = access.project(who, project, Scope.ADMIN);
    return Answers.json(json(retention.rule(of).orElse(EVERYTHING)));
  }

  private static Json.Obj json(RetentionRule rule) {
    return Json.object().put("days", rule.days()).put("branches", rule.branches()).build();
  }

  /** Changes the rule; 0 days keep everything. Nothing goes at this moment. */
  @PutMapping(consumes = MediaType.ALL_VALUE)
  String change(Authentication who, @PathVariable String project, InputStream body)
      throws IOException, BadBodyException, RefusedException {
    Project of = access.project(who, project, Scope.ADMIN);
    JsonBody wanted = JsonBody.read(body, "days", "branches");
    RetentionRule rule = rule(wanted.whole("days"), wanted.text("branches", ""));
    retention.change(of, rule);
    return Answers.json(json(rule));
  }

  private static RetentionRule rule(long days, String branches) throws RefusedException {
    RetentionRule rule = new RetentionRule(Math.clamp(days, -1, Integer.MAX_VALUE), branches);
    String wrong = rule.wrong();
    if (wrong != null) {
      throw new RefusedException(wrong, "send such a number of days, and branches with spaces");
    }
    return rule;
  }

  /** What a rule would take away now, or the one in force where none is given. */
  @GetMapping("/plan")
  String plan(
      Authentication who,
      @PathVariable String project,
      @RequestParam @Nullable Integer days,
      @RequestParam(defaultValue = "") String branches)
      throws RefusedException {
    Project of = access.project(who, project, Scope.ADMIN);
    RetentionRule rule =
        days == null ? retention.rule(of).orElse(EVERYTHING) : rule(days, branches);
    return Answers.json(json(rule.days() == 0 ? RetentionPlan.NOTHING : retention.plan(of, rule)));
  }

  /** Does what the rule in force says, now; says what went. */
  @PostMapping("/apply")
  String apply(Authentication who, @PathVariable String project) {
    return Answers.json(json(retention.apply(access.project(who, project, Scope.ADMIN))));
  }

  private static Json.Obj json(RetentionPlan plan) {
    return Json.object()
        .put("runs", Json.array(plan.runs().stream().map(Json::of).toList()))
        .put("kept", plan.valued())
        .put("files", plan.artifacts().size())
        .put("bytes", plan.bytes())
        .build();
  }
}
