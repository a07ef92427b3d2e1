package dev.assay.server.ruling;

import dev.assay.api.verdict.Decision;
import dev.assay.core.passport.Ruled;
import dev.assay.core.passport.Ruling;
import dev.assay.core.passport.Standing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What people decided on a run, in a few words to stand beside its verdict. Immutable.
 *
 * @param text the words
 * @param tone their colour: live where it holds, waiting where it does not
 */
public record RulingChip(String text, String tone) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** That of a run; null where nobody decided on it. */
  public static @Nullable RulingChip of(RunRulings rulings, Decision decision, Instant now) {
    if (rulings.kept().isEmpty()) {
      return null;
    }
    Standing approved = rulings.standing(Ruling.Kind.APPROVAL, now);
    Standing overridden = rulings.standing(Ruling.Kind.OVERRIDE, now);
    boolean pass = decision == Decision.PASS;
    Standing first = pass && !approved.counting().isEmpty() ? approved : overridden;
    if (first.reached()) {
      return new RulingChip(
          first.kind().done() + where(first) + " until " + time(first.until()), "live");
    }
    if (!first.counting().isEmpty()) {
      return new RulingChip(
          first.counting().size() + " of " + first.needed() + " " + word(first.kind()), "waiting");
    }
    Ruled last = rulings.kept().getFirst().ruled();
    return new RulingChip(last.ruling().kind().label() + " " + last.state(now).word(), "waiting");
  }

  private static String word(Ruling.Kind kind) {
    return kind == Ruling.Kind.APPROVAL ? "approve" : "override";
  }

  /** In which environments only; empty where one of those that count is for any. */
  private static String where(Standing standing) {
    List<String> only =
        standing.counting().stream().map(Ruling::environment).filter(Objects::nonNull).toList();
    return only.size() < standing.counting().size()
        ? ""
        : only.stream().distinct().sorted().collect(Collectors.joining(", ", " for ", ""));
  }

  /** A moment as it is said here. */
  public static String time(@Nullable Instant at) {
    return at == null ? "" : TIME.format(at);
  }
}
