package dev.assay.suite.report;

import dev.assay.suite.scan.BrokenTextException;
import dev.assay.suite.scan.JsonScanner;
import dev.assay.suite.scan.JsonScanner.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON document looks like from afar: the names of its first members, what they are, and the
 * names inside those that are objects. By this its format is known, in whatever order its members
 * stand.
 */
final class JsonShape {

  private static final int MOST_MEMBERS = 100;

  private final Map<String, Value> members = new HashMap<>();
  private final Map<String, Set<String>> inside = new HashMap<>();
  private boolean array;
  private @Nullable String firstObject;

  private JsonShape() {}

  /** Looks at a document, and closes it. */
  static JsonShape of(InputStream bytes) throws IOException {
    JsonShape shape = new JsonShape();
    try (JsonScanner json = new JsonScanner(bytes)) {
      shape.look(json);
    } catch (BrokenTextException cut) {
      // what was seen before that must do
    }
    return shape;
  }

  private void look(JsonScanner json) throws IOException {
    if (json.kind() == Value.ARRAY) {
      array = true;
      json.array();
      if (!json.item()) {
        return;
      }
    }
    if (json.kind() != Value.OBJECT) {
      return;
    }
    json.object();
    for (String name = json.name(); name != null; name = json.name()) {
      member(json, name);
      if (members.size() >= MOST_MEMBERS || known()) {
        return;
      }
    }
  }

  private void member(JsonScanner json, String name) throws IOException {
    Value kind = json.kind();
    members.put(name, kind);
    if (kind != Value.OBJECT) {
      json.skip();
      return;
    }
    Set<String> names = new HashSet<>();
    inside.put(name, names);
    firstObject = firstObject == null ? name : firstObject;
    json.object();
    for (String inner = json.name(); inner != null; inner = json.name()) {
      if (names.size() < MOST_MEMBERS) {
        names.add(inner);
      }
      json.skip();
    }
  }

  /** Whether nothing that follows could change the answer. */
  private boolean known() {
    Format format = format();
    return format != null
        && format != Format.MOCHA
        && format != Format.JEST
        && format != Format.ALLURE
        && members.size() > 1;
  }

  private boolean has(String name, Value kind) {
    return members.get(name) == kind;
  }

  private boolean inside(String name, String... names) {
    Set<String> there = inside.getOrDefault(name, Set.of());
    for (String wanted : names) {
      if (!there.contains(wanted)) {
        return false;
      }
    }
    return true;
  }

  /** The format; null where it is none that is known. */
  @Nullable Format format() {
    if (array) {
      return has("elements", Value.ARRAY) || (has("uri", Value.TEXT) && has("keyword", Value.TEXT))
          ? Format.CUCUMBER
          : null;
    }
    Format tests = tests();
    return tests != null ? tests : measured();
  }

  private @Nullable Format tests() {
    if (inside("results", "tests") || inside("results", "tool", "summary")) {
      return Format.CTRF;
    }
    if (has("testResults", Value.ARRAY)) {
      return Format.JEST;
    }
    if (has("suites", Value.ARRAY) && has("config", Value.OBJECT)) {
      return Format.PLAYWRIGHT;
    }
    if (has("stats", Value.OBJECT)) {
      if (has("results", Value.ARRAY) || has("suites", Value.OBJECT)) {
        return Format.MOCHAWESOME;
      }
      boolean lists = has("tests", Value.ARRAY) || has("passes", Value.ARRAY);
      if (lists || has("failures", Value.ARRAY)) {
        return Format.MOCHA;
      }
    }
    if (has("examples", Value.ARRAY)
        && (has("summary", Value.OBJECT) || has("version", Value.TEXT))) {
      return Format.RSPEC;
    }
    boolean allure = has("uuid", Value.TEXT) || has("historyId", Value.TEXT);
    boolean result = has("status", Value.TEXT) || has("stage", Value.TEXT);
    return allure && (result || has("labels", Value.ARRAY)) ? Format.ALLURE : null;
  }

  private @Nullable Format measured() {
    if (has("runs", Value.ARRAY) && (has("version", Value.TEXT) || has("$schema", Value.TEXT))) {
      return Format.SARIF;
    }
    boolean mutation = has("thresholds", Value.OBJECT) || members.containsKey("schemaVersion");
    if (has("files", Value.OBJECT) && mutation) {
      return Format.STRYKER;
    }
    String first = firstObject;
    if (first == null) {
      return has("runs", Value.ARRAY) && members.size() == 1 ? Format.SARIF : null;
    }
    if (inside(first, "statementMap") || inside(first, "data")) {
      return Format.ISTANBUL;
    }
    return inside(first, "lines", "statements") || inside("total", "lines")
        ? Format.ISTANBUL_SUMMARY
        : null;
  }
}
