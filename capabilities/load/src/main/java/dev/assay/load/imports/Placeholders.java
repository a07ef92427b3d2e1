package dev.assay.load.imports;

import dev.assay.api.value.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides the names of a template behind words that may stand anywhere in an address or a JSON text,
 * and shows them again afterwards. Not for several threads.
 */
final class Placeholders {

  private static final Pattern HIDDEN = Pattern.compile("assay7(\\d{1,6})7name");

  private final List<String> names = new ArrayList<>();

  /** The text with words in the place of its names. */
  String hide(Template template) {
    StringBuilder text = new StringBuilder();
    for (Template.Part part : template.parts()) {
      switch (part) {
        case Template.Literal literal -> text.append(literal.text());
        case Template.Name name -> {
          text.append("assay7").append(names.size()).append("7name");
          names.add(name.name());
        }
      }
    }
    return text.toString();
  }

  /** The template that a text with such words stands for. */
  Template show(String text) {
    List<Template.Part> parts = new ArrayList<>();
    Matcher hidden = HIDDEN.matcher(text);
    int from = 0;
    while (hidden.find()) {
      int index = Integer.parseInt(hidden.group(1));
      if (index < names.size()) {
        parts.add(new Template.Literal(text.substring(from, hidden.start())));
        parts.add(new Template.Name(names.get(index)));
        from = hidden.end();
      }
    }
    parts.add(new Template.Literal(text.substring(from)));
    return Texts.of(parts);
  }

  /** The names again in every text of a request; those hidden in a method or a name too. */
  RequestDraft show(RequestDraft request) {
    if (names.isEmpty()) {
      return request;
    }
    Target target = request.target();
    Template origin = target.origin();
    Target shown =
        origin == null ? target : new Target(shown(origin), target.path(), target.query());
    return request.with(shown).mapTexts((_, _, text) -> shown(text));
  }

  private Template shown(Template text) {
    return Texts.mapLiterals(text, literal -> show(literal).parts());
  }
}
