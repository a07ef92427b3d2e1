package dev.assay.server.observe;

import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectList;
import org.springframework.stereotype.Component;

/** Archives projects and brings them back, with what is observed in them. Thread-safe. */
@Component
public final class Archive {

  private final ProjectList projects;
  private final Watchrooms rooms;

  /** Made by Spring. */
  Archive(ProjectList projects, Watchrooms rooms) {
    this.projects = projects;
    this.rooms = rooms;
  }

  /** Nobody is told of its alerts, and it takes no new runs. */
  public void put(Project project) {
    projects.archive(project.name(), true);
  }

  /** It is as before; monitors first, so that none is found silent in between. */
  public void bringBack(Project project) {
    if (project.archived() != null) {
      rooms.of(project.name()).returned(rooms.now());
    }
    projects.archive(project.name(), false);
  }
}
