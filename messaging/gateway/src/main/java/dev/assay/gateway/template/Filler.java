package dev.assay.gateway.template;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills the pieces of a text.
 *
 * @param values by name; those of optional variables may be missing
 * @param locale how numbers and dates are written
 * @param zone in which moments are shown
 * @param markup whether values are kept from being markup
 */
record Filler(Map<String, Value> values, Locale locale, ZoneId zone, boolean markup) {

  String fill(List<Node> nodes) {
    StringBuilder filled = new StringBuilder();
    add(nodes, filled);
    return filled.toString();
  }

  private void add(List<Node> nodes, StringBuilder filled) {
    for (Node node : nodes) {
      switch (node) {
        case Node.Literal literal -> filled.append(literal.text());
        case Node.Place place -> filled.append(shown(place.name(), place.style()));
        case Node.Counted counted -> filled.append(shown(counted.name(), ""));
        case Node.Select select -> add(branch(select), filled);
        case Node.Plural plural -> add(branch(plural), filled);
      }
    }
  }

  private String shown(String name, String style) {
    Value value = values.get(name);
    if (value == null) {
      return "";
    }
    String text = value.shown(locale, style, zone);
    boolean plain = value instanceof Value.Url || value instanceof Value.Decimal;
    return markup && !plain ? Markup.escape(text) : text;
  }

  private List<Node> branch(Node.Select select) {
    Value value = values.get(select.name());
    String key = value == null ? "missing" : value.shown(Locale.ROOT, "", zone);
    return orOther(select.branches().get(key), select.branches());
  }

  private List<Node> branch(Node.Plural plural) {
    if (!(values.get(plural.name()) instanceof Value.Decimal count)) {
      return orOther(plural.forms().get("missing"), plural.forms());
    }
    BigDecimal number = count.number();
    BigDecimal bare = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    List<Node> exact = plural.exact().get(bare);
    return exact != null
        ? exact
        : orOther(plural.forms().get(Plurals.of(locale).form(number)), plural.forms());
  }

  private static List<Node> orOther(@Nullable List<Node> chosen, Map<String, List<Node>> all) {
    return chosen != null ? chosen : all.getOrDefault("other", List.of());
  }
}
