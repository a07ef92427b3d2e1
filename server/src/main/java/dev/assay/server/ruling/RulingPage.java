package dev.assay.server.ruling;

import dev.assay.server.ruling.RunRulings.Kept;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the rulings of a project. Immutable.
 *
 * @param kept what the server signed, the newest first; there may be fewer than were asked for,
 *     also where there are more
 * @param refused of how many statements that were looked at the signature is not the server's; they
 *     count for nothing
 * @param next the cursor of the rest; null where there is none
 */
public record RulingPage(List<Kept> kept, int refused, @Nullable String next) {

  /** Copies the list. */
  public RulingPage {
    kept = List.copyOf(kept);
  }
}
