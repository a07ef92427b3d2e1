package dev.assay.server.hook;

import dev.assay.api.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Something that happened in a project. Immutable.
 *
 * @param kind what
 * @param id the same for the same thing, so that nobody hears of it twice
 * @param type of CloudEvents, such as {@code dev.assay.verdict.changed.1}
 * @param subject of what, such as a run
 * @param time when
 * @param data more
 */
public record HookEvent(
    Kind kind, String id, String type, String subject, Instant time, Json.Obj data) {

  /** The type of what somebody sends to see whether a webhook works. */
  static final String TEST = "dev.assay.webhook.test.1";

  /** What there is to hear of. */
  public enum Kind {
    /** A run ended. */
    RUN_FINISHED,
    /** A run fell silent: it has not ended, and nothing is heard of it. */
    RUN_SILENT,
    /** A run was decided otherwise than the one before it on its branch. */
    VERDICT_CHANGED,
    /** Somebody approved a run. */
    RUN_APPROVED,
    /** Somebody let a run go on although it did not pass. */
    RUN_OVERRIDDEN,
    /** Somebody withdrew such a decision. */
    RUN_RULING_WITHDRAWN,
    /** An alert began. */
    ALERT_OPENED,
    /** An alert is over. */
    ALERT_CLOSED,
    /** A quota of the project is nearly used up. */
    QUOTA_NEARED,
    /** A quota of the project is reached. */
    QUOTA_REACHED,
    /** Somebody tries whether a webhook works. */
    TEST;

    /** What a webhook may be told of; what it tries is sent to any. */
    public static final List<Kind> OFFERED =
        List.of(
            RUN_FINISHED,
            RUN_SILENT,
            VERDICT_CHANGED,
            RUN_APPROVED,
            RUN_OVERRIDDEN,
            RUN_RULING_WITHDRAWN,
            ALERT_OPENED,
            ALERT_CLOSED,
            QUOTA_NEARED,
            QUOTA_REACHED);

    /** As it is written. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
  }

  /** As CloudEvents 1.0 in JSON. */
  Json.Obj json(String source) {
    return Json.object()
        .put("specversion", "1.0")
        .put("id", id)
        .put("source", source)
        .put("type", type)
        .put("subject", subject)
        .put("time", time.toString())
        .put("datacontenttype", "application/json")
        .put("data", data)
        .build();
  }
}
