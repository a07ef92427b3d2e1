package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.spi.UndoJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts back what native functions changed in other programs, whatever the rollbacks of the
 * experiment did: the one difference from the toolkit that is on purpose. Thread-safe.
 */
final class Restoration {

  /** Undoes something; returns what stood in the way, or nothing. */
  private interface Undoing {
    Optional<String> undo() throws IOException;
  }

  /**
   * A step on the way back.
   *
   * @param what in a few words
   * @param undoing takes it
   * @param entry how a later start knows of it
   */
  private record Step(String what, Undoing undoing, UndoJournal.Entry entry) {}

  private final Surroundings surroundings;
  private final Http http;
  private final Deque<Step> steps = new ArrayDeque<>();

  Restoration(Surroundings surroundings, Http http) {
    this.surroundings = surroundings;
    this.http = http;
  }

  /** Remembers how something is undone, before it is done. */
  synchronized void before(String what, Http.Request undo) {
    Map<String, String> details = new HashMap<>();
    details.put("what", what);
    details.put("method", undo.method());
    details.put("url", undo.url());
    String body = undo.body();
    if (body != null) {
      details.put("body", body);
    }
    steps.push(
        new Step(what, () -> send(undo), surroundings.undo().before(RequestUndo.KIND, details)));
  }

  private Optional<String> send(Http.Request undo) {
    Http.Answer answer = http.send(undo);
    return answer.ok() || RequestUndo.gone(answer.status())
        ? Optional.empty()
        : Optional.of("the answer was " + answer.status());
  }

  /** Whether moving it so is what a step on the way back does, as a rollback may. */
  synchronized boolean undoesRename(Path from, Path to) {
    return steps.stream().anyMatch(step -> step.what().equals(from + " is " + to));
  }

  /** Remembers that a file or folder is about to be moved. */
  synchronized void beforeRename(Path from, Path to) {
    steps.push(
        new Step(
            from + " is " + to,
            () -> {
              var _ = RenameUndo.back(from, to);
              return Optional.empty();
            },
            surroundings.undo().before(RenameUndo.KIND, RenameUndo.details(from, to))));
  }

  /** Remembers it as a request with a JSON body, or none. */
  void before(String what, String method, String url, @Nullable Json body) {
    before(what, Http.Request.json(method, url, body));
  }

  /** Undoes everything, the last first; what cannot be undone stays in the undo journal. */
  synchronized void restore() {
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      try {
        Optional<String> left = step.undoing().undo();
        if (left.isEmpty()) {
          step.entry().done();
        }
        surroundings
            .log()
            .accept(
                left.map(why -> "Not restored: " + step.what() + ": " + why)
                    .orElse("Restored: " + step.what()));
      } catch (ActivityFailed | Unforeseen | IOException unreachable) {
        surroundings.log().accept("Not restored: " + step.what() + ": " + unreachable.getMessage());
      }
    }
  }
}
