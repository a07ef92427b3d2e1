package dev.assay.load;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Place;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A step of a {@link LoadTest} that is still being written. Not thread-safe. */
final class Draft {

  private final @Nullable String method;
  private final @Nullable Template path;
  private final @Nullable String pause;
  private final Map<String, Template> headers = new LinkedHashMap<>();
  private final Map<String, Comparison> values = new LinkedHashMap<>();
  private final Map<String, String> save = new LinkedHashMap<>();
  private @Nullable String name;
  private @Nullable Json json;
  private @Nullable Template body;
  private @Nullable Comparison status;

  private Draft(@Nullable String method, @Nullable Template path, @Nullable String pause) {
    this.method = method;
    this.path = path;
    this.pause = pause;
  }

  static Draft request(String method, String path) {
    return new Draft(method, Template.parse(path), null);
  }

  static Draft pause(String range) {
    return new Draft(null, null, range);
  }

  boolean isRequest() {
    return method != null;
  }

  void name(String own) {
    name = own;
  }

  void header(String header, String value) {
    headers.put(header, Template.parse(value));
  }

  void json(Json value) {
    json = value;
  }

  void body(String text) {
    body = Template.parse(text);
  }

  void status(Comparison wanted) {
    status = wanted;
  }

  void value(String at, Comparison wanted) {
    values.put(at, wanted);
  }

  void save(String as, String source) {
    save.put(as, source);
  }

  private @Nullable Template to(String wanted) {
    return wanted.equals(method) ? path : null;
  }

  /** The step as it is written so far. */
  LoadStep step() {
    LoadStep.Expected expected =
        status == null && values.isEmpty()
            ? null
            : new LoadStep.Expected(status, Map.of(), values, null, null);
    return new LoadStep(
        name,
        to("GET"),
        to("POST"),
        to("PUT"),
        to("PATCH"),
        to("DELETE"),
        to("HEAD"),
        to("OPTIONS"),
        headers,
        json,
        body,
        null,
        Map.of(),
        List.of(),
        expected,
        save,
        null,
        null,
        pause,
        null,
        Map.of(),
        100,
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        Place.NONE);
  }
}
