package dev.assay.server;

import dev.assay.api.spi.Clock;
import dev.assay.server.audit.Actor;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.database.ServerDatabase;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectList;
import dev.assay.server.project.Projects;
import java.net.InetAddress;
import java.nio.file.Path;

/** Accounts and projects without the server around them, for tests of one room. */
public final class ServerRooms implements AutoCloseable {

  private final ServerDatabase database;
  private final Projects projects;

  /** In a folder that is empty. */
  public ServerRooms(Path folder, Clock clock) {
    database = AccountDatabase.file(folder);
    AuditLog audit = new AuditLog(database, () -> "00", () -> Actor.program("a test", null), clock);
    projects =
        Projects.open(
            new ProjectList(database.statements(), audit, clock),
            database,
            new ServerOptions(folder, InetAddress.getLoopbackAddress(), 0, null, null),
            clock);
  }

  /** All of them. */
  public Projects projects() {
    return projects;
  }

  /** A new one. */
  public Project project(String name) {
    String wrong = projects.list().make(name, name);
    if (wrong != null) {
      throw new AssertionError(wrong);
    }
    return projects.list().find(name).orElseThrow();
  }

  @Override
  public void close() {
    projects.close();
    database.close();
  }
}
