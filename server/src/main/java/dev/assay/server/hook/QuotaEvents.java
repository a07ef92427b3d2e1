package dev.assay.server.hook;

import dev.assay.api.json.Json;
import dev.assay.server.hook.HookEvent.Kind;
import dev.assay.server.quota.Quota;
import dev.assay.server.quota.QuotaNews;
import dev.assay.server.quota.Standing;

/** What there is to tell of a quota. */
public final class QuotaEvents {

  private QuotaEvents() {}

  /** That it is nearly used up, or reached. */
  public static HookEvent of(QuotaNews news) {
    Kind kind = news.reached() ? Kind.QUOTA_REACHED : Kind.QUOTA_NEARED;
    Standing standing = news.standing();
    Quota quota = standing.quota();
    return new HookEvent(
        kind,
        news.project() + "." + kind.label() + "." + quota.label() + "." + news.at().toEpochMilli(),
        "dev.assay." + kind.label() + ".1",
        quota.label(),
        news.at(),
        Json.object()
            .put("quota", quota.label())
            .put("most", standing.most() == null ? 0 : standing.most())
            .put("used", standing.used() == null ? 0 : standing.used())
            .put("percent", news.percent())
            .build());
  }
}
