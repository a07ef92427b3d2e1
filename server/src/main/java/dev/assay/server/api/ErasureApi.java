package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.server.Refusal;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.keep.Erasure;
import dev.assay.server.project.Project;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Erasing, for programs. */
@RestController
@RequestMapping(path = "/api/v1/projects/{project}", produces = "application/json")
class ErasureApi {

  private final Access access;
  private final Erasure erasure;

  ErasureApi(Access access, Erasure erasure) {
    this.access = access;
    this.erasure = erasure;
  }

  /** Erases a run for good, for a reason that names nobody. */
  @DeleteMapping("/runs/{run}")
  String erase(
      Authentication who,
      @PathVariable String project,
      @PathVariable String run,
      @RequestParam(defaultValue = "") String why) {
    Project of = access.project(who, project, Scope.ADMIN);
    if (Erasure.wrongReason(why)) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST,
          why.isBlank() ? "there is no reason" : "the reason cannot be taken",
          "say why, in 1 to " + Erasure.LONGEST + " characters: ?why=asked+for+by+a+person");
    }
    return erasure
        .erase(of, run, why)
        .map(receipt ->
            JsonWriter.canonical(
                Json.object()
                    .put("run", run)
                    .put("sequence", receipt.sequence())
                    .put("hash", receipt.hash())
                    .build()))
        .orElseThrow(() ->
            new ResponseStatusException(
                HttpStatus.NOT_FOUND, "there is no run '" + run + "', or it was erased"));
  }
}
