package dev.assay.server.page;

import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.facts.Facts;
import dev.assay.server.facts.Facts.ClusterLine;
import dev.assay.server.facts.ProjectFacts;
import dev.assay.server.project.Project;
import dev.assay.server.table.ProjectTables;
import dev.assay.server.table.Table;
import dev.assay.server.table.Triage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Failures over the runs: which are one, whose they are, and what is like them. */
@RestController
@RequestMapping("/projects/{name}/failures")
public class FailurePages {

  private static final double ALIKE = 0.4;
  private static final int MOST_ALIKE = 5;

  private final Template template;
  private final Frames frames;
  private final Access access;
  private final ProjectFacts facts;
  private final ProjectTables tables;
  private final Triage triage;

  /** Made by Spring. */
  FailurePages(
      Template template,
      Frames frames,
      Access access,
      ProjectFacts facts,
      ProjectTables tables,
      Triage triage) {
    this.template = template;
    this.frames = frames;
    this.access = access;
    this.facts = facts;
    this.tables = tables;
    this.triage = triage;
  }

  /**
   * The failures of a project. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param failures the table
   */
  public record Failures(Frame frame, Project project, Listed failures) {}

  /**
   * Failures that are one. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param cluster what they have in common
   * @param owner who looks after it; empty for nobody
   * @param mayOwn whether the member may say who does
   * @param alike others that say nearly the same
   * @param failures the table of each
   */
  public record Failure(
      Frame frame,
      Project project,
      ClusterLine cluster,
      String owner,
      boolean mayOwn,
      List<ClusterLine> alike,
      Listed failures) {}

  @GetMapping
  ResponseEntity<String> failures(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam @Nullable String format) {
    Project project = access.project(who, name, Role.VIEWER);
    Table table = tables.failures(project);
    ResponseEntity<String> file = Listed.file(format, table);
    return file != null
        ? file
        : template.page(
            "failures",
            new Failures(
                frames.of(project, "Failures", project.title() + ": failures", who, token),
                project,
                Listed.of(table, "/projects/" + name + "/failures")));
  }

  @GetMapping("/{fingerprint}")
  ResponseEntity<String> failure(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @PathVariable String fingerprint,
      @RequestParam @Nullable String format) {
    Project project = access.project(who, name, Role.VIEWER);
    Facts known = facts.of(project);
    ClusterLine cluster =
        known.cluster(fingerprint).stream()
            .findFirst()
            .orElseThrow(() ->
                new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no such failure"));
    Table table = tables.failures(project, fingerprint);
    ResponseEntity<String> file = Listed.file(format, table);
    return file != null
        ? file
        : template.page(
            "failure",
            new Failure(
                frames.of(project, "Failures", cluster.title(), who, token),
                project,
                cluster,
                triage.owners(name).getOrDefault(fingerprint, ""),
                access.may(who, name, Role.DEVELOPER),
                alike(cluster, known.clusters()),
                Listed.of(table, "/projects/" + name + "/failures/" + fingerprint)));
  }

  @PostMapping("/{fingerprint}/owner")
  ResponseEntity<String> own(
      Authentication who,
      @PathVariable String name,
      @PathVariable String fingerprint,
      @RequestParam(defaultValue = "") String owner) {
    Project project = access.project(who, name, Role.DEVELOPER);
    if (!fingerprint.matches("[0-9a-f]{16}")) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no such failure");
    }
    triage.own(project.name(), fingerprint, owner, who.getName());
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .header("Location", "/projects/" + name + "/failures/" + fingerprint)
        .build();
  }

  /** Those of which many words are the same (Jaccard), the most alike first. */
  private static List<ClusterLine> alike(ClusterLine cluster, List<ClusterLine> all) {
    Set<String> words = words(cluster.title());
    record Near(double share, ClusterLine line) {}
    return all.stream()
        .filter(other -> !other.fingerprint().equals(cluster.fingerprint()))
        .map(other -> new Near(share(words, words(other.title())), other))
        .filter(near -> near.share() >= ALIKE)
        .sorted(Comparator.comparingDouble(Near::share).reversed())
        .limit(MOST_ALIKE)
        .map(Near::line)
        .toList();
  }

  private static Set<String> words(String title) {
    return new HashSet<>(
        Arrays.asList(title.toLowerCase(Locale.ROOT).replaceAll("\\d+", "0").split("\\W+")));
  }

  private static double share(Set<String> one, Set<String> other) {
    Set<String> all = new HashSet<>(one);
    all.addAll(other);
    Set<String> both = new HashSet<>(one);
    both.retainAll(other);
    return all.isEmpty() ? 0 : (double) both.size() / all.size();
  }
}
