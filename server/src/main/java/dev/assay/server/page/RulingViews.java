package dev.assay.server.page;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.spi.Clock;
import dev.assay.api.verdict.Decision;
import dev.assay.core.passport.Ruled;
import dev.assay.core.passport.Ruling;
import dev.assay.core.passport.Standing;
import dev.assay.core.passport.Withdrawal;
import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.project.Project;
import dev.assay.server.ruling.RulingChip;
import dev.assay.server.ruling.RulingRule;
import dev.assay.server.ruling.Rulings;
import dev.assay.server.ruling.RunRulings;
import dev.assay.server.ruling.RunRulings.Kept;
import dev.assay.server.table.Cell;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Shows what people decided on a run. Thread-safe. */
@Component
public final class RulingViews {

  private final Rulings rulings;
  private final AuditLog audit;
  private final Access access;
  private final Clock clock;

  /** Made by Spring. */
  RulingViews(Rulings rulings, AuditLog audit, Access access, Clock clock) {
    this.rulings = rulings;
    this.audit = audit;
    this.access = access;
    this.clock = clock;
  }

  /**
   * What somebody tried to decide and was refused, to be mended. Immutable.
   *
   * @param wrong what is wrong; null for nothing
   * @param reason what they wrote
   * @param environment likewise
   */
  public record Tried(@Nullable String wrong, String reason, String environment) {

    /** Nobody tried anything. */
    public static final Tried NOTHING = new Tried(null, "", "");
  }

  /**
   * One decision. Immutable.
   *
   * @param id its id
   * @param what approved or overridden, and for which environment
   * @param state whether it holds
   * @param tone the colour of that
   * @param who who decided
   * @param reason why; empty for none
   * @param made when
   * @param end until when
   * @param gone who withdrew it, and why; empty where nobody did
   * @param holds whether it may be withdrawn
   */
  public record Line(
      String id,
      String what,
      String state,
      String tone,
      String who,
      String reason,
      String made,
      String end,
      String gone,
      boolean holds) {}

  /**
   * The part of a page. Immutable.
   *
   * @param chip what stands beside the verdict; null for nothing
   * @param lines one for each, the newest first
   * @param refused how many are not signed by the server
   * @param sentence how it stands
   * @param passed whether the verdict is PASS
   * @param verdict the verdict as a word
   * @param operator whether the member may decide
   * @param rule what the project asks
   * @param tried what was refused
   */
  public record People(
      @Nullable RulingChip chip,
      List<Line> lines,
      int refused,
      String sentence,
      boolean passed,
      String verdict,
      boolean operator,
      RulingRule rule,
      Tried tried) {}

  /** Of a run that is over. */
  People of(Authentication who, Project project, RunSummary run, Tried tried) {
    Instant now = clock.now();
    RunRulings found = rulings.of(project.name(), run.id());
    boolean passed = run.decision() == Decision.PASS;
    return new People(
        RulingChip.of(found, run.decision(), now),
        found.kept().stream().map(kept -> line(kept, now)).toList(),
        found.refused(),
        sentence(found, run.decision(), now),
        passed,
        run.decision().word(),
        access.may(who, project.name(), Role.OPERATOR),
        rulings.rule(project.name()),
        tried);
  }

  private Line line(Kept kept, Instant now) {
    Ruled ruled = kept.ruled();
    Ruling ruling = ruled.ruling();
    Withdrawal gone = ruled.withdrawal();
    Ruled.State state = ruled.state(now);
    return new Line(
        kept.id(),
        ruling.kind().done() + (ruling.environment() == null ? "" : " for " + ruling.environment()),
        state == Ruled.State.HOLDS ? "holds" : state.word(),
        state == Ruled.State.HOLDS ? "live" : "waiting",
        audit.shown(ruling.author()),
        ruling.reason(),
        Cell.time(ruling.made()).text(),
        Cell.time(ruling.end()).text(),
        gone == null ? "" : audit.shown(gone.author()) + ": " + gone.reason(),
        state == Ruled.State.HOLDS);
  }

  private static String sentence(RunRulings found, Decision decision, Instant now) {
    boolean passed = decision == Decision.PASS;
    Standing standing = found.standing(passed ? Ruling.Kind.APPROVAL : Ruling.Kind.OVERRIDE, now);
    if (standing.reached()) {
      return passed
          ? "It passed, and may go on."
          : "The verdict stays " + decision.word() + ", and the release may go on all the same.";
    }
    int missing = standing.needed() - standing.counting().size();
    String people = missing == 1 ? "one person" : missing + " people";
    boolean begun = !standing.counting().isEmpty();
    return passed
        ? (begun ? "It takes " + people + " more to approve it." : "Nobody approves it now.")
        : begun
            ? "It takes " + people + " more to override it."
            : "Nobody overrides it now; a release does not go on.";
  }
}
