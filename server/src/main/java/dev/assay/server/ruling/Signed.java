package dev.assay.server.ruling;

import dev.assay.core.passport.Ruled;
import dev.assay.core.passport.Ruling;
import dev.assay.core.passport.Withdrawal;
import dev.assay.server.ruling.RunRulings.Kept;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/** Reads what was signed: what somebody changed in the database is not what was signed. */
final class Signed {

  private Signed() {}

  /** A row of a run as it was signed; null where it was not, or not as it stands there. */
  static @Nullable Kept read(PublicKey by, String project, RulingStore.Row row) {
    if (!(Ruling.open(row.statement(), by) instanceof Ruling.Valid(Ruling ruling, _))
        || !ruling.id().equals(row.id())
        || !ruling.run().id().equals(row.run())
        || !ruling.run().project().equals(project)) {
      return null;
    }
    String gone = row.withdrawal();
    if (gone == null) {
      return new Kept(new Ruled(ruling, null), row.statement(), null);
    }
    return Withdrawal.open(gone, by, ruling, row.statement())
        .map(withdrawal -> new Kept(new Ruled(ruling, withdrawal), row.statement(), gone))
        .orElse(null);
  }
}
