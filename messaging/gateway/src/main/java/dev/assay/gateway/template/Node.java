package dev.assay.gateway.template;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a template's text. Immutable. */
sealed interface Node {

  /** Text that stays as it is. */
  record Literal(String text) implements Node {}

  /**
   * The place of a value.
   *
   * @param style of a date, or empty
   */
  record Place(String name, String style) implements Node {}

  /** The number that a plural chose by. */
  record Counted(String name) implements Node {}

  /** One of several texts by a value; {@code other} is always there. */
  record Select(String name, Map<String, List<Node>> branches) implements Node {
    public Select {
      branches = Collections.unmodifiableMap(new LinkedHashMap<>(branches));
    }
  }

  /** One of several texts by a number: exact ones first, then by the form of the language. */
  record Plural(String name, Map<BigDecimal, List<Node>> exact, Map<String, List<Node>> forms)
      implements Node {
    public Plural {
      exact = Map.copyOf(exact);
      forms = Map.copyOf(forms);
    }
  }
}
