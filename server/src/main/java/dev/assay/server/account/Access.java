package dev.assay.server.account;

import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * What somebody may do in a project. A project that is none of theirs is answered as one that does
 * not exist, so that nobody learns of others' projects. Thread-safe.
 */
@Component
public final class Access {

  private final Projects projects;
  private final Members members;

  /** To those projects. */
  public Access(Projects projects, Members members) {
    this.projects = projects;
    this.members = members;
  }

  /** The runs of a project for a program with a key of that scope. */
  public ProjectRuns runs(Authentication who, String project, Scope scope) {
    if (!(who.getPrincipal() instanceof ProjectKey key) || !key.project().equals(project)) {
      throw missing();
    }
    if (!key.scopes().contains(scope)) {
      throw new AccessDeniedException("the key has not the scope '" + scope.label() + "'");
    }
    return projects.runs(projects.list().find(project).orElseThrow(Access::missing));
  }

  /** A project that somebody was let into already. */
  public Project project(String project) {
    return projects.list().find(project).orElseThrow(Access::missing);
  }

  /** A project for a member who has at least that role in it. */
  public Project project(Authentication who, String project, Role least) {
    Role role = members.role(who.getName(), project).orElseThrow(Access::missing);
    if (!role.atLeast(least)) {
      throw new AccessDeniedException("this takes the role " + least);
    }
    return projects.list().find(project).orElseThrow(Access::missing);
  }

  /** Whether a member has at least that role in a project. */
  public boolean may(Authentication who, String project, Role least) {
    return members.role(who.getName(), project).filter(role -> role.atLeast(least)).isPresent();
  }

  private static ResponseStatusException missing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no such project");
  }
}
