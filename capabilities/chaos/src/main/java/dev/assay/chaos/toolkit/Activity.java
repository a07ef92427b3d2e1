package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A probe or an action, or a reference to one. Immutable.
 *
 * @param source as written; a journal repeats it
 * @param path where it is in the file
 */
public record Activity(Json.Obj source, List<Object> path) {

  /** Copies the path. */
  public Activity {
    path = List.copyOf(path);
  }

  /** The name of the activity that this one stands for, or null where it is one itself. */
  @Nullable String ref() {
    return source.find("ref") instanceof Json.Text text ? text.value() : null;
  }

  String name() {
    return source.find("name") instanceof Json.Text text ? text.value() : "";
  }

  /** {@code probe} or {@code action}. */
  String type() {
    return source.find("type") instanceof Json.Text text ? text.value() : "";
  }

  boolean background() {
    return Python.truth(source.members().get("background"));
  }

  Json.Obj provider() {
    return source.object("provider");
  }

  /** Seconds before or after it, or a template; JSON null where nothing is written. */
  Json pause(String when) {
    Json pauses = source.find("pauses");
    Json pause = pauses instanceof Json.Obj object ? object.find(when) : null;
    return pause == null ? Json.Null.VALUE : pause;
  }
}
