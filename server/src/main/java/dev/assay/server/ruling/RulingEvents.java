package dev.assay.server.ruling;

import dev.assay.api.json.Json;
import dev.assay.core.passport.JudgedRun;
import dev.assay.core.passport.Ruled;
import dev.assay.core.passport.Ruling;
import dev.assay.core.passport.Withdrawal;
import dev.assay.server.hook.HookEvent;
import dev.assay.server.hook.HookEvent.Kind;
import java.time.Instant;
import java.util.Objects;

/** What webhooks are told of decisions; people by their aliases only. */
final class RulingEvents {

  private RulingEvents() {}

  static HookEvent made(Ruling ruling) {
    Kind kind =
        switch (ruling.kind()) {
          case APPROVAL -> Kind.RUN_APPROVED;
          case OVERRIDE -> Kind.RUN_OVERRIDDEN;
        };
    return event(kind, ruling, ruling.made(), said(ruling));
  }

  static HookEvent withdrawn(Ruled ruled) {
    Withdrawal withdrawal = Objects.requireNonNull(ruled.withdrawal());
    return event(
        Kind.RUN_RULING_WITHDRAWN,
        ruled.ruling(),
        withdrawal.made(),
        said(ruled.ruling())
            .put(
                "withdrawn",
                Json.object()
                    .put("author", withdrawal.author())
                    .put("reason", withdrawal.reason())
                    .put("made", withdrawal.made().toString())
                    .build()));
  }

  private static HookEvent event(Kind kind, Ruling ruling, Instant at, Json.Builder data) {
    return new HookEvent(
        kind,
        ruling.id() + "." + kind.label(),
        "dev.assay." + kind.label() + ".1",
        ruling.run().id(),
        at,
        data.build());
  }

  private static Json.Builder said(Ruling ruling) {
    JudgedRun run = ruling.run();
    return Json.object()
        .put("ruling", ruling.id())
        .put("kind", ruling.kind().label())
        .put("run", run.id())
        .put("workspace", run.workspace())
        .put("decision", run.decision().word())
        .put("verdict", run.verdict())
        .put("subjects", Json.texts(run.subjects()))
        .putIfPresent("environment", ruling.environment())
        .put("author", ruling.author())
        .put("reason", ruling.reason())
        .put("made", ruling.made().toString())
        .put("end", ruling.end().toString());
  }
}
