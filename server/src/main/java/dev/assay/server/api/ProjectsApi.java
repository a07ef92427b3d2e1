package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.observe.Archive;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import dev.assay.server.project.RunFilter;
import dev.assay.server.project.RunPage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
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

/** Which projects there are. */
@RestController
@RequestMapping(path = "/api/v1/projects", produces = MediaType.APPLICATION_JSON_VALUE)
class ProjectsApi {

  private static final String MEND = "send a name such as shop, and a title for people";

  private final Access access;
  private final Projects projects;
  private final Archive archive;

  ProjectsApi(Access access, Projects projects, Archive archive) {
    this.access = access;
    this.projects = projects;
    this.archive = archive;
  }

  /** All of them, or all that are archived, each with its newest run. */
  @GetMapping
  String list(Authentication who, @RequestParam(defaultValue = "false") boolean archived) {
    access.server(who, Scope.READ);
    return Answers.json(
        Json.object()
            .put(
                "projects",
                Json.array(
                    projects.list().all().stream()
                        .filter(each -> (each.archived() != null) == archived)
                        .map(this::json)
                        .toList()))
            .build());
  }

  private Json.Obj json(Project project) {
    ProjectRuns runs = projects.runs(project);
    RunPage newest = runs.page(new RunFilter(null, null, null, null, 1));
    Json.Builder json =
        Json.object()
            .put("project", project.name())
            .put("title", project.title())
            .put("created", project.created().toString())
            .put("runs", newest.all());
    Instant archived = project.archived();
    if (archived != null) {
      json.put("archived", archived.toString());
    }
    if (!newest.runs().isEmpty()) {
      json.put("latest", RunsApi.summary(runs, newest.runs().getFirst()));
    }
    return json.build();
  }

  @GetMapping("/{project}")
  String one(Authentication who, @PathVariable String project) {
    return Answers.json(json(access.project(who, project, Scope.READ)));
  }

  /** Makes one; whoever shall see it is given a role in it next, or a key. */
  @PostMapping(consumes = MediaType.ALL_VALUE)
  ResponseEntity<String> make(Authentication who, InputStream body)
      throws IOException, BadBodyException, RefusedException {
    access.server(who, Scope.ADMIN);
    JsonBody wanted = JsonBody.read(body, "project", "title");
    String name = wanted.text("project");
    refused(projects.list().make(name, wanted.text("title", name)));
    return Answers.made(json(access.project(name)));
  }

  /** Changes what people call it, its name stays; archives it, or brings it back. */
  @PutMapping(path = "/{project}", consumes = MediaType.ALL_VALUE)
  String change(Authentication who, @PathVariable String project, InputStream body)
      throws IOException, BadBodyException, RefusedException {
    Project changed = access.project(who, project, Scope.ADMIN);
    JsonBody wanted = JsonBody.read(body, "title", "archived");
    Boolean archived = wanted.flag("archived");
    String title = archived == null ? wanted.text("title") : wanted.text("title", "");
    if (archived == null || !title.isEmpty()) {
      refused(projects.list().retitle(project, title));
    }
    if (archived != null && archived) {
      archive.put(changed);
    } else if (archived != null) {
      archive.bringBack(changed);
    }
    return Answers.json(json(access.project(project)));
  }

  private static void refused(@Nullable String wrong) throws RefusedException {
    if (wrong != null) {
      throw new RefusedException(wrong, MEND);
    }
  }
}
