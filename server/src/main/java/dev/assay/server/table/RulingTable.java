package dev.assay.server.table;

import dev.assay.api.spi.Clock;
import dev.assay.core.passport.Ruled;
import dev.assay.core.passport.Ruling;
import dev.assay.core.passport.Withdrawal;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.project.Project;
import dev.assay.server.ruling.Rulings;
import dev.assay.server.ruling.RunRulings.Kept;
import dev.assay.server.table.Table.Column;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What people decided on a run, as a table. Thread-safe. */
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
    List<List<Cell>> rows = new ArrayList<>();
    for (Kept kept : rulings.of(project.name(), run).kept()) {
      rows.add(row(kept.ruled()));
    }
    return new Table(
        "rulings",
        "What people decided, the newest first",
        List.of(
            Column.of("ruling", "Id"),
            Column.of("kind", "What"),
            Column.of("state", "State"),
            Column.of("run", "Run"),
            Column.of("decision", "Verdict"),
            Column.of("verdict", "Digest of the verdict"),
            Column.of("environment", "For"),
            Column.of("author", "Who"),
            Column.of("reason", "Why"),
            Column.of("made", "When"),
            Column.of("end", "Until"),
            Column.of("withdrawnBy", "Withdrawn by"),
            Column.of("withdrawnBecause", "Because"),
            Column.of("withdrawn", "Withdrawn")),
        rows,
        null);
  }

  private List<Cell> row(Ruled ruled) {
    Ruling ruling = ruled.ruling();
    Withdrawal gone = ruled.withdrawal();
    return List.of(
        Cell.code(ruling.id(), ruling.id()),
        Cell.text(ruling.kind().label()),
        Cell.text(ruled.state(clock.now()).word()),
        Cell.code(ruling.run().id(), ruling.run().id()),
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
