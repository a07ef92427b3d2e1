package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.Ledger.StoredArtifact;
import dev.assay.api.problem.Nearest;
import dev.assay.api.verdict.Decision;
import dev.assay.core.report.StoredReport;
import dev.assay.server.Refusal;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.facts.ProjectFacts;
import dev.assay.server.project.Admission;
import dev.assay.server.project.ArchivedException;
import dev.assay.server.project.Began;
import dev.assay.server.project.GapException;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.RunFilter;
import dev.assay.server.project.RunPage;
import dev.assay.server.project.RunState;
import dev.assay.server.quota.QuotaGate;
import dev.assay.server.usage.Usage;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Runs, for programs. */
@RestController
@RequestMapping(path = "/api/v1/projects/{project}", produces = MediaType.APPLICATION_JSON_VALUE)
class RunsApi {

  private static final long LONGEST_ARTIFACT = 4L << 30;

  private final Access access;
  private final ProjectFacts facts;
  private final ReadingTurns turns;
  private final Usage usage;
  private final QuotaGate gate;

  RunsApi(Access access, ProjectFacts facts, ReadingTurns turns, Usage usage, QuotaGate gate) {
    this.gate = gate;
    this.usage = usage;
    this.access = access;
    this.facts = facts;
    this.turns = turns;
  }

  /** Takes entries of a run, as they happen or later; answers once they are durable. */
  @PostMapping("/runs/{run}/entries")
  String take(
      Authentication who,
      @PathVariable String project,
      @PathVariable String run,
      @RequestParam(defaultValue = "0") long from,
      @RequestParam(defaultValue = "0") int again,
      InputStream body)
      throws IOException, GapException, BadEntryException, ArchivedException {
    ProjectRuns runs = access.sent(who, project, run);
    if (!run.matches("[A-Za-z0-9._-]{1,100}") || from < 0) {
      throw new BadEntryException("'" + run + "' from " + from + " is no place in a run");
    }
    runs.heard(run, again);
    var _ = facts.of(access.project(project)); // so that the run is read when it ends
    EntryLines lines = new EntryLines(body, turns);
    long place = from;
    long there = place;
    List<EncodedEntry> portion = lines.next();
    do {
      there = runs.take(run, place, portion);
      place += portion.size();
      portion = lines.next();
    } while (!portion.isEmpty());
    runs.heard(run, again); // it may be new
    return JsonWriter.canonical(Json.object().put("run", run).put("entries", there).build());
  }

  /** Keeps a file that entries name by its content. */
  @PutMapping(path = "/artifacts/{sha256}", consumes = MediaType.ALL_VALUE)
  String keep(
      Authentication who,
      @PathVariable String project,
      @PathVariable String sha256,
      InputStream body)
      throws IOException, BadEntryException {
    Project of = access.project(who, project, Scope.INGEST);
    Path file = Files.createTempFile("assay-artifact", ".part");
    try {
      String found = written(body, file);
      if (found == null) {
        throw new Refusal(
            HttpStatus.CONTENT_TOO_LARGE,
            "the file is longer than " + (LONGEST_ARTIFACT >> 30) + " GiB",
            "keep it elsewhere, and send what matters of it");
      }
      if (!found.equals(sha256)) {
        throw new BadEntryException("the content has the SHA-256 " + found + ", not " + sha256);
      }
      StoredArtifact kept;
      boolean there = access.runs(who, project, Scope.INGEST).ledger().artifact(sha256).isPresent();
      try (Admission.Pass _ = gate.admit(of, 0, 0, there ? 0 : Files.size(file))) {
        kept = usage.store(of, sha256, file);
      }
      return JsonWriter.canonical(
          Json.object().put("sha256", kept.sha256()).put("size", kept.size()).build());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Writes what comes into a file; its SHA-256, or null where it is more than a file may have. */
  private static @Nullable String written(InputStream body, Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
    byte[] buffer = new byte[1 << 16];
    long length = 0;
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        length += read;
        if (length > LONGEST_ARTIFACT) {
          return null;
        }
        out.write(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Whether a file is here already. */
  @GetMapping(path = "/artifacts/{sha256}", produces = MediaType.ALL_VALUE)
  ResponseEntity<Resource> artifact(
      Authentication who, @PathVariable String project, @PathVariable String sha256) {
    Path file =
        access
            .runs(who, project, Scope.READ)
            .ledger()
            .artifact(sha256)
            .orElseThrow(() -> missing("there is no artifact " + sha256));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .header("Content-Disposition", "attachment; filename=\"" + sha256 + "\"")
        .body(new FileSystemResource(file));
  }

  /** The runs, the newest first. */
  @GetMapping("/runs")
  String list(
      Authentication who,
      @PathVariable String project,
      @RequestParam @Nullable String text,
      @RequestParam @Nullable String branch,
      @RequestParam @Nullable String environment,
      @RequestParam(defaultValue = "") String stage,
      @RequestParam(defaultValue = "") String decision,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "runs") String began,
      @RequestParam @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    ProjectRuns runs = access.runs(who, project, Scope.READ);
    if (cursor != null && !cursor.isBlank() && runs.find(cursor).isEmpty()) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST,
          "'" + cursor + "' is no cursor, or its run was erased meanwhile",
          "send the 'next' of the answer before, or begin anew without a cursor");
    }
    if (Began.of(began) == Began.RUNS && !began.isBlank() && !began.equals("runs")) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST,
          "'" + began + "' is no value of 'began'",
          Nearest.mend(began, Arrays.stream(Began.values()).map(Began::word).toList()));
    }
    RunPage page =
        runs.page(
            new RunFilter(
                text,
                branch,
                environment,
                decision(decision),
                RunState.of(state),
                Began.of(began),
                facts.stoppedIn(access.project(project), stage),
                cursor,
                limit));
    return JsonWriter.canonical(
        Json.object()
            .put("runs", Json.array(page.runs().stream().map(run -> summary(runs, run)).toList()))
            .putIfPresent("next", page.next())
            .build());
  }

  /** As answers write it, {@code not run}, or as its constant is called; null for any. */
  private static @Nullable Decision decision(String word) {
    if (word.isBlank()) {
      return null;
    }
    String name = word.strip().toUpperCase(Locale.ROOT).replaceAll("[ -]", "_");
    return Arrays.stream(Decision.values())
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new Refusal(
                HttpStatus.BAD_REQUEST,
                "'" + word + "' is no value of 'decision'",
                "use one of: "
                    + Arrays.stream(Decision.values())
                        .map(Decision::word)
                        .collect(Collectors.joining(", "))));
  }

  /** One run: as a summary while it goes on or to go on from, with its checks on demand. */
  @GetMapping("/runs/{run}")
  String one(Authentication who, @PathVariable String project, @PathVariable String run) {
    ProjectRuns runs = access.runs(who, project, Scope.INGEST);
    return JsonWriter.canonical(summary(runs, find(runs, run)));
  }

  /** One run with everything that was found and decided. */
  @GetMapping("/runs/{run}/report")
  void report(
      Authentication who,
      @PathVariable String project,
      @PathVariable String run,
      HttpServletResponse response)
      throws IOException {
    ProjectRuns runs = access.runs(who, project, Scope.READ);
    StoredReport report = runs.stored(find(runs, run));
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    try (Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
      report.writeJson(out);
    }
  }

  private static RunSummary find(ProjectRuns runs, String run) {
    return runs.find(run).orElseThrow(() -> missing("there is no run '" + run + "'"));
  }

  private static ResponseStatusException missing(String what) {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, what);
  }

  static Json.Obj summary(ProjectRuns runs, RunSummary run) {
    Instant silentSince = runs.silentSince(run.id());
    return Json.object()
        .put("run", run.id())
        .put("workspace", run.workspace())
        .put("environment", run.subject().environment())
        .putIfPresent("commit", run.subject().commit())
        .putIfPresent("branch", run.subject().branch())
        .put("opened", run.opened().toString())
        .putIfPresent("closed", run.closed() == null ? null : run.closed().toString())
        .put("state", runs.state(run).word())
        .putIfPresent("silentSince", silentSince == null ? null : silentSince.toString())
        .put("decision", run.decision().word())
        .put("entries", run.entries())
        .build();
  }
}
