package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.core.report.ComparisonJson;
import dev.assay.core.report.TrendJson;
import dev.assay.server.Refusal;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.facts.ComparedSides;
import dev.assay.server.facts.Facts.TestOrder;
import dev.assay.server.facts.ProjectFacts;
import dev.assay.server.project.Project;
import dev.assay.server.table.ProjectTables;
import dev.assay.server.table.ProjectTables.OutcomeFilter;
import dev.assay.server.table.Triage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What the pages of a project show, for programs. */
@RestController
@RequestMapping(path = "/api/v1/projects/{project}", produces = MediaType.APPLICATION_JSON_VALUE)
class TablesApi {

  private static final int MOST = 1_000;
  private static final int LONGEST_BODY = 1 << 16;

  private final Access access;
  private final ProjectFacts facts;
  private final ProjectTables tables;
  private final ComparedSides sides;
  private final Triage triage;

  TablesApi(
      Access access, ProjectFacts facts, ProjectTables tables, ComparedSides sides, Triage triage) {
    this.access = access;
    this.facts = facts;
    this.tables = tables;
    this.sides = sides;
    this.triage = triage;
  }

  /** The outcomes of a run that ended, what needs attention first. */
  @GetMapping("/runs/{run}/outcomes")
  String outcomes(
      Authentication who,
      @PathVariable String project,
      @PathVariable String run,
      @RequestParam(defaultValue = "") String check,
      @RequestParam(defaultValue = "") String result,
      @RequestParam(defaultValue = "") String text,
      @RequestParam @Nullable String cursor,
      @RequestParam(defaultValue = "100") int limit) {
    RunSummary summary =
        access
            .runs(who, project, Scope.READ)
            .find(run)
            .orElseThrow(() -> missing("there is no run '" + run + "'"));
    Project of = access.project(project);
    if (summary.closed() == null || !facts.ready(of, summary)) {
      throw new Refusal(
          HttpStatus.CONFLICT, "the run goes on, or is being read", "ask again when it has ended");
    }
    return JsonWriter.canonical(
        tables
            .outcomes(
                of, run, new OutcomeFilter(check, result, text, cursor, Math.clamp(limit, 1, MOST)))
            .json());
  }

  /** The checks of the newest runs, as they were the last time. */
  @GetMapping("/checks")
  String checks(Authentication who, @PathVariable String project) {
    return JsonWriter.canonical(tables.checks(readable(who, project)).json());
  }

  /** One check through its newest runs. */
  @GetMapping("/check")
  String check(
      Authentication who,
      @PathVariable String project,
      @RequestParam(defaultValue = "") String id,
      @RequestParam(defaultValue = "") String environment) {
    return JsonWriter.canonical(tables.history(readable(who, project), id, environment).json());
  }

  /** What a check measured through its newest runs, and where it changed. */
  @GetMapping("/trend")
  String trend(
      Authentication who,
      @PathVariable String project,
      @RequestParam(defaultValue = "") String id,
      @RequestParam(defaultValue = "") String environment) {
    return JsonWriter.canonical(
        TrendJson.json(facts.of(readable(who, project)).trends(id, environment)));
  }

  /** Which failures of the newest runs are one. */
  @GetMapping("/failures")
  String failures(Authentication who, @PathVariable String project) {
    return JsonWriter.canonical(tables.failures(readable(who, project)).json());
  }

  /** The failures of one kind. */
  @GetMapping("/failures/{fingerprint}")
  String failures(
      Authentication who, @PathVariable String project, @PathVariable String fingerprint) {
    return JsonWriter.canonical(tables.failures(readable(who, project), fingerprint).json());
  }

  /** Says whose the failures of one kind are: an object with owner, empty for nobody. */
  @PutMapping(path = "/failures/{fingerprint}/owner", consumes = MediaType.ALL_VALUE)
  String own(
      Authentication who,
      @PathVariable String project,
      @PathVariable String fingerprint,
      InputStream body)
      throws BadEntryException, IOException {
    access.runs(who, project, Scope.INGEST);
    try {
      String owner =
          JsonReader.read(new String(body.readNBytes(LONGEST_BODY), StandardCharsets.UTF_8))
              .asObject()
              .text("owner");
      if (facts.of(access.project(project)).cluster(fingerprint).isEmpty()) {
        throw missing("there is no failure '" + fingerprint + "'");
      }
      triage.own(project, fingerprint, owner, Access.author(who));
      return JsonWriter.canonical(Json.object().put("owner", owner).build());
    } catch (JsonException unreadable) {
      throw new BadEntryException("the body names no owner: " + unreadable.getMessage());
    }
  }

  /** The tests of the newest runs. */
  @GetMapping("/tests")
  String tests(
      Authentication who,
      @PathVariable String project,
      @RequestParam(defaultValue = "slowest") String order,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "100") int limit) {
    Project of = readable(who, project);
    TestOrder first =
        Arrays.stream(TestOrder.values())
            .filter(each -> each.word().equals(order))
            .findFirst()
            .orElseThrow(() ->
                new Refusal(
                    HttpStatus.BAD_REQUEST,
                    "'" + order + "' is no order of tests",
                    "use one of: "
                        + Arrays.stream(TestOrder.values())
                            .map(TestOrder::word)
                            .collect(Collectors.joining(", "))));
    return JsonWriter.canonical(tables.tests(of, first, text, limit).json());
  }

  /** Compares runs, as {@code assay compare} does; ids are separated by commas. */
  @GetMapping("/compare")
  String compare(
      Authentication who,
      @PathVariable String project,
      @RequestParam(defaultValue = "") List<String> run,
      @RequestParam(defaultValue = "") List<String> with) {
    return JsonWriter.canonical(ComparisonJson.json(sides.of(readable(who, project), run, with)));
  }

  /** The tests in quarantine, as a file that a suite takes. */
  @GetMapping("/quarantine")
  String quarantine(Authentication who, @PathVariable String project) {
    access.runs(who, project, Scope.INGEST);
    List<Json> entries =
        triage.quarantine(project).stream()
            .map(entry ->
                (Json)
                    Json.object()
                        .put("test", entry.test())
                        .put("owner", entry.owner())
                        .put("reason", entry.reason())
                        .put("expires", entry.expires().toString())
                        .build())
            .toList();
    return JsonWriter.pretty(Json.object().put("quarantine", Json.array(entries)).build());
  }

  /** Puts a test in quarantine: an object with test, owner, reason and expires. */
  @PutMapping(path = "/quarantine", consumes = MediaType.ALL_VALUE)
  String quarantine(Authentication who, @PathVariable String project, InputStream body)
      throws BadEntryException, IOException {
    access.runs(who, project, Scope.INGEST);
    try {
      Json.Obj entry =
          JsonReader.read(new String(body.readNBytes(LONGEST_BODY), StandardCharsets.UTF_8))
              .asObject();
      String wrong =
          triage.put(
              project,
              entry.text("test"),
              entry.text("owner"),
              entry.text("reason"),
              entry.text("expires"),
              Access.author(who));
      if (wrong != null) {
        throw new BadEntryException(wrong);
      }
      return JsonWriter.canonical(entry);
    } catch (JsonException unreadable) {
      throw new BadEntryException("the body is no entry: " + unreadable.getMessage());
    }
  }

  /** Takes a test out of quarantine. */
  @DeleteMapping("/quarantine")
  String lift(
      Authentication who,
      @PathVariable String project,
      @RequestParam(defaultValue = "") String test) {
    access.runs(who, project, Scope.INGEST);
    if (!triage.lift(project, test)) {
      throw missing("'" + test + "' is not in quarantine");
    }
    return JsonWriter.canonical(Json.object().put("test", test).build());
  }

  private Project readable(Authentication who, String project) {
    return access.project(who, project, Scope.READ);
  }

  private static ResponseStatusException missing(String what) {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, what);
  }
}
