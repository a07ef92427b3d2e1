package dev.assay.gateway.run;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Problem;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A line of the gateway's log. Numbers of people are personal data and never in it: whatever looks
 * like one is written as {@code <number>}. Immutable.
 *
 * @param at when
 * @param level how grave
 * @param event which kind, such as {@code provider.down}
 * @param fields what else is to say, without texts and numbers of people
 */
public record Happening(Instant at, Level level, String event, Map<String, Json> fields) {

  /** As many digits as a number of a person has at least; ports and counts have fewer. */
  private static final Pattern NUMBER = Pattern.compile("\\+?\\d[\\d ()/-]{5,}\\d");

  /** How grave it is. */
  public enum Level {
    /** As it should be. */
    INFO,
    /** A person should look at it. */
    WARNING,
    /** It cannot go on. */
    ERROR
  }

  /** Copies the fields. */
  public Happening {
    fields = Map.copyOf(fields);
  }

  /** A problem, told as it is told to people. */
  public static Happening of(Instant at, Level level, Problem problem) {
    return new Happening(
        at,
        level,
        "problem",
        Map.of(
            "code", Json.of(problem.code()),
            "where", Json.of(problem.where().text()),
            "what", Json.of(problem.what()),
            "mend", Json.of(problem.mend())));
  }

  /** For programs: one object. */
  public String json() {
    Json.Builder line =
        Json.object()
            .put("at", at.toString())
            .put("level", level.name().toLowerCase(Locale.ROOT))
            .put("event", event);
    fields.forEach((name, value) -> line.put(name, redacted(value)));
    return JsonWriter.canonical(line.build());
  }

  /** For people. */
  public String text() {
    StringBuilder line = new StringBuilder();
    line.append(at.toString(), 0, "2026-11-22T04:00:00".length()).append("Z ").append(event);
    new TreeMap<>(fields)
        .forEach((name, value) -> {
          Json shown = redacted(value);
          line.append(' ').append(name).append('=');
          line.append(
              shown instanceof Json.Text text && text.value().indexOf(' ') < 0
                  ? text.value()
                  : JsonWriter.canonical(shown));
        });
    return line.toString();
  }

  private static Json redacted(Json value) {
    return value instanceof Json.Text text
        ? Json.of(NUMBER.matcher(text.value()).replaceAll("<number>"))
        : value;
  }
}
