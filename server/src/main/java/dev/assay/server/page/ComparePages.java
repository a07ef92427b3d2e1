package dev.assay.server.page;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.core.compare.ComparedRuns;
import dev.assay.core.report.ComparisonJson;
import dev.assay.core.report.page.Fragments;
import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.facts.ComparedSides;
import dev.assay.server.project.Began;
import dev.assay.server.project.Project;
import dev.assay.server.project.Projects;
import dev.assay.stats.compare.Comparison.Answer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Two runs beside each other, with the same judgement as {@code assay compare}. */
@RestController
public class ComparePages {

  private static final int CHOICE = 100;

  private final Template template;
  private final Frames frames;
  private final Access access;
  private final Projects projects;
  private final ComparedSides sides;

  /** Made by Spring. */
  ComparePages(
      Template template, Frames frames, Access access, Projects projects, ComparedSides sides) {
    this.template = template;
    this.frames = frames;
    this.access = access;
    this.projects = projects;
    this.sides = sides;
  }

  /**
   * A comparison. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param choice runs to choose from
   * @param candidate the run; empty where none is chosen
   * @param baseline the run to compare it with
   * @param word what is answered; empty where nothing was compared
   * @param tone of that
   * @param sentence why
   * @param result check by check, as a part of a report
   */
  public record Compared(
      Frame frame,
      Project project,
      List<RunLine> choice,
      String candidate,
      String baseline,
      String word,
      String tone,
      String sentence,
      String result) {}

  @GetMapping("/projects/{name}/compare")
  ResponseEntity<String> compare(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String run,
      @RequestParam(defaultValue = "") String with,
      @RequestParam @Nullable String format) {
    Project project = access.project(who, name, Role.VIEWER);
    List<RunSummary> ended =
        projects.runs(project).newestFirst(Began.RUNS).stream()
            .filter(each -> each.closed() != null)
            .toList();
    List<RunLine> choice =
        ended.stream().limit(CHOICE).map(each -> RunLine.of(each, null)).toList();
    String candidate = run.isEmpty() && !ended.isEmpty() ? ended.getFirst().id() : run;
    String baseline = with.isEmpty() ? before(ended, candidate) : with;
    String word = "";
    String tone = "open";
    String sentence = "";
    String result = "";
    if (!with.isEmpty()) {
      ComparedRuns compared = sides.of(project, ids(candidate), ids(baseline));
      ResponseEntity<String> file = file(format, compared);
      if (file != null) {
        return file;
      }
      word = ComparedRuns.word(compared.answer());
      tone = tone(compared.answer());
      sentence = compared.sentence();
      result = Fragments.comparison(compared);
    }
    return template.page(
        "compare",
        new Compared(
            frames.of(project, "Runs", project.title() + ": comparison", who, token),
            project,
            choice,
            candidate,
            baseline,
            word,
            tone,
            sentence,
            result));
  }

  /** The metrics as CSV, or all that was compared as JSON. */
  private static @Nullable ResponseEntity<String> file(
      @Nullable String format, ComparedRuns compared) {
    return "json".equals(format)
        ? Listed.json("comparison", ComparisonJson.json(compared))
        : Listed.file(format, () -> ComparedTable.of(compared));
  }

  private static List<String> ids(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(id -> !id.isEmpty()).toList();
  }

  /** The run before, of the same environment where there is one. */
  private static String before(List<RunSummary> ended, String candidate) {
    RunSummary run =
        ended.stream().filter(each -> each.id().equals(candidate)).findFirst().orElse(null);
    if (run == null) {
      return "";
    }
    List<RunSummary> earlier = ended.subList(ended.indexOf(run) + 1, ended.size());
    return earlier.stream()
        .filter(each -> each.subject().environment().equals(run.subject().environment()))
        .findFirst()
        .or(() -> earlier.stream().findFirst())
        .map(RunSummary::id)
        .orElse("");
  }

  private static String tone(Answer answer) {
    return switch (answer) {
      case WORSE -> "fail";
      case BETTER, NOT_WORSE -> "pass";
      case INCONCLUSIVE -> "open";
    };
  }
}
