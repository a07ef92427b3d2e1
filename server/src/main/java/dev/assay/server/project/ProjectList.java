package dev.assay.server.project;

import dev.assay.api.spi.Clock;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.audit.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which projects there are. Thread-safe. */
public final class ProjectList {

  /** What a project may be called: it stands in addresses, and names a folder. */
  public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private static final String WRONG_TITLE = "A title has 1 to 100 characters.";

  private final JdbcClient accounts;
  private final AuditLog audit;
  private final Clock clock;

  /** Those of a database. */
  public ProjectList(JdbcClient accounts, AuditLog audit, Clock clock) {
    this.accounts = accounts;
    this.audit = audit;
    this.clock = clock;
  }

  /** Those that a member has a role in, by name; all for an owner. */
  public List<Project> of(String member) {
    return accounts
        .sql(
            "SELECT name, title, created, archived FROM project WHERE EXISTS (SELECT 1 FROM member"
                + " WHERE member.name = ? AND owner = 1) OR EXISTS (SELECT 1 FROM role WHERE"
                + " role.project = project.name AND role.member = ?) ORDER BY name")
        .params(member, member)
        .query(ProjectList::project)
        .list();
  }

  /** All of them, by name. */
  public List<Project> all() {
    return accounts
        .sql("SELECT name, title, created, archived FROM project ORDER BY name")
        .query(ProjectList::project)
        .list();
  }

  /** The project of that name. */
  public Optional<Project> find(String name) {
    return accounts
        .sql("SELECT name, title, created, archived FROM project WHERE name = ?")
        .param(name)
        .query(ProjectList::project)
        .optional();
  }

  private static Project project(ResultSet rows, int row) throws SQLException {
    long archived = rows.getLong(4);
    Instant since = rows.wasNull() ? null : Instant.ofEpochMilli(archived);
    return new Project(
        rows.getString(1), rows.getString(2), Instant.ofEpochMilli(rows.getLong(3)), since);
  }

  /** How many there are. */
  public long count() {
    return accounts
        .sql("SELECT count(*) FROM project")
        .query((rows, _) -> rows.getLong(1))
        .single();
  }

  /** Makes one; returns what is wrong with the name or the title, or null. */
  public @Nullable String make(String name, String title) {
    if (!NAME.matcher(name).matches()) {
      return "A project's name has 1 to 63 small letters, digits and dashes, and begins with a"
          + " letter or digit.";
    }
    if (wrongTitle(title)) {
      return WRONG_TITLE;
    }
    return audit.recorded(() -> {
      int made =
          accounts
              .sql(
                  "INSERT INTO project (name, title, created) VALUES (?, ?, ?) ON CONFLICT DO"
                      + " NOTHING")
              .params(name, title.strip(), clock.now().toEpochMilli())
              .update();
      if (made == 0) {
        return "There is a project of this name.";
      }
      audit.note("project.made", name, Target.thing(name), Map.of());
      return null;
    });
  }

  private static boolean wrongTitle(String title) {
    return title.isBlank() || title.length() > 100;
  }

  /** Changes what people call a project; returns what is wrong with the title, or null. */
  public @Nullable String retitle(String name, String title) {
    if (wrongTitle(title)) {
      return WRONG_TITLE;
    }
    return audit.recorded(() -> {
      int changed =
          accounts
              .sql("UPDATE project SET title = ? WHERE name = ?")
              .params(title.strip(), name)
              .update();
      if (changed == 0) {
        return "There is no such project.";
      }
      audit.note("project.renamed", name, Target.thing(name), Map.of("title", title.strip()));
      return null;
    });
  }

  /** The names of those that are archived. */
  public Set<String> archived() {
    return new HashSet<>(
        accounts
            .sql("SELECT name FROM project WHERE archived IS NOT NULL")
            .query(String.class)
            .list());
  }

  /** Archives a project, or brings it back; what is so already stays as it is. */
  public void archive(String name, boolean archive) {
    boolean _ =
        audit.recorded(() -> {
          int changed =
              archive
                  ? accounts
                      .sql("UPDATE project SET archived = ? WHERE name = ? AND archived IS NULL")
                      .params(clock.now().toEpochMilli(), name)
                      .update()
                  : accounts
                      .sql(
                          "UPDATE project SET archived = NULL WHERE name = ? AND archived IS NOT"
                              + " NULL")
                      .param(name)
                      .update();
          if (changed == 1) {
            String action = archive ? "project.archived" : "project.returned";
            audit.note(action, name, Target.thing(name), Map.of());
          }
          return changed == 1;
        });
  }
}
