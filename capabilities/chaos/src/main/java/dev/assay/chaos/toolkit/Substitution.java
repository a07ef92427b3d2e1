package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts values of the configuration and of secrets into texts, as Python's {@code string.Template}
 * with the toolkit's addition: a text that is nothing but one <code>${name}</code> becomes the
 * value in its own type. Immutable.
 */
final class Substitution {

  private static final Pattern PLACE =
      Pattern.compile("\\$(?:(\\$)|([_a-zA-Z][_a-zA-Z0-9]*)|\\{([_a-zA-Z][_a-zA-Z0-9]*)\\})");

  private final Map<String, Json> configuration;
  private final Map<String, Json> secrets;

  /**
   * A substitution.
   *
   * @param configuration by name; wins over secrets
   * @param secrets by group; the first group that has a name gives its value
   */
  Substitution(Map<String, Json> configuration, Map<String, Json> secrets) {
    this.configuration = configuration;
    this.secrets = secrets;
  }

  private @Nullable Json value(String name) {
    Json value = configuration.get(name);
    if (value != null) {
      return value;
    }
    return secrets.values().stream()
        .filter(Json.Obj.class::isInstance)
        .map(group -> Optional.ofNullable(((Json.Obj) group).members().get(name)))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  /** The value with every text in it filled; names without a value stay as they are. */
  Json fill(Json value) {
    return switch (value) {
      case Json.Text text -> text(text.value());
      case Json.Array array -> Json.array(items(array.items()));
      case Json.Obj object -> {
        Map<String, Json> members = new LinkedHashMap<>();
        object.members().forEach((name, member) -> members.put(name, fill(member)));
        yield new Json.Obj(members);
      }
      default -> value;
    };
  }

  /** A list inside a list becomes part of it, as in the toolkit. */
  private List<Json> items(List<Json> from) {
    List<Json> items = new ArrayList<>();
    for (Json item : from) {
      if (item instanceof Json.Array inner) {
        items.addAll(items(inner.items()));
      } else {
        items.add(fill(item));
      }
    }
    return items;
  }

  /** The same for one text. */
  Json text(String template) {
    Matcher matcher = PLACE.matcher(template);
    if (matcher.matches() && matcher.group(3) != null) {
      Json whole = value(matcher.group(3));
      return whole == null ? Json.of(template) : whole;
    }
    return Json.of(matcher.reset().replaceAll(found -> Matcher.quoteReplacement(part(matcher))));
  }

  private String part(Matcher found) {
    if (found.group(1) != null) {
      return "$";
    }
    Json value = value(found.group(2) == null ? found.group(3) : found.group(2));
    return value == null ? found.group() : Python.text(value);
  }
}
