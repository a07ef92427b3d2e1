package dev.assay.chaos.toolkit;

import dev.assay.api.spi.UndoAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Gives a file or folder that an experiment renamed its name back. Where something has that name
 * already, as after a rollback, nothing is done.
 */
public final class RenameUndo implements UndoAction {

  /** Its kind in the undo journal. */
  public static final String KIND = "toolkit-rename";

  private static final String FROM = "from";
  private static final String TO = "to";

  /** Does no work. */
  public RenameUndo() {}

  @Override
  public String kind() {
    return KIND;
  }

  /** What the journal must know. */
  static Map<String, String> details(Path from, Path to) {
    return Map.of(FROM, from.toString(), TO, to.toString());
  }

  /** Moves it back; returns whether there was something to do. */
  static boolean back(Path from, Path to) throws IOException {
    if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)
        || !Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Files.move(to, from);
    return true;
  }

  @Override
  public Optional<String> undo(String id, Map<String, String> details) throws IOException {
    Path from = Path.of(details.getOrDefault(FROM, ""));
    Path to = Path.of(details.getOrDefault(TO, ""));
    return back(from, to) ? Optional.of("renamed " + to + " to " + from) : Optional.empty();
  }
}
