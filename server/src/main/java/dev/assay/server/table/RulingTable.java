package dev.assay.server.table;

import dev.assay.api.spi.Clock;
import dev.assay.core.passport.Ruled;
import dev.assay.core.passport.Ruling;
import dev.assay.core.passport.Withdrawal;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.project.Project;
import dev.assay.server.ruling.RulingPage;
import dev.assay.server.ruling.Rulings;
import dev.assay.server.ruling.RunRulings.Kept;
import dev.assay.server.table.Table.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What people decided on runs, as a table. Thread-safe. */
@Component
public final class RulingTable {

  private final Rulings rulings;
  private final AuditLog audit;
  private final Clock clock;

  /** Made by Spring. */
  RulingTable(Rulings rulings, AuditLog audit, Clock clock) {
    this.rulings = rulings;
    this.audit = audit;
    this.clock = clock;
  }

  /** That of a run, the newest first. */
  public Table of(Project project, String run) {
    return of(project, rulings.of(project.name(), run).kept(), null);
  }

  /** Those that are wanted of all runs of a project, the newest first. */
  public Table of(Project project, RulingPage page) {
    return of(project, page.kept(), page.next());
  }

  private Table of(Project project, List<Kept> all, @Nullable String next) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Kept kept : all) {
      rows.add(row(project, kept.ruled()));
    }
    return new Table(
        "rulings",
        "What people decided, the newest first",
        List.of(
            Column.aside("ruling", "Id"),
            Column.of("kind", "What"),
            Column.of("state", "State"),
            Column.of("run", "Run"),
            Column.of("decision", "Verdict"),
            Column.aside("verdict", "Digest of the verdict"),
            Column.of("environment", "For"),
            Column.of("author", "Who"),
            Column.of("reason", "Why"),
            Column.of("made", "When"),
            Column.of("end", "Until"),
            Column.of("withdrawnBy", "Withdrawn by"),
            Column.of("withdrawnBecause", "Because"),
            Column.of("withdrawn", "Withdrawn")),
        rows,
        next);
  }

  private List<Cell> row(Project project, Ruled ruled) {
    Ruling ruling = ruled.ruling();
    Withdrawal gone = ruled.withdrawal();
    Ruled.State state = ruled.state(clock.now());
    return List.of(
        Cell.code(ruling.id(), ruling.id()),
        Cell.text(ruling.kind().label()),
        Cell.badge(state.word(), state == Ruled.State.HOLDS ? "live" : "waiting"),
        Cell.code(ruling.run().id(), ruling.run().id())
            .to(ProjectTables.run(project, ruling.run().id()) + "#people"),
        Cell.decision(ruling.run().decision()),
        Cell.code(ruling.run().verdict(), ruling.run().verdict()),
        Cell.text(ruling.environment()),
        Cell.text(audit.shown(ruling.author())),
        Cell.text(ruling.reason()),
        Cell.time(ruling.made()),
        Cell.time(ruling.end()),
        Cell.text(gone == null ? null : audit.shown(gone.author())),
        Cell.text(gone == null ? null : gone.reason()),
        gone == null ? Cell.text(null) : Cell.time(gone.made()));
  }
}
