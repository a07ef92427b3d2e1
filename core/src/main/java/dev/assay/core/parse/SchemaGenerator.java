package dev.assay.core.parse;

import dev.assay.api.json.Json;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.api.spi.WorkspaceSection;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The JSON Schema (draft 2020-12) of workspace files, derived from the configuration records, for
 * editors.
 */
public final class SchemaGenerator {

  private final Collection<CheckType<?>> types;
  private final Collection<ServiceObserver<?>> observers;
  private final Collection<WorkspaceSection<?>> sections;
  private final Map<String, Json> definitions = new LinkedHashMap<>();

  /** A generator for workspaces with those check types. */
  public SchemaGenerator(Collection<CheckType<?>> types) {
    this(Vocabulary.of(types));
  }

  /** A generator for workspaces with all that capabilities add. */
  public SchemaGenerator(Vocabulary words) {
    this.types = words.types();
    this.observers = words.observers();
    this.sections = words.sections();
  }

  /** The schema. */
  public Json.Obj schema() {
    Map<String, Json> properties = new LinkedHashMap<>(properties(Shape.of(WorkspaceFile.class)));
    sections.forEach(section -> properties.put(section.name(), section(section)));
    properties.put(
        "checks",
        Json.object()
            .put("type", "object")
            .put("description", "What is checked, by stable ids.")
            .put("additionalProperties", check())
            .build());
    return Json.object()
        .put("$schema", "https://json-schema.org/draft/2020-12/schema")
        .put("title", "Assay workspace")
        .put("type", "object")
        .put("additionalProperties", false)
        .put("required", Json.array(List.of(Json.of("workspace"))))
        .put("properties", new Json.Obj(properties))
        .put("$defs", new Json.Obj(definitions))
        .build();
  }

  private Json section(WorkspaceSection<?> section) {
    return Json.object()
        .put("type", "object")
        .put("description", section.summary())
        .put("additionalProperties", reference(section.entry()))
        .build();
  }

  private Json check() {
    Map<String, Json> properties = new LinkedHashMap<>();
    List<Json> exactlyOne = new ArrayList<>();
    for (CheckType<?> type : types) {
      properties.put(type.name(), described(reference(type.configuration()), type.summary()));
      exactlyOne.add(
          Json.object().put("required", Json.array(List.of(Json.of(type.name())))).build());
    }
    properties.put("expect", expect());
    properties.putAll(properties(Shape.of(WorkspaceFile.CheckFile.class)));
    properties.putAll(observed());
    return Json.object()
        .put("type", "object")
        .put("additionalProperties", false)
        .put("properties", new Json.Obj(properties))
        .put("oneOf", Json.array(exactlyOne))
        .build();
  }

  private Map<String, Json> observed() {
    Map<String, Json> properties = new LinkedHashMap<>();
    for (ServiceObserver<?> observer : observers) {
      properties.put(
          observer.name(), described(reference(observer.configuration()), observer.summary()));
    }
    return properties;
  }

  private Json expect() {
    Json one = reference(WorkspaceFile.ExpectationFile.class);
    return Json.object()
        .put("type", "object")
        .put(
            "description",
            "What must hold: metric and statistic, such as latency.p95, to a comparison.")
        .put("additionalProperties", anyOf(List.of(one, listOf(one))))
        .build();
  }

  private Map<String, Json> properties(Shape shape) {
    Map<String, Json> properties = new LinkedHashMap<>();
    for (Shape.Part part : shape.parts()) {
      Json schema = described(schema(part.type()), part.doc());
      String byDefault = part.byDefault();
      if (byDefault != null) {
        schema = with(schema, "default", Json.of(byDefault));
      }
      properties.put(part.key(), schema);
    }
    return properties;
  }

  private Json schema(Type type) {
    Class<?> raw = Shape.raw(type);
    if (raw == List.class) {
      Json item = schema(Shape.argument(type));
      Class<?> itemType = Shape.raw(Shape.argument(type));
      boolean single =
          itemType == Ref.class || itemType.isEnum() || ScalarForm.of(itemType) != null;
      return single ? anyOf(List.of(listOf(item), item)) : listOf(item);
    }
    if (raw == Map.class) {
      return Json.object()
          .put("type", "object")
          .put("additionalProperties", schema(Shape.argument(type)))
          .build();
    }
    if (raw == Json.class) {
      return Json.object().build();
    }
    if (raw == Ref.class) {
      return Json.object().put("type", "string").build();
    }
    if (raw.isEnum()) {
      return Json.object()
          .put(
              "enum",
              Json.array(
                  Arrays.stream(raw.getEnumConstants())
                      .map(value ->
                          Json.of(value.toString().toLowerCase(Locale.ROOT).replace('_', ' ')))
                      .toList()))
          .build();
    }
    ScalarForm form = ScalarForm.of(raw);
    return form == null ? reference(raw) : scalar(form);
  }

  private static Json scalar(ScalarForm form) {
    List<Json> types = Arrays.stream(form.jsonTypes()).map(Json::of).toList();
    return Json.object()
        .put("type", types.size() == 1 ? types.getFirst() : Json.array(types))
        .build();
  }

  /** A reference to the definition of a record, which is added the first time it is asked for. */
  private Json reference(Class<?> record) {
    String name = name(record);
    if (!definitions.containsKey(name)) {
      definitions.put(name, Json.Null.VALUE);
      definitions.put(name, definition(Shape.of(record)));
    }
    return Json.object().put("$ref", "#/$defs/" + name).build();
  }

  private static String name(Class<?> record) {
    String[] words = record.getName().split("[.$]");
    return words[words.length - 1];
  }

  private Json definition(Shape shape) {
    Map<String, Json> properties = new LinkedHashMap<>(properties(shape));
    if (shape.type() == WorkspaceFile.ServiceFile.class) {
      properties.putAll(observed());
    }
    List<Json> required =
        shape.parts().stream()
            .filter(Shape.Part::required)
            .map(part -> Json.of(part.key()))
            .toList();
    Json.Builder object =
        Json.object()
            .put("type", "object")
            .put("additionalProperties", false)
            .put("properties", new Json.Obj(properties));
    if (!required.isEmpty()) {
      object.put("required", Json.array(required));
    }
    List<Json> forms = new ArrayList<>(List.of(object.build()));
    for (Shape.Part part : shape.parts()) {
      if (part.shorthand()) {
        forms.add(schema(part.type()));
      }
    }
    Json form = forms.size() == 1 ? forms.getFirst() : anyOf(forms);
    return described(form, shape.doc());
  }

  private static Json listOf(Json item) {
    return Json.object().put("type", "array").put("items", item).build();
  }

  private static Json anyOf(List<Json> forms) {
    return Json.object().put("anyOf", Json.array(forms)).build();
  }

  private static Json described(Json schema, String description) {
    return description.isEmpty() ? schema : with(schema, "description", Json.of(description));
  }

  private static Json with(Json schema, String name, Json value) {
    Map<String, Json> members = new LinkedHashMap<>(schema.asObject().members());
    members.put(name, value);
    return new Json.Obj(members);
  }
}
