package dev.assay.server.ruling;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.spi.Clock;
import dev.assay.api.verdict.Decision;
import dev.assay.core.passport.JudgedRun;
import dev.assay.core.passport.Ruled;
import dev.assay.core.passport.Ruling;
import dev.assay.core.passport.Withdrawal;
import dev.assay.core.report.Words;
import dev.assay.server.account.Secrets;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.audit.Target;
import dev.assay.server.database.ServerDatabase;
import dev.assay.server.hook.Hooks;
import dev.assay.server.project.Project;
import dev.assay.server.project.Projects;
import dev.assay.server.ruling.RunRulings.Kept;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What people decide on runs: makes, withdraws and finds it. What is done and its entry in the
 * audit log are one transaction. Thread-safe.
 */
@Component
public final class Rulings {

  /** The label of a run that says who began it, where whoever sent it says so. */
  public static final String STARTER = "started-by";

  private static final int MOST = 100;
  private static final int ID_BYTES = 8;
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private final RulingStore store;
  private final SigningKey key;
  private final Projects projects;
  private final AuditLog audit;
  private final Secrets secrets;
  private final Hooks hooks;
  private final Clock clock;

  /** Made by Spring. */
  Rulings(
      ServerDatabase database,
      SigningKey key,
      Projects projects,
      AuditLog audit,
      Secrets secrets,
      Hooks hooks,
      Clock clock) {
    this.store = new RulingStore(database);
    this.key = key;
    this.projects = projects;
    this.audit = audit;
    this.secrets = secrets;
    this.hooks = hooks;
    this.clock = clock;
  }

  /**
   * What somebody wants to decide. Immutable.
   *
   * @param kind which of the two
   * @param reason why; blank for none
   * @param environment the only one that it is for; blank for any
   * @param end from when it holds no longer; null for the longest that the project allows
   */
  public record Wanted(
      Ruling.Kind kind, String reason, String environment, @Nullable Instant end) {}

  /** What became of it. */
  public sealed interface Result {}

  /**
   * It is there.
   *
   * @param kept as it is kept
   */
  public record Done(Kept kept) implements Result {}

  /**
   * It is not.
   *
   * @param wrong what is wrong, as a sentence that says how to mend it
   */
  public record Refused(String wrong) implements Result {}

  /** What a project asks of them. */
  public RulingRule rule(String project) {
    return store.rule(project);
  }

  /** Changes what a project asks of them; what was decided stays as it was signed. */
  public void rule(String project, RulingRule rule) {
    String wrong = rule.wrong();
    if (wrong != null) {
      throw new IllegalArgumentException(wrong);
    }
    audit.recorded(() -> {
      store.rule(project, rule);
      audit.note(
          "ruling.rule",
          project,
          Target.thing("approvals and overrides"),
          Map.of(
              "people",
              String.valueOf(rule.needed()),
              "override days",
              String.valueOf(rule.overrideDays()),
              "approval days",
              String.valueOf(rule.approvalDays())));
      return rule;
    });
  }

  /** What was decided on a run. */
  public RunRulings of(String project, String run) {
    return read(project, run, store.rule(project).needed());
  }

  private RunRulings read(String project, String run, int needed) {
    List<Kept> kept = new ArrayList<>();
    int refused = 0;
    List<RulingStore.Row> rows = store.of(project, run);
    for (RulingStore.Row row : rows) {
      Kept read = Signed.read(key.keys().getPublic(), project, row);
      if (read == null) {
        refused++;
      } else {
        kept.add(read);
      }
    }
    return new RunRulings(kept, refused, needed);
  }

  /** What was decided on some runs, by their ids; those that nobody decided on are not there. */
  public Map<String, RunRulings> of(String project, List<String> runs) {
    Set<String> decided = store.runs(project);
    Map<String, RunRulings> found = new HashMap<>();
    int needed = decided.isEmpty() ? 1 : store.rule(project).needed();
    for (String run : runs) {
      if (decided.contains(run)) {
        found.put(run, read(project, run, needed));
      }
    }
    return found;
  }

  /** Decides, for whoever acts on this thread. */
  public synchronized Result make(Project project, RunSummary run, Wanted wanted) {
    Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
    RulingRule rule = store.rule(project.name());
    Instant longest = now.plus(Duration.ofDays(rule.days(wanted.kind())));
    Instant end = wanted.end() == null ? longest : wanted.end().truncatedTo(ChronoUnit.MILLIS);
    String wrong = wrong(project, run, wanted, rule, end, now);
    if (wrong != null) {
      return new Refused(wrong);
    }
    JudgedRun judged = JudgedRun.of(project.name(), projects.runs(project).report(run));
    KeyPair keys = key.keys();
    Kept made =
        audit.recorded(() -> {
          Ruling ruling =
              new Ruling(
                  secrets.hex(ID_BYTES),
                  wanted.kind(),
                  judged,
                  wanted.environment().isBlank() ? null : wanted.environment().strip(),
                  audit.alias(audit.actor()),
                  wanted.reason().strip(),
                  now,
                  end.isAfter(longest) ? longest : end,
                  rule.needed());
          String statement = ruling.sign(keys);
          store.add(ruling.id(), project.name(), run.id(), statement, now);
          audit.note(
              "run." + wanted.kind().done(),
              project.name(),
              Target.thing("run " + run.id()),
              Map.of(
                  "ruling", ruling.id(),
                  "verdict", judged.decision().word(),
                  "until", ruling.end().toString(),
                  "statement", EvidenceCodec.sha256(statement)));
          return new Kept(new Ruled(ruling, null), statement, null);
        });
    hooks.publish(project.name(), RulingEvents.made(made.ruled().ruling()));
    return new Done(made);
  }

  private @Nullable String wrong(
      Project project, RunSummary run, Wanted wanted, RulingRule rule, Instant end, Instant now) {
    boolean override = wanted.kind() == Ruling.Kind.OVERRIDE;
    if (run.closed() == null) {
      return "The run goes on; decide when it has a verdict.";
    }
    if (!override && run.decision() != Decision.PASS) {
      return "The verdict is "
          + run.decision().word()
          + ", and only a pass is approved; override it, and say why.";
    }
    if (override && wanted.reason().isBlank()) {
      return "Say why the run may go on although its verdict is " + run.decision().word() + ".";
    }
    if (!plain(wanted.reason(), Ruling.LONGEST)) {
      return "A reason is one line of at most " + Ruling.LONGEST + " characters.";
    }
    if (!wanted.environment().isBlank()
        && !wanted.environment().strip().matches("[\\w.:/-]{1,100}")) {
      return "The name of an environment has 1 to 100 letters, digits and . _ : / -";
    }
    int days = rule.days(wanted.kind());
    if (!end.isAfter(now) || end.isAfter(now.plus(Duration.ofDays(days)).plus(TOLERANCE))) {
      return "It ends after now, within "
          + Words.many(days, "day")
          + "; here it would end at "
          + RulingChip.time(end)
          + ". An admin changes the longest time in the settings.";
    }
    return whoIsWrong(project, run, wanted, rule, now);
  }

  private @Nullable String whoIsWrong(
      Project project, RunSummary run, Wanted wanted, RulingRule rule, Instant now) {
    RunRulings before = of(project.name(), run.id());
    if (before.kept().size() + before.refused() >= MOST) {
      return "There are " + MOST + " decisions on this run, which is the most; run again.";
    }
    if (rule.needed() > 1 && audit.actor().name().equals(run.labels().get(STARTER))) {
      return "You began this run; with " + rule.needed() + " people it takes others than you.";
    }
    String author = audit.recorded(() -> audit.alias(audit.actor()));
    String where = wanted.environment().isBlank() ? null : wanted.environment().strip();
    boolean twice =
        before.kept().stream()
            .map(Kept::ruled)
            .anyMatch(each ->
                each.state(now) == Ruled.State.HOLDS
                    && each.ruling().kind() == wanted.kind()
                    && each.ruling().author().equals(author)
                    && java.util.Objects.equals(each.ruling().environment(), where));
    return twice
        ? "You have "
            + wanted.kind().done()
            + " this run already; withdraw that first, to say otherwise."
        : null;
  }

  private static boolean plain(String text, int longest) {
    try {
      Withdrawal _ = new Withdrawal("", "", "", text.isBlank() ? "none" : text, Instant.EPOCH);
      return text.length() <= longest;
    } catch (IllegalArgumentException wrong) {
      return false;
    }
  }

  /** Withdraws one, for whoever acts on this thread. */
  public synchronized Result withdraw(Project project, String run, String id, String reason) {
    Kept kept = of(project.name(), run).find(id).orElse(null);
    if (kept == null) {
      return new Refused("There is no decision '" + id + "' on this run.");
    }
    if (kept.withdrawal() != null) {
      return new Refused("It was withdrawn already.");
    }
    if (reason.isBlank() || !plain(reason, Ruling.LONGEST)) {
      return new Refused("Say why, in one line of 1 to " + Ruling.LONGEST + " characters.");
    }
    Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
    KeyPair keys = key.keys();
    Kept gone =
        audit.recorded(() -> {
          Withdrawal withdrawal =
              new Withdrawal(
                  id,
                  EvidenceCodec.sha256(kept.statement()),
                  audit.alias(audit.actor()),
                  reason.strip(),
                  now);
          String statement = withdrawal.sign(keys);
          store.withdraw(project.name(), id, statement);
          audit.note(
              "ruling.withdrawn",
              project.name(),
              Target.thing("run " + run),
              new TreeMap<>(Map.of("ruling", id, "statement", EvidenceCodec.sha256(statement))));
          return new Kept(
              new Ruled(kept.ruled().ruling(), withdrawal), kept.statement(), statement);
        });
    hooks.publish(project.name(), RulingEvents.withdrawn(gone.ruled()));
    return new Done(gone);
  }

  /** Deletes what was decided on a run that is erased; how much that was. */
  public int forget(String project, String run) {
    return store.forget(project, run);
  }
}
