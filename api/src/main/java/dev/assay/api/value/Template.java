package dev.assay.api.value;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A text with places to fill: {@code /orders/${id}}. {@code $$} stands for one dollar sign.
 * Immutable.
 *
 * @param source as written
 * @param parts texts and names in order
 */
public record Template(String source, List<Part> parts) {

  /** A piece of a template. */
  public sealed interface Part {}

  /**
   * A piece that stays as it is.
   *
   * @param text the text
   */
  public record Literal(String text) implements Part {}

  /**
   * A piece that a value replaces.
   *
   * @param name such as {@code id}, {@code port.shop}, {@code env.HOME} or {@code secret.token}
   */
  public record Name(String name) implements Part {}

  /** Copies the list. */
  public Template {
    parts = List.copyOf(parts);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException with a sentence for people, if a dollar sign with a brace is
   *     not closed or names nothing
   */
  public static Template parse(String source) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < source.length()) {
      if (source.startsWith("$$", at)) {
        literal.append('$');
        at += 2;
      } else if (source.startsWith("${", at)) {
        int end = source.indexOf('}', at);
        if (end < 0) {
          throw new IllegalArgumentException("'${' is not closed in '" + source + "'");
        }
        String name = source.substring(at + 2, end).strip();
        if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
          throw new IllegalArgumentException(
              "'${" + name + "}' is not a name; names look like id, port.shop, env.HOME");
        }
        if (!literal.isEmpty()) {
          parts.add(new Literal(literal.toString()));
          literal.setLength(0);
        }
        parts.add(new Name(name));
        at = end + 1;
      } else {
        literal.append(source.charAt(at++));
      }
    }
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString()));
    }
    return new Template(source, parts);
  }

  /** The names in it, in order. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Part part : parts) {
      if (part instanceof Name name) {
        names.add(name.name());
      }
    }
    return names;
  }

  /** The text with each name replaced by what the function gives for it. */
  public String fill(Function<String, String> values) {
    StringBuilder filled = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Literal literal -> filled.append(literal.text());
        case Name name -> filled.append(values.apply(name.name()));
      }
    }
    return filled.toString();
  }

  @Override
  public String toString() {
    return source;
  }
}
