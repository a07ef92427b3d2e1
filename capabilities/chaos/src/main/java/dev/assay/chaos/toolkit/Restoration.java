package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.spi.UndoJournal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts back what native functions changed in other programs, whatever the rollbacks of the
 * experiment did: the one difference from the toolkit that is on purpose. Thread-safe.
 */
final class Restoration {

  /**
   * A request that undoes something.
   *
   * @param what in a few words
   * @param request what is sent
   * @param entry how a later start knows of it
   */
  private record Step(String what, Http.Request request, UndoJournal.Entry entry) {}

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
    steps.push(new Step(what, undo, surroundings.undo().before(RequestUndo.KIND, details)));
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
        Http.Answer answer = http.send(step.request());
        if (answer.ok() || RequestUndo.gone(answer.status())) {
          step.entry().done();
          surroundings.log().accept("Restored: " + step.what());
        } else {
          surroundings.log().accept("Not restored: " + step.what() + ": " + answer.status());
        }
      } catch (ActivityFailed | Unforeseen unreachable) {
        surroundings.log().accept("Not restored: " + step.what() + ": " + unreachable.getMessage());
      }
    }
  }
}
