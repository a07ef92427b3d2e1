package dev.assay.gateway.template;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Nearest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A variable of a template. Immutable.
 *
 * @param name letters, digits and underscores
 * @param type what it may be
 * @param optional whether it may be left out; texts then choose by {@code missing}
 * @param most how many characters it may have, 1 to 2000
 * @param example what previews show
 */
public record Variable(String name, VariableType type, boolean optional, int most, Json example) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,39}");
  private static final List<String> MEMBERS = List.of("type", "optional", "max", "example");
  private static final int LONGEST = 2000;

  /**
   * Reads one: the name of its type, or an object with {@code type}, {@code optional}, {@code max},
   * {@code example}.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  static Variable read(String name, Json json) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name: it has letters, digits and underscores, at most 40");
    }
    if (json instanceof Json.Text type) {
      return of(name, VariableType.named(type.value()), Json.object().build());
    }
    Json.Obj details = json.asObject();
    for (String member : details.members().keySet()) {
      if (!MEMBERS.contains(member)) {
        throw new IllegalArgumentException(
            "'" + member + "' says nothing of a variable: " + Nearest.mend(member, MEMBERS));
      }
    }
    return of(name, VariableType.named(details.text("type")), details);
  }

  private static Variable of(String name, VariableType type, Json.Obj details) {
    Json max = details.find("max");
    long most = max == null ? type.usualMost() : max.asWhole();
    if (most < 1 || most > LONGEST) {
      throw new IllegalArgumentException("max is 1 to " + LONGEST + ", not " + most);
    }
    Json optional = details.find("optional");
    Json example = details.find("example");
    Variable read =
        new Variable(
            name,
            type,
            optional != null && optional.asBool(),
            (int) most,
            example == null ? usual(name, type, (int) most) : example);
    try {
      type.read(read.example, read.most);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("its example does not fit: " + wrong.getMessage(), wrong);
    }
    return read;
  }

  private static Json usual(String name, VariableType type, int most) {
    String text =
        switch (type) {
          case TEXT -> name;
          case NUMBER -> "3";
          case MONEY -> "12.50 EUR";
          case DATE -> "2026-12-24";
          case URL -> "https://example.org/a1b2";
          case CODE -> "123456";
        };
    boolean fits = text.length() <= most;
    return Json.of(fits || type == VariableType.MONEY ? text : text.substring(0, most));
  }

  /** A value as long as values may be, for knowing how long a text can become. */
  Json longest() {
    return Json.of(
        switch (type) {
          case TEXT -> "m".repeat(most);
          case NUMBER -> "9".repeat(Math.min(most, 9));
          case MONEY -> most < 14 ? "9.99 EUR" : "9999999.99 EUR";
          case DATE -> "2026-09-30";
          case URL -> "https://example.org/" + "a".repeat(Math.max(0, most - 20));
          case CODE -> "9".repeat(most);
        });
  }
}
