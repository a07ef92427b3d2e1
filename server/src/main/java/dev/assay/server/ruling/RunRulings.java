package dev.assay.server.ruling;

import dev.assay.core.passport.Ruled;
import dev.assay.core.passport.Ruling;
import dev.assay.core.passport.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was decided on one run. Immutable.
 *
 * @param kept what the server signed, the newest first
 * @param refused of how many statements the signature is not the server's; they count for nothing
 * @param needed how many people the project asks for
 */
public record RunRulings(List<Kept> kept, int refused, int needed) {

  /** On a run that nobody decided on. */
  public static final RunRulings NONE = new RunRulings(List.of(), 0, 1);

  /** Copies the list. */
  public RunRulings {
    kept = List.copyOf(kept);
  }

  /**
   * A ruling as it is kept. Immutable.
   *
   * @param ruled what it says, and whether it was withdrawn
   * @param statement signed
   * @param withdrawal that it was withdrawn, signed; null where it was not
   */
  public record Kept(Ruled ruled, String statement, @Nullable String withdrawal) {

    /** Its id. */
    public String id() {
      return ruled.ruling().id();
    }
  }

  /** The one with that id. */
  public Optional<Kept> find(String id) {
    return kept.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** How it stands with decisions of a kind, wherever they are for. */
  public Standing standing(Ruling.Kind kind, Instant now) {
    List<Ruled> ruled = kept.stream().map(Kept::ruled).toList();
    // a run that is over is decided for good, so all of them are of its one verdict
    String verdict = ruled.isEmpty() ? "" : ruled.getFirst().ruling().run().verdict();
    return Standing.of(kind, ruled, verdict, null, needed, now);
  }
}
