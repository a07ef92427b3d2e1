package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Where;
import dev.assay.observe.problem.AlertProblems;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The silences of a project, {@value #MOST} at the most; those that are over are kept for some
 * days. A silence that could not be kept is none. Guarded by the engine's lock.
 */
final class Silences {

  private static final int MOST = 2_000;
  private static final Duration KEPT = Duration.ofDays(5);
  private static final String KIND = "silence";

  private final Map<String, Silence> silences = new LinkedHashMap<>();
  private final AlertDocuments documents;

  /** Those that are kept. */
  Silences(AlertDocuments documents) {
    this.documents = documents;
    documents
        .all(KIND)
        .forEach((id, json) -> silences.put(id, AlertJson.silence(json, id, Instant.EPOCH)));
  }

  Collection<Silence> all() {
    return Collections.unmodifiableCollection(silences.values());
  }

  /** Keeps a silence, or changes the one of that id. */
  void keep(Silence silence) {
    if (silences.size() >= MOST && !silences.containsKey(silence.id())) {
      throw AlertProblems.WRONG_ALERT.failure(
          Where.named("the project"),
          "it has " + MOST + " silences already",
          "let some of them expire");
    }
    write(silence.id(), AlertJson.json(silence).build());
    silences.put(silence.id(), silence);
  }

  /** Ends a silence now; whether there was one that lasted. */
  boolean expire(String id, Instant now) {
    Silence silence = silences.get(id);
    if (silence == null || !silence.endsAt().isAfter(now)) {
      return false;
    }
    if (silence.startsAt().isBefore(now)) {
      keep(silence.until(now));
    } else {
      write(id, null);
      silences.remove(id);
    }
    return true;
  }

  /** Lets go of those that are over for long. */
  void forget(Instant now, Unwritten unwritten) {
    silences
        .values()
        .removeIf(silence -> {
          boolean old = silence.endsAt().plus(KEPT).isBefore(now);
          if (old) {
            unwritten.put(KIND, silence.id(), null);
          }
          return old;
        });
  }

  private void write(String id, @Nullable Json body) {
    documents.write(List.of(new AlertDocuments.Change(KIND, id, body)));
  }
}
