package dev.assay.core.parse;

import dev.assay.api.json.Json;
import dev.assay.api.value.CommandLine;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Template;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the names that templates anywhere inside a configuration use. */
final class TemplateNames {

  private final Set<String> names = new LinkedHashSet<>();

  private TemplateNames() {}

  /** The names used in a value and in everything inside it. */
  static Set<String> in(@Nullable Object value) {
    TemplateNames found = new TemplateNames();
    found.collect(value);
    return found.names;
  }

  private void collect(@Nullable Object value) {
    switch (value) {
      case null -> {}
      case Template template -> names.addAll(template.names());
      case Comparison comparison when comparison.open() ->
          names.addAll(Template.parse(comparison.operand()).names());
      case CommandLine command -> command.words().forEach(this::collect);
      case Json json -> collectJson(json);
      case Collection<?> items -> items.forEach(this::collect);
      case Map<?, ?> map -> map.values().forEach(this::collect);
      case Record record -> collectRecord(record);
      default -> {}
    }
  }

  private void collectJson(Json json) {
    switch (json) {
      case Json.Text text -> {
        try {
          names.addAll(Template.parse(text.value()).names());
        } catch (IllegalArgumentException notTemplate) {
          // the check type reports it when it compiles the body, with its place
        }
      }
      case Json.Array array -> array.items().forEach(this::collectJson);
      case Json.Obj object -> object.members().values().forEach(this::collectJson);
      default -> {}
    }
  }

  private void collectRecord(Record record) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        collect(component.getAccessor().invoke(record));
      } catch (IllegalAccessException | InvocationTargetException impossible) {
        throw new IllegalStateException("cannot read " + component, impossible);
      }
    }
  }
}
