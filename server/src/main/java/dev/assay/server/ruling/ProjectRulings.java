package dev.assay.server.ruling;

import dev.assay.api.spi.Clock;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.database.ServerDatabase;
import dev.assay.server.ruling.RulingFilter.Place;
import dev.assay.server.ruling.RunRulings.Kept;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What people decided on all runs of a project. Thread-safe. */
@Component
public final class ProjectRulings {

  /** Each is verified, which takes some 0.2 ms; whoever wants more of them goes on. */
  private static final int LOOKED_AT = 2_000;

  private static final int PORTION = 200;

  private final RulingStore store;
  private final SigningKey key;
  private final AuditLog audit;
  private final Clock clock;

  /** Made by Spring. */
  ProjectRulings(ServerDatabase database, SigningKey key, AuditLog audit, Clock clock) {
    this.store = new RulingStore(database);
    this.key = key;
    this.audit = audit;
    this.clock = clock;
  }

  /** Whether anybody ever decided on a run of the project. */
  public boolean any(String project) {
    return !store.page(project, null, 1).isEmpty();
  }

  /** Those that are wanted, the newest first, of the next 2,000 or as many as are wanted. */
  public RulingPage page(String project, RulingFilter filter) {
    Map<String, String> names = new HashMap<>();
    List<Kept> kept = new ArrayList<>();
    int refused = 0;
    int left = Math.max(LOOKED_AT, filter.limit());
    Place place = filter.after();
    while (left > 0) {
      List<RulingStore.Row> rows = store.page(project, place, Math.min(PORTION, left) + 1);
      boolean more = rows.size() > Math.min(PORTION, left);
      for (RulingStore.Row row : more ? rows.subList(0, rows.size() - 1) : rows) {
        if (kept.size() == filter.limit()) {
          return new RulingPage(kept, refused, cursor(place));
        }
        Kept read = Signed.read(key.keys().getPublic(), project, row);
        if (read == null) {
          refused++;
        } else if (filter.wants(
            read.ruled(),
            names.computeIfAbsent(read.ruled().ruling().author(), audit::shown),
            clock.now())) {
          kept.add(read);
        }
        place = new Place(row.made(), row.id());
        left--;
      }
      if (!more) {
        return new RulingPage(kept, refused, null);
      }
    }
    return new RulingPage(kept, refused, cursor(place));
  }

  private static @Nullable String cursor(@Nullable Place place) {
    return place == null ? null : place.cursor();
  }
}
