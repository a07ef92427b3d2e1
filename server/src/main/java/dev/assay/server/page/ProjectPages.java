package dev.assay.server.page;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.verdict.Decision;
import dev.assay.server.account.Access;
import dev.assay.server.account.Members;
import dev.assay.server.account.Role;
import dev.assay.server.facts.ProjectFacts;
import dev.assay.server.project.Began;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import dev.assay.server.project.RunFilter;
import dev.assay.server.project.RunPage;
import dev.assay.server.project.RunState;
import dev.assay.server.table.ProjectTables;
import dev.assay.server.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

/** Projects and their runs. */
@RestController
public class ProjectPages {

  private static final int RUNS = 50;

  private final Template template;
  private final Frames frames;
  private final Projects projects;
  private final Members members;
  private final Access access;
  private final ProjectFacts facts;
  private final ProjectTables tables;

  /** Made by Spring. */
  ProjectPages(
      Template template,
      Frames frames,
      Projects projects,
      Members members,
      Access access,
      ProjectFacts facts,
      ProjectTables tables) {
    this.template = template;
    this.frames = frames;
    this.projects = projects;
    this.members = members;
    this.access = access;
    this.facts = facts;
    this.tables = tables;
  }

  /**
   * The projects of a member. Immutable.
   *
   * @param frame around it
   * @param cards one for each
   * @param archived whether these are the archived ones
   * @param others how many the other ones are
   * @param owner whether the member may make another
   * @param wrong what was wrong with one that was to be made; null for nothing
   */
  public record Home(
      Frame frame,
      List<Card> cards,
      boolean archived,
      int others,
      boolean owner,
      @Nullable String wrong) {}

  /**
   * A project in a list. Immutable.
   *
   * @param project the project
   * @param latest its newest run; null where there is none
   * @param runs how many it has
   */
  public record Card(Project project, @Nullable RunLine latest, int runs) {}

  /**
   * The runs of a project. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param runs the table
   * @param all how many there are
   * @param asked what was asked for, by name; each is there
   * @param branches what there is to choose from
   * @param environments likewise
   */
  public record Runs(
      Frame frame,
      Project project,
      Listed runs,
      int all,
      Map<String, String> asked,
      List<String> branches,
      List<String> environments) {

    /** What there is to choose from. */
    public static final List<String> DECISIONS = List.of("pass", "fail", "inconclusive", "not run");

    /** How far runs may be. */
    public static final List<String> STATES =
        Stream.of(RunState.values()).map(RunState::word).toList();

    /** How the list says that. */
    public static final Map<String, String> WORDS =
        Map.of(
            "pass", "Ship (pass)",
            "fail", "Hold (fail)",
            "inconclusive", "Undecided (inconclusive)",
            "not run", "Undecided (not run)");

    /** What was asked for, empty for nothing. */
    public String asked(String name) {
      return asked.getOrDefault(name, "");
    }
  }

  @GetMapping("/")
  ResponseEntity<String> home(
      Authentication who, CsrfToken token, @RequestParam(defaultValue = "false") boolean archived) {
    return home(200, who, token, archived, null);
  }

  private ResponseEntity<String> home(
      int status, Authentication who, CsrfToken token, boolean archived, @Nullable String wrong) {
    List<Card> cards = new ArrayList<>();
    List<Project> all = projects.list().of(who.getName());
    for (Project project : all) {
      if ((project.archived() != null) != archived) {
        continue;
      }
      ProjectRuns runs = projects.runs(project);
      RunPage page = runs.page(new RunFilter(null, null, null, null, 1));
      RunSummary latest = page.runs().isEmpty() ? null : page.runs().getFirst();
      cards.add(
          new Card(
              project,
              latest == null ? null : RunLine.of(latest, runs.silentSince(latest.id())),
              page.all()));
    }
    boolean owner =
        who.getAuthorities().stream().anyMatch(held -> "OWNER".equals(held.getAuthority()));
    return template.page(
        status,
        "home",
        new Home(
            frames.plain(archived ? "Archived projects" : "Projects", who, token),
            cards,
            archived,
            all.size() - cards.size(),
            owner,
            wrong));
  }

  @PostMapping("/projects/new")
  ResponseEntity<String> make(
      Authentication who, CsrfToken token, @RequestParam String name, @RequestParam String title) {
    String wrong = projects.list().make(name, title);
    if (wrong != null) {
      return home(422, who, token, false, wrong);
    }
    members.grant(who.getName(), name, Role.ADMIN);
    return to("/projects/" + name + "/settings");
  }

  @GetMapping("/projects/{name}")
  ResponseEntity<String> runs(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String branch,
      @RequestParam(defaultValue = "") String environment,
      @RequestParam(defaultValue = "") String decision,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String stage,
      @RequestParam(defaultValue = "") String began,
      @RequestParam @Nullable String before,
      @RequestParam @Nullable String format) {
    Project project = access.project(who, name, Role.VIEWER);
    int limit = format == null ? RUNS : Listed.EXPORTED;
    Table table =
        tables.runs(
            project,
            new RunFilter(
                text,
                branch,
                environment,
                decided(decision),
                RunState.of(state),
                Began.of(began),
                facts.stoppedIn(project, stage),
                before,
                limit));
    ResponseEntity<String> file = Listed.file(format, table);
    if (file != null) {
      return file;
    }
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("text", text);
    asked.put("branch", branch);
    asked.put("environment", environment);
    asked.put("decision", decision);
    asked.put("state", state);
    asked.put("stage", stage);
    asked.put("began", Began.of(began) == Began.RUNS ? "" : began);
    ProjectRuns runs = projects.runs(project);
    return template.page(
        "runs",
        new Runs(
            frames.of(project, "Runs", project.title(), who, token),
            project,
            Listed.of(table.withoutBlank(ProjectTables.PEOPLE), "/projects/" + name, asked, ""),
            runs.count(),
            asked,
            runs.branches(),
            runs.environments()));
  }

  private static @Nullable Decision decided(String word) {
    for (Decision decision : Decision.values()) {
      if (decision.word().equals(word)) {
        return decision;
      }
    }
    return null;
  }

  private static ResponseEntity<String> to(String place) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).header("Location", place).build();
  }
}
