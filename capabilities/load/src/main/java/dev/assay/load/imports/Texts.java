package dev.assay.load.imports;

import dev.assay.api.value.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Builds {@link Template}s from recorded texts, so that a dollar sign that was in the data is still
 * one in the workspace, and puts names into them.
 */
final class Texts {

  private Texts() {}

  /** A template that says exactly this text. */
  static Template literal(String text) {
    return of(List.of(new Template.Literal(text)));
  }

  /** A template that is one name. */
  static Template name(String name) {
    return of(List.of(new Template.Name(name)));
  }

  /** A template of parts; neighbouring texts become one, empty ones none. */
  static Template of(List<? extends Template.Part> parts) {
    List<Template.Part> merged = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (Template.Part part : parts) {
      switch (part) {
        case Template.Literal literal -> text.append(literal.text());
        case Template.Name name -> {
          flush(text, merged);
          merged.add(name);
        }
      }
    }
    flush(text, merged);
    return new Template(source(merged), merged);
  }

  private static void flush(StringBuilder text, List<Template.Part> merged) {
    if (!text.isEmpty()) {
      merged.add(new Template.Literal(text.toString()));
      text.setLength(0);
    }
  }

  private static String source(List<Template.Part> parts) {
    StringBuilder source = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      switch (parts.get(i)) {
        case Template.Name name -> source.append("${").append(name.name()).append('}');
        case Template.Literal literal -> escape(literal.text(), i + 1 < parts.size(), source);
      }
    }
    return source.toString();
  }

  /** Doubles each dollar sign that would otherwise mean something. */
  private static void escape(String text, boolean nameFollows, StringBuilder source) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean last = i + 1 == text.length();
      char next = last ? (nameFollows ? '$' : ' ') : text.charAt(i + 1);
      source.append(c);
      if (c == '$' && (next == '$' || next == '{')) {
        source.append('$');
      }
    }
  }

  /** Both after one another. */
  static Template join(Template first, Template second) {
    List<Template.Part> parts = new ArrayList<>(first.parts());
    parts.addAll(second.parts());
    return of(parts);
  }

  /** Every literal piece replaced by what the function makes of it. */
  static Template mapLiterals(
      Template template, Function<String, List<? extends Template.Part>> change) {
    List<Template.Part> parts = new ArrayList<>();
    for (Template.Part part : template.parts()) {
      switch (part) {
        case Template.Name name -> parts.add(name);
        case Template.Literal literal -> parts.addAll(change.apply(literal.text()));
      }
    }
    return of(parts);
  }

  /** Every occurrence of a value in the literal pieces replaced by the name. */
  static Template replace(Template template, String value, String name) {
    if (value.isEmpty()) {
      return template;
    }
    return mapLiterals(
        template,
        text -> {
          List<Template.Part> parts = new ArrayList<>();
          int from = 0;
          for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, from)) {
            parts.add(new Template.Literal(text.substring(from, at)));
            parts.add(new Template.Name(name));
            from = at + value.length();
          }
          parts.add(new Template.Literal(text.substring(from)));
          return parts;
        });
  }

  /** Whether nothing in it is a name. */
  static boolean isLiteral(Template template) {
    return template.names().isEmpty();
  }

  /** The text of a template without names; names stand as written. */
  static String plain(Template template) {
    return template.fill(name -> "${" + name + "}");
  }

  /**
   * A text for a key that takes no template, but is filled where it looks like one: it is escaped
   * only then.
   */
  static String constant(String text) {
    return text.contains("${") ? literal(text).source() : text;
  }

  /** A word made of a text that names of templates can have: {@code order_id}. */
  static String word(String text) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < text.length() && word.length() < 40; i++) {
      char c = text.charAt(i);
      boolean good = c < 128 && (Character.isLetterOrDigit(c) || c == '_');
      if (good) {
        word.append(c);
      } else if (!word.isEmpty() && word.charAt(word.length() - 1) != '_') {
        word.append('_');
      }
    }
    while (!word.isEmpty() && word.charAt(word.length() - 1) == '_') {
      word.setLength(word.length() - 1);
    }
    if (word.isEmpty()) {
      return "value";
    }
    return Character.isDigit(word.charAt(0)) ? "v" + word : word.toString();
  }
}
