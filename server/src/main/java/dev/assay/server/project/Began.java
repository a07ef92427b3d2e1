package dev.assay.server.project;

import dev.assay.api.ledger.Ledger.RunSummary;
import java.util.Locale;

/** Who began a run. */
public enum Began {
  /** People and pipelines: what releases are decided on. */
  RUNS,
  /** A monitor, on its schedule. */
  MONITORS,
  /** Whoever. */
  ALL;

  /** The one of a word, as addresses have it; runs where it is none. */
  public static Began of(String word) {
    for (Began each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    return RUNS;
  }

  /** As addresses have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a run is one of these. */
  public boolean wants(RunSummary run) {
    return switch (this) {
      case RUNS -> run.monitor() == null;
      case MONITORS -> run.monitor() != null;
      case ALL -> true;
    };
  }
}
