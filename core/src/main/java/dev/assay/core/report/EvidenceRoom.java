package dev.assay.core.report;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of a run's outcomes, findings and events may be held, so that a run of millions takes no
 * more memory than a small one: of each sort so many, and so many characters of what needs
 * attention and of the rest. Not for use by several threads.
 */
final class EvidenceRoom {

  /** No bound, for who needs all of it. */
  static final int ALL = Integer.MAX_VALUE;

  private static final long CHARACTERS = 16 << 20;
  private static final int FINDINGS = EvidenceReport.RANKS;
  private static final int EVENTS = FINDINGS + Finding.Severity.values().length;
  private static final int SORTS = EVENTS + 2;

  private final int most;
  private final int[] held = new int[SORTS];
  private final long[] characters = new long[6];

  /**
   * Room for some.
   *
   * @param most how many of each sort; {@link #ALL} for no bound
   */
  EvidenceRoom(int most) {
    this.most = most;
  }

  /** Takes the place of some evidence, where there is room; measurements and files need none. */
  boolean take(Evidence evidence) {
    if (most == ALL) {
      return true;
    }
    int sort = sort(evidence);
    if (sort < 0) {
      return true;
    }
    int weight = weight(evidence);
    if (held[sort] >= most || characters[kind(sort)] + weight > CHARACTERS) {
      return false;
    }
    held[sort]++;
    characters[kind(sort)] += weight;
    return true;
  }

  /** Some evidence is no longer held. */
  void give(Evidence evidence) {
    int sort = sort(evidence);
    if (most != ALL && sort >= 0) {
      held[sort]--;
      characters[kind(sort)] -= weight(evidence);
    }
  }

  private static int sort(Evidence evidence) {
    return switch (evidence) {
      case Outcome outcome -> EvidenceReport.rank(outcome);
      case Finding finding -> FINDINGS + finding.severity().ordinal();
      case Event event -> EVENTS + (isDrawn(event) ? 0 : 1);
      case Measurement _, Artifact _ -> -1;
    };
  }

  /** Plots and the graphics of faults and searches are made of these. */
  private static boolean isDrawn(Event event) {
    String kind = event.kind();
    return kind.startsWith("fault.") || kind.startsWith("steady.") || kind.startsWith("load.");
  }

  /** What failed, is flaky, grave or drawn is not pushed out by the rest. */
  private static int kind(int sort) {
    if (sort < FINDINGS) {
      return sort <= 1 ? 0 : 1;
    }
    return sort < EVENTS
        ? sort - FINDINGS >= Finding.Severity.WARNING.ordinal() ? 2 : 3
        : sort == EVENTS ? 4 : 5;
  }

  private static int weight(Evidence evidence) {
    long weight =
        switch (evidence) {
          case Outcome outcome -> weight(outcome);
          case Finding finding ->
              length(finding.message())
                  + length(finding.rule())
                  + length(finding.place())
                  + weight(finding.labels());
          case Event event ->
              length(event.kind()) + length(event.message()) + weight(event.labels());
          case Measurement _, Artifact _ -> 0;
        };
    return (int) Math.min(weight, Integer.MAX_VALUE);
  }

  private static long weight(Outcome outcome) {
    long weight = length(outcome.suite()) + length(outcome.name());
    for (Attempt attempt : outcome.attempts()) {
      weight += length(attempt.message()) + length(attempt.detail());
    }
    return weight;
  }

  private static long weight(Map<String, String> labels) {
    long weight = 0;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      weight += length(label.getKey()) + length(label.getValue());
    }
    return weight;
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
