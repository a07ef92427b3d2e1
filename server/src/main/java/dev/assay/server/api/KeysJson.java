package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.server.account.ProgramKey;
import dev.assay.server.account.ProjectKey;
import dev.assay.server.account.ProjectKeys.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys as programs read and ask for them; those of projects and of the server are alike. */
final class KeysJson {

  private static final List<String> SCOPES =
      Arrays.stream(Scope.values()).map(Scope::label).toList();

  private KeysJson() {}

  /** What is asked for. */
  record Wanted(String name, Set<Scope> scopes) {

    static Wanted read(InputStream in) throws IOException, BadBodyException {
      JsonBody body = JsonBody.read(in, "name", "scopes");
      EnumSet<Scope> scopes =
          body.some("scopes", SCOPES).stream()
              .flatMap(word -> Scope.of(word).stream())
              .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
      return new Wanted(body.text("name", ""), scopes);
    }
  }

  static Json.Obj json(ProgramKey key) {
    return builder(key).build();
  }

  /** One that was just made, with what is shown this once. */
  static Json.Obj json(ProgramKey key, String shown) {
    return builder(key).put("key", shown).build();
  }

  private static Json.Builder builder(ProgramKey key) {
    return Json.object()
        .put("id", key.id())
        .put("name", key.name())
        .putIfPresent("project", key instanceof ProjectKey own ? own.project() : null)
        .put(
            "scopes",
            Json.array(key.scopes().stream().sorted().map(Scope::label).map(Json::of).toList()))
        .put("created", key.created().toString())
        .put("expires", key.expires().toString());
  }

  static Json.Obj list(List<? extends ProgramKey> keys) {
    return Json.object()
        .put("keys", Json.array(keys.stream().map(KeysJson::json).toList()))
        .build();
  }
}
