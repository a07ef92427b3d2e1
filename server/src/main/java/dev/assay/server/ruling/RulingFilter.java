package dev.assay.server.ruling;

import dev.assay.core.passport.Ruled;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which rulings of a project are wanted. Immutable.
 *
 * @param state only those of which it is so; null for all
 * @param author what the author's name contains, whatever its case; blank for anybody
 * @param text what the reason, the run, its verdict or the environment contains, whatever its case;
 *     blank for anything
 * @param after those after this place only; null for the first
 * @param limit how many at most
 */
public record RulingFilter(
    Ruled.@Nullable State state, String author, String text, @Nullable Place after, int limit) {

  private static final Pattern CURSOR = Pattern.compile("([0-9]{1,15})-([0-9a-zA-Z]{1,64})");

  /**
   * A place in the list, the newest first. Immutable.
   *
   * @param made when what stands there was decided, in milliseconds since 1970
   * @param id its id
   */
  public record Place(long made, String id) {

    /** The one of a cursor; empty where it is none. */
    public static Optional<Place> of(String cursor) {
      var read = CURSOR.matcher(cursor);
      return read.matches()
          ? Optional.of(new Place(Long.parseLong(read.group(1)), read.group(2)))
          : Optional.empty();
    }

    /** To be given back. */
    public String cursor() {
      return made + "-" + id;
    }
  }

  /** The state of a word: holds, ended or withdrawn; empty where it is none of these. */
  public static Optional<Ruled.State> state(String word) {
    return Arrays.stream(Ruled.State.values()).filter(each -> each.word().equals(word)).findFirst();
  }

  /** Whether one is wanted, of which somebody is shown as the author. */
  boolean wants(Ruled ruled, String shown, Instant now) {
    var ruling = ruled.ruling();
    return (state == null || ruled.state(now) == state)
        && (contains(shown, author) || ruling.author().equals(author.strip()))
        && (contains(ruling.reason(), text)
            || contains(ruling.run().id(), text)
            || contains(ruling.run().decision().word(), text)
            || ruling.environment() != null && contains(ruling.environment(), text));
  }

  private static boolean contains(String whole, String part) {
    return whole.toLowerCase(Locale.ROOT).contains(part.strip().toLowerCase(Locale.ROOT));
  }
}
