package dev.assay.server.ruling;

import dev.assay.api.json.Json;
import dev.assay.api.spi.Clock;
import dev.assay.core.passport.JudgedRun;
import dev.assay.core.passport.Ruling;
import dev.assay.core.passport.Withdrawal;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.ruling.RunRulings.Kept;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * What people decided, for programs: what was signed as it is, and beside it the same to read, with
 * the names of those who are not forgotten. Thread-safe.
 */
@Component
public final class RulingJson {

  private final AuditLog audit;
  private final Clock clock;

  /** Made by Spring. */
  RulingJson(AuditLog audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /** All that was decided on a run. */
  public Json.Obj of(String run, RunRulings rulings) {
    Instant now = clock.now();
    return Json.object()
        .put("run", run)
        .put("needed", rulings.needed())
        .put("refused", rulings.refused())
        .put("approved", rulings.standing(Ruling.Kind.APPROVAL, now).reached())
        .put("overridden", rulings.standing(Ruling.Kind.OVERRIDE, now).reached())
        .put("rulings", Json.array(rulings.kept().stream().map(kept -> (Json) of(kept)).toList()))
        .build();
  }

  /** Some of those of a project. */
  public Json.Obj of(RulingPage page) {
    return Json.object()
        .put("rulings", Json.array(page.kept().stream().map(kept -> (Json) of(kept)).toList()))
        .put("refused", page.refused())
        .putIfPresent("next", page.next())
        .build();
  }

  /** One decision. */
  public Json.Obj of(Kept kept) {
    Ruling ruling = kept.ruled().ruling();
    JudgedRun run = ruling.run();
    Withdrawal gone = kept.ruled().withdrawal();
    return Json.object()
        .put("ruling", ruling.id())
        .put("kind", ruling.kind().label())
        .put("state", kept.ruled().state(clock.now()).word())
        .put("run", run.id())
        .put("decision", run.decision().word())
        .put("verdict", run.verdict())
        .put("subjects", Json.texts(run.subjects()))
        .putIfPresent("environment", ruling.environment())
        .put("author", author(ruling.author()))
        .put("reason", ruling.reason())
        .put("made", ruling.made().toString())
        .put("end", ruling.end().toString())
        .put("needed", ruling.needed())
        .put("statement", kept.statement())
        .put(
            "withdrawal",
            gone == null
                ? Json.Null.VALUE
                : Json.object()
                    .put("author", author(gone.author()))
                    .put("reason", gone.reason())
                    .put("made", gone.made().toString())
                    .putIfPresent("statement", kept.withdrawal())
                    .build())
        .build();
  }

  /** With the salt, whoever reads can see that the alias that was signed is this person's. */
  private Json author(String alias) {
    Json.Builder author = Json.object().put("alias", alias);
    audit
        .author(alias)
        .ifPresent(known -> author.put("name", known.name()).put("salt", known.salt()));
    return author.build();
  }
}
