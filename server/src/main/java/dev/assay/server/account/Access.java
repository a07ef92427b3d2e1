package dev.assay.server.account;

import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.project.ArchivedException;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    return projects.runs(project(who, project, scope));
  }

  /**
   * The runs of a project for a program that sends one.
   *
   * @param run its id; null for one that nobody knows yet
   * @throws ArchivedException if the project takes no new ones
   */
  public ProjectRuns sent(Authentication who, String project, @Nullable String run)
      throws ArchivedException {
    return projects.taking(project(who, project, Scope.INGEST), run);
  }

  /** A project for a program with a key of that scope, which is of the project or of the server. */
  public Project project(Authentication who, String project, Scope scope) {
    ProgramKey key =
        switch (who.getPrincipal()) {
          case ServerKey all -> all;
          case ProjectKey own when own.project().equals(project) -> own;
          case null, default -> throw missing();
        };
    has(key, scope);
    return project(project);
  }

  /** Lets a program pass that has a key of the whole server with that scope. */
  public void server(Authentication who, Scope scope) {
    if (!(who.getPrincipal() instanceof ServerKey key)) {
      throw new AccessDeniedException(
          "this concerns the whole server, and the key is one of a project");
    }
    has(key, scope);
  }

  private static void has(ProgramKey key, Scope scope) {
    if (!key.scopes().contains(scope)) {
      throw new AccessDeniedException("the key has not the scope '" + scope.label() + "'");
    }
  }

  /** What somebody may do in a project, and give to a program therefore. */
  Set<Scope> scopes(Authentication who, String project) {
    return switch (who.getPrincipal()) {
      case ServerKey all -> all.scopes();
      case ProjectKey own -> own.project().equals(project) ? own.scopes() : Set.of();
      case null, default ->
          members.role(who.getName(), project).map(Scope::of).orElse(EnumSet.noneOf(Scope.class));
    };
  }

  /** What somebody is called where what they did is shown. */
  public static String author(Authentication who) {
    return who.getPrincipal() instanceof ProgramKey key ? "key " + key.name() : who.getName();
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

  /** What one log-in of a member has in common wherever it is used. */
  public static String logIn(Authentication who) {
    return who.getPrincipal() instanceof LoggedIn in
        ? who.getName() + "\n" + in.generation()
        : who.getName();
  }

  /** Whether somebody who was let in may look at a project still, by this log-in. */
  public boolean mayStill(Authentication who, String project) {
    boolean good =
        !(who.getPrincipal() instanceof LoggedIn in)
            || members
                .generation(who.getName())
                .filter(last -> last == in.generation())
                .isPresent();
    return good && may(who, project, Role.VIEWER);
  }

  private static ResponseStatusException missing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no such project");
  }
}
