package dev.assay.server.project;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a run is, which is no verdict. */
public enum RunState {
  /** It goes on. */
  RUNNING,
  /** It has not ended, and nothing was heard of it for a while. */
  SILENT,
  /** It has ended. */
  ENDED;

  /** The one of a word, as addresses have it; null where it is none. */
  public static @Nullable RunState of(String word) {
    for (RunState each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    return null;
  }

  /** As addresses and programs have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
