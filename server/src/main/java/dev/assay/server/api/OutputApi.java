package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.facts.ProjectFacts;
import dev.assay.server.facts.ServiceLog;
import dev.assay.server.output.KeptOutput;
import dev.assay.server.output.OutputText;
import dev.assay.server.output.PrintedLine;
import dev.assay.server.output.RunOutputs;
import dev.assay.server.project.ProjectRuns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What services and programs of a run print, for programs. */
@RestController
@RequestMapping(
    path = "/api/v1/projects/{project}/runs/{run}/logs",
    produces = MediaType.APPLICATION_JSON_VALUE)
class OutputApi {

  private static final int MOST = 1_000;

  /** No run prints more lines; their numbers can be added. */
  private static final long MOST_EVER = 1_000_000_000_000L;

  private static final int BYTES = 1 << 21;
  private static final int LONGEST_SOURCE = 200;

  private final Access access;
  private final RunOutputs outputs;
  private final ProjectFacts facts;

  OutputApi(Access access, RunOutputs outputs, ProjectFacts facts) {
    this.access = access;
    this.outputs = outputs;
    this.facts = facts;
  }

  /** Takes lines of a run that goes on; those of one that is over are passed over. */
  @PostMapping
  String take(
      Authentication who,
      @PathVariable String project,
      @PathVariable String run,
      @RequestParam(defaultValue = "0") long after,
      InputStream body)
      throws IOException, BadEntryException {
    ProjectRuns runs = access.runs(who, project, Scope.INGEST);
    RunSummary summary = find(runs, run);
    runs.heard(run, null);
    if (after < 0 || after > MOST_EVER) {
      throw new BadEntryException("'" + after + "' is no place of a line");
    }
    List<PrintedLine> lines = lines(body);
    boolean live = summary.closed() == null;
    long last = live ? outputs.take(project, run, after, lines) : outputs.last(project, run);
    return JsonWriter.canonical(
        Json.object().put("run", run).put("live", live).put("last", last).build());
  }

  private static List<PrintedLine> lines(InputStream body) throws IOException, BadEntryException {
    byte[] bytes = body.readNBytes(BYTES + 1);
    if (bytes.length > BYTES) {
      throw new BadEntryException("more than 2 MiB of lines came at once");
    }
    List<PrintedLine> lines = new ArrayList<>();
    int number = 0;
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", MOST + 2)) {
      number++;
      if (!line.isBlank()) {
        if (lines.size() == MOST) {
          throw new BadEntryException("more than " + MOST + " lines came at once");
        }
        lines.add(line(number, line));
      }
    }
    return lines;
  }

  private static PrintedLine line(int number, String text) throws BadEntryException {
    try {
      Json.Obj line = JsonReader.read(text).asObject();
      String source = line.text("source");
      if (source.isBlank() || source.length() > LONGEST_SOURCE) {
        throw new BadEntryException("line " + number + ": 'source' has 1 to 200 characters");
      }
      long leftOut = line.find("leftOut") == null ? 0 : line.whole("leftOut");
      String said = line.findText("text");
      if (leftOut < 0 || leftOut > MOST_EVER || leftOut == 0 && said == null) {
        throw new BadEntryException("line " + number + " has no 'text', and leaves no lines out");
      }
      return new PrintedLine(
          0,
          Instant.parse(line.text("at")),
          OutputText.shown(source),
          said == null ? "" : OutputText.shown(said),
          leftOut);
    } catch (JsonException | DateTimeException wrong) {
      throw new BadEntryException("line " + number + ": " + wrong.getMessage());
    }
  }

  /** The lines behind a place; of a run that is over, from what it keeps of its services. */
  @GetMapping
  String read(
      Authentication who,
      @PathVariable String project,
      @PathVariable String run,
      @RequestParam(defaultValue = "0") long after,
      @RequestParam(defaultValue = "500") int limit) {
    ProjectRuns runs = access.runs(who, project, Scope.READ);
    RunSummary summary = find(runs, run);
    boolean live = summary.closed() == null;
    int most = Math.clamp(limit, 1, MOST);
    long last = outputs.last(project, run);
    List<PrintedLine> lines = outputs.oldest(project, run, after, most);
    if (last == 0 && !live && facts.ready(access.project(project), summary)) {
      List<PrintedLine> kept = kept(runs, facts.of(access.project(project)).logs(summary.id()));
      last = kept.size();
      lines = kept.stream().filter(line -> line.place() > after).limit(most).toList();
    }
    return JsonWriter.canonical(
        Json.object()
            .put("run", run)
            .put("live", live)
            .put("last", last)
            .put("lines", Json.array(lines.stream().map(OutputApi::json).toList()))
            .build());
  }

  private static List<PrintedLine> kept(ProjectRuns runs, List<ServiceLog> logs) {
    List<PrintedLine> lines = new ArrayList<>();
    for (KeptOutput output : KeptOutput.read(runs.ledger(), logs)) {
      for (String text : output.lines()) {
        lines.add(new PrintedLine(lines.size() + 1, null, output.source(), text, 0));
      }
    }
    return lines;
  }

  private static Json.Obj json(PrintedLine line) {
    Instant at = line.at();
    Json.Builder json = Json.object().put("place", line.place()).put("source", line.source());
    json.putIfPresent("at", at == null ? null : at.toString());
    return (line.leftOut() > 0
            ? json.put("leftOut", line.leftOut())
            : json.put("text", line.text()))
        .build();
  }

  private static RunSummary find(ProjectRuns runs, String run) {
    return runs.find(run)
        .orElseThrow(() ->
            new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no run '" + run + "'"));
  }
}
