package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loads the configuration and the secrets of an experiment. Not thread-safe. */
final class Variables {

  /** Takes what is wrong. */
  interface Report {
    void problem(Wrong kind, List<Object> path, String what, String mend);
  }

  /** Kinds of what can be wrong. */
  enum Wrong {
    /** There is no value. */
    NO_VALUE,
    /** It cannot be had here. */
    NOT_RUNNABLE
  }

  private final Map<String, String> environment;
  private final Report report;

  Variables(Map<String, String> environment, Report report) {
    this.environment = environment;
    this.report = report;
  }

  /** The configuration without what probes give. */
  Map<String, Json> configuration(Json.Obj written, Map<String, Json> overrides) {
    Map<String, Json> values = new LinkedHashMap<>();
    written
        .members()
        .forEach((name, value) -> {
          Json override = overrides.get(name);
          if (override != null) {
            values.put(name, override);
          } else if (!isProbe(value)) {
            Json loaded = isA(value, "env") ? fromEnvironment(name, value.asObject()) : value;
            if (loaded != null) {
              values.put(name, loaded);
            }
          }
        });
    return values;
  }

  static boolean isProbe(Json value) {
    return isA(value, "probe");
  }

  private static boolean isA(Json value, String type) {
    return value instanceof Json.Obj object && Json.of(type).equals(object.members().get("type"));
  }

  private @Nullable Json fromEnvironment(String name, Json.Obj entry) {
    List<Object> path = List.of("configuration", name);
    String key = Python.text(entry.members().getOrDefault("key", Json.Null.VALUE));
    String set = environment.get(key);
    Json otherwise = entry.find("default");
    if (set == null && otherwise == null) {
      missing(path, key);
      return null;
    }
    String type = Python.text(entry.members().getOrDefault("env_var_type", Json.of("str")));
    Json value = set == null && otherwise != null ? otherwise : Json.of(String.valueOf(set));
    Json typed = typed(type, value);
    if (typed == null) {
      report.problem(
          Wrong.NO_VALUE,
          path,
          "'" + Python.text(value) + "' of " + key + " is no " + type,
          "set " + key + " to one, or correct 'env_var_type': str, int, float or bytes");
    }
    return typed;
  }

  private void missing(List<Object> path, String key) {
    report.problem(
        Wrong.NO_VALUE,
        path,
        "the environment variable '" + key + "' is not set",
        "set it, or write a 'default'");
  }

  /** The value in that type of Python; null where it cannot be. */
  static @Nullable Json typed(String type, Json value) {
    String text = Python.text(value).strip();
    return switch (type) {
      case "str", "None", "bytes" -> value;
      case "int" ->
          text.matches("[-+]?\\d{1,18}")
              ? Json.of(Long.parseLong(text))
              : value instanceof Json.Real real ? Json.of((long) real.value()) : null;
      case "float" ->
          text.length() < 60 && text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?")
              ? Json.of(Double.parseDouble(text))
              : null;
      default -> null;
    };
  }

  /** The secrets, by group. */
  Map<String, Json> secrets(Json.Obj written, Map<String, Json> overrides) {
    return secrets(written, overrides, List.of("secrets"));
  }

  private Map<String, Json> secrets(
      Json.Obj written, Map<String, Json> overrides, List<Object> path) {
    Map<String, Json> values = new LinkedHashMap<>();
    written
        .members()
        .forEach((name, value) -> {
          Json loaded = secret(value, overrides.get(name), append(path, name));
          if (loaded != null) {
            values.put(name, loaded);
          }
        });
    return values;
  }

  private @Nullable Json secret(Json value, @Nullable Json override, List<Object> path) {
    if (!(value instanceof Json.Obj object)) {
      return value;
    }
    boolean group = !object.members().containsKey("type");
    if (override != null && !group) {
      return override;
    }
    if (isA(value, "env")) {
      String key = Python.text(object.members().getOrDefault("key", Json.Null.VALUE));
      String set = environment.get(key);
      if (set == null) {
        missing(path, key);
      }
      return set == null ? null : Json.of(set);
    }
    if (isA(value, "vault")) {
      report.problem(
          Wrong.NOT_RUNNABLE,
          path,
          "a secret of Vault cannot be read here",
          "read it into an environment variable, and write type: env");
      return null;
    }
    Map<String, Json> inner = override instanceof Json.Obj own ? own.members() : Map.of();
    return new Json.Obj(secrets(object, inner, path));
  }

  private static List<Object> append(List<Object> path, Object step) {
    List<Object> longer = new java.util.ArrayList<>(path);
    longer.add(step);
    return longer;
  }
}
