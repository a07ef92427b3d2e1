package dev.assay.gateway.template;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.gateway.ChannelProblems;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A template: variables with types, and a text for each language, as JSON:
 *
 * <pre>
 * {"name": "shipped", "default": "en",
 *  "variables": {"customer": "text", "parcels": "number", "total": {"type": "money", "optional": true}},
 *  "texts": {"en": "Hello {customer}, {parcels, plural, one {# parcel is} other {# parcels are}} on the way.",
 *            "de": "…"},
 *  "subjects": {"en": "On the way"}, "markup": false}
 * </pre>
 *
 * With {@code markup} texts have *emphasis*, lists and links that each channel shows in its own
 * way, and values are kept from being read so. Immutable.
 */
public final class MessageTemplate {

  private static final List<String> MEMBERS =
      List.of("name", "default", "variables", "texts", "subjects", "markup");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");
  private static final int MOST_LANGUAGES = 100;
  private static final int MOST_VARIABLES = 100;

  private final String name;
  private final Locale otherwise;
  private final boolean markup;
  private final Map<String, Variable> variables;
  private final Map<String, List<Node>> texts;
  private final Map<String, List<Node>> subjects;

  private MessageTemplate(
      String name,
      Locale otherwise,
      boolean markup,
      Map<String, Variable> variables,
      Map<String, List<Node>> texts,
      Map<String, List<Node>> subjects) {
    this.name = name;
    this.otherwise = otherwise;
    this.markup = markup;
    this.variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    this.texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    this.subjects = Map.copyOf(subjects);
  }

  /**
   * A text with its values.
   *
   * @param locale whose text it is
   * @param text the text
   * @param subject its subject, or null where it has none
   * @param markup whether it has markup
   */
  public record Filled(Locale locale, String text, @Nullable String subject, boolean markup) {}

  /**
   * Reads a template.
   *
   * @param where what problems call it, such as its file
   * @throws ProblemException with all that is wrong
   */
  public static MessageTemplate read(Json.Obj json, String where) {
    List<Problem> problems = new ArrayList<>();
    MessageTemplate read = new Reader(json, where, problems).read();
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return read;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its variables by name. */
  public Map<String, Variable> variables() {
    return variables;
  }

  /** The languages that it has, by their tags, the default first. */
  public List<Locale> locales() {
    List<Locale> all = new ArrayList<>(List.of(otherwise));
    texts.keySet().stream()
        .map(Locale::forLanguageTag)
        .filter(locale -> !locale.equals(otherwise))
        .forEach(all::add);
    return all;
  }

  /** The language that is used where that one is wanted: de for de-AT, else the default. */
  public Locale locale(Locale wanted) {
    String tag = wanted.toLanguageTag();
    while (!tag.isEmpty()) {
      if (texts.containsKey(tag)) {
        return Locale.forLanguageTag(tag);
      }
      tag = tag.substring(0, Math.max(0, tag.lastIndexOf('-')));
    }
    return otherwise;
  }

  /**
   * Fills in values.
   *
   * @param wanted the language; numbers and dates are written as there, also where the text is
   *     another country's of the same language
   * @param zone in which moments are shown
   * @throws ProblemException with all values that are missing, wrong or too many
   */
  public Filled fill(Map<String, Json> values, Locale wanted, ZoneId zone) {
    Map<String, Value> typed = typed(values);
    Locale locale = locale(wanted);
    Locale shown = locale.getLanguage().equals(wanted.getLanguage()) ? wanted : locale;
    List<Node> subject = subjects.get(locale.toLanguageTag());
    if (subject == null) {
      subject = subjects.get(otherwise.toLanguageTag());
    }
    List<Node> text = texts.getOrDefault(locale.toLanguageTag(), List.of());
    return new Filled(
        locale,
        new Filler(typed, shown, zone, markup).fill(text),
        subject == null
            ? null
            : new Filler(typed, shown, zone, false).fill(subject).replace('\n', ' '),
        markup);
  }

  private Map<String, Value> typed(Map<String, Json> values) {
    List<Problem> problems = new ArrayList<>();
    Where where = Where.named("template " + name);
    for (String given : values.keySet()) {
      if (!variables.containsKey(given)) {
        problems.add(
            ChannelProblems.VALUES.at(
                where,
                "the template has no variable '" + given + "'",
                Nearest.mend(given, variables.keySet())));
      }
    }
    Map<String, Value> typed = new LinkedHashMap<>();
    for (Variable variable : variables.values()) {
      Json given = values.get(variable.name());
      if (given == null || given instanceof Json.Null) {
        if (!variable.optional()) {
          problems.add(
              ChannelProblems.VALUES.at(
                  where,
                  "there is no value for '" + variable.name() + "'",
                  "give one, such as "
                      + dev.assay.api.json.JsonWriter.canonical(variable.example())));
        }
        continue;
      }
      try {
        typed.put(variable.name(), variable.type().read(given, variable.most()));
      } catch (JsonException | IllegalArgumentException wrong) {
        problems.add(
            ChannelProblems.VALUES.at(
                where,
                "the value of '" + variable.name() + "' does not fit: " + wrong.getMessage(),
                "give one such as " + dev.assay.api.json.JsonWriter.canonical(variable.example())));
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return typed;
  }

  /** The examples of all variables. */
  public Map<String, Json> examples() {
    Map<String, Json> all = new LinkedHashMap<>();
    variables.values().forEach(variable -> all.put(variable.name(), variable.example()));
    return all;
  }

  /** Values as long as they may be. */
  public Map<String, Json> longest() {
    Map<String, Json> all = new LinkedHashMap<>();
    variables.values().forEach(variable -> all.put(variable.name(), variable.longest()));
    return all;
  }

  /** Reads one template. */
  private static final class Reader {
    private final Json.Obj json;
    private final String where;
    private final List<Problem> problems;
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final Set<String> used = new TreeSet<>();

    Reader(Json.Obj json, String where, List<Problem> problems) {
      this.json = json;
      this.where = where;
      this.problems = problems;
    }

    MessageTemplate read() {
      for (String member : json.members().keySet()) {
        if (!MEMBERS.contains(member)) {
          wrong("'" + member + "' is no part of a template", Nearest.mend(member, MEMBERS));
        }
      }
      String name = text("name");
      if (!NAME.matcher(name).matches()) {
        wrong("'" + name + "' is no name of a template", "use small letters, digits and dashes");
      }
      Locale otherwise = locale(text("default"));
      readVariables();
      Map<String, List<Node>> texts = texts("texts");
      Map<String, List<Node>> subjects = texts("subjects");
      if (!texts.containsKey(otherwise.toLanguageTag())) {
        wrong(
            "there is no text for the default language '" + otherwise.toLanguageTag() + "'",
            "add texts: { " + otherwise.toLanguageTag() + ": … }");
      }
      if (problems.isEmpty()) {
        for (String variable : variables.keySet()) {
          if (!used.contains(variable)) {
            wrong(
                "no text uses the variable '" + variable + "'",
                "remove it, or write {" + variable + "}");
          }
        }
      }
      Json markup = json.find("markup");
      return new MessageTemplate(
          name,
          otherwise,
          markup instanceof Json.Bool bool && bool.value(),
          variables,
          texts,
          subjects);
    }

    private String text(String member) {
      if (json.find(member) instanceof Json.Text text) {
        return text.value();
      }
      wrong("there is no '" + member + "'", "add it, such as " + member + ": en");
      return "en";
    }

    private Locale locale(String tag) {
      try {
        Locale locale = new Locale.Builder().setLanguageTag(tag.replace('_', '-')).build();
        if (!locale.getLanguage().isEmpty()) {
          return locale;
        }
      } catch (IllformedLocaleException wrong) {
        // told below
      }
      wrong("'" + tag + "' is no language", "write it like de, de-AT or zh-Hant");
      return Locale.ENGLISH;
    }

    private Map<String, Json> members(String member, int most) {
      Json value = json.find(member);
      if (value == null) {
        return Map.of();
      }
      if (!(value instanceof Json.Obj object)) {
        wrong("'" + member + "' is no object", "write it as names with values");
        return Map.of();
      }
      if (object.members().size() > most) {
        wrong("there are more than " + most + " " + member, "make several templates");
        return Map.of();
      }
      return object.members();
    }

    private void readVariables() {
      members("variables", MOST_VARIABLES)
          .forEach((name, value) -> {
            try {
              variables.put(name, Variable.read(name, value));
            } catch (JsonException | IllegalArgumentException wrong) {
              wrong(
                  "the variable '" + name + "' is wrong: " + wrong.getMessage(),
                  "write it like " + name + ": text");
            }
          });
    }

    private Map<String, List<Node>> texts(String member) {
      Map<String, List<Node>> read = new LinkedHashMap<>();
      members(member, MOST_LANGUAGES)
          .forEach((tag, value) -> {
            Locale locale = locale(tag);
            if (!(value instanceof Json.Text text) || text.value().isBlank()) {
              wrong(member + "." + tag + " is no text", "write one");
              return;
            }
            TextParser parser =
                new TextParser(
                    where + " " + member + "." + tag, text.value(), locale, variables, problems);
            read.put(locale.toLanguageTag(), parser.parse());
            used.addAll(parser.used());
          });
      return read;
    }

    private void wrong(String what, String mend) {
      problems.add(ChannelProblems.TEMPLATE.at(Where.named(where), what, mend));
    }
  }
}
