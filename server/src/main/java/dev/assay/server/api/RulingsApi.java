package dev.assay.server.api;

import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.core.passport.Ruling;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKey;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.ruling.RulingJson;
import dev.assay.server.ruling.Rulings;
import dev.assay.server.ruling.Rulings.Done;
import dev.assay.server.ruling.Rulings.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What people decide on runs, for programs. */
@RestController
@RequestMapping(
    path = "/api/v1/projects/{project}/runs/{run}/rulings",
    produces = MediaType.APPLICATION_JSON_VALUE)
class RulingsApi {

  private final Access access;
  private final Rulings rulings;
  private final RulingJson json;

  RulingsApi(Access access, Rulings rulings, RulingJson json) {
    this.access = access;
    this.rulings = rulings;
    this.json = json;
  }

  /** What was decided on a run. */
  @GetMapping
  String all(Authentication who, @PathVariable String project, @PathVariable String run) {
    find(who, project, run, Scope.READ);
    return JsonWriter.canonical(json.of(run, rulings.of(project, run)));
  }

  /** Decides: an object with kind, and with reason, environment and end as far as wanted. */
  @PostMapping(consumes = MediaType.ALL_VALUE)
  ResponseEntity<String> make(
      Authentication who, @PathVariable String project, @PathVariable String run, InputStream body)
      throws BadBodyException, IOException {
    RunSummary found = find(who, project, run, Scope.OPERATE);
    Rulings.Wanted wanted = wanted(body);
    return sends(who) ? sender() : answer(rulings.make(access.project(project), found, wanted));
  }

  private static Rulings.Wanted wanted(InputStream body) throws BadBodyException, IOException {
    JsonBody said = JsonBody.read(body, "kind", "reason", "environment", "end");
    List<String> kinds = Arrays.stream(Ruling.Kind.values()).map(Ruling.Kind::label).toList();
    return new Rulings.Wanted(
        said.one("kind", kinds, label -> Ruling.Kind.values()[kinds.indexOf(label)]),
        said.text("reason", ""),
        said.text("environment", ""),
        said.moment("end"));
  }

  /** Withdraws one, for a reason. */
  @DeleteMapping("/{id}")
  ResponseEntity<String> withdraw(
      Authentication who,
      @PathVariable String project,
      @PathVariable String run,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String why) {
    find(who, project, run, Scope.OPERATE);
    if (rulings.of(project, run).find(id).isEmpty()) {
      throw missing("there is no decision '" + id + "' on this run");
    }
    return sends(who) ? sender() : answer(rulings.withdraw(access.project(project), run, id, why));
  }

  private ResponseEntity<String> answer(Rulings.Result result) {
    return switch (result) {
      case Done(var kept) ->
          ResponseEntity.ok()
              .contentType(MediaType.APPLICATION_JSON)
              .body(JsonWriter.canonical(json.of(kept)));
      case Refused(String wrong) ->
          new ProblemBody(
                  422,
                  "ASSAY-SERVER-065",
                  "That cannot be decided",
                  wrong,
                  "send it as it says; the project's settings say how long and how many people")
              .response();
    };
  }

  /** A pipeline that approves what it sent would approve itself. */
  private static boolean sends(Authentication who) {
    return who.getPrincipal() instanceof ProjectKey key && key.scopes().contains(Scope.INGEST);
  }

  private static ResponseEntity<String> sender() {
    return new ProblemBody(
            403,
            "ASSAY-SERVER-067",
            "Who sends runs decides on none",
            "The key may send runs, too; so it would decide on what it sent itself.",
            "make a key in the project's settings that approves and overrides, and sends nothing")
        .response();
  }

  private RunSummary find(Authentication who, String project, String run, Scope scope) {
    return access
        .runs(who, project, scope)
        .find(run)
        .orElseThrow(() -> missing("there is no run '" + run + "'"));
  }

  private static ResponseStatusException missing(String what) {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, what);
  }
}
