package dev.assay.network.profile;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Distribution;
import dev.assay.network.link.Reordering;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads profiles of Augmented Traffic Control: {@code rate} in kbit/s (null or 0 for no limit),
 * {@code delay} in milliseconds one way, shares in per cent. ATC hands them to netem, so its jitter
 * is spread evenly.
 */
final class AtcProfile {

  private AtcProfile() {}

  static List<Imported> read(Description file) {
    try {
      Json json = JsonReader.read(file.text());
      List<Imported> all = new ArrayList<>();
      for (Json profile : json instanceof Json.Array list ? list.items() : List.of(json)) {
        all.add(profile(file, profile.asObject()));
      }
      if (all.isEmpty()) {
        throw file.problem(ImportProblems.SHAPE, 1, "the list is empty", "give at least a profile");
      }
      return all;
    } catch (JsonException wrong) {
      throw file.problem(
          ImportProblems.SHAPE,
          1,
          "this is no profile of ATC: " + wrong.getMessage(),
          "give JSON with 'up' and 'down', or choose another kind");
    }
  }

  private static Imported profile(Description file, Json.Obj profile) {
    Json content = profile.find("content");
    Json.Obj shaping = content == null ? profile : content.asObject();
    if (shaping.find("up") == null && shaping.find("down") == null) {
      throw JsonException.of("there is neither 'up' nor 'down'");
    }
    String name = profile.findText("name");
    List<String> notes = new ArrayList<>();
    Condition condition =
        new Condition(
            direction(file, shaping.find("up"), notes),
            direction(file, shaping.find("down"), notes));
    return Imported.of(
        name == null ? file.stem() : name, name == null ? "" : name, condition, notes);
  }

  private static DirectionCondition direction(
      Description file, @Nullable Json json, List<String> notes) {
    if (json == null) {
      return DirectionCondition.NONE;
    }
    Json.Obj shaping = json.asObject();
    double kilobits = number(shaping, "rate");
    Json.Obj delay = part(shaping, "delay");
    double middle = number(delay, "delay") * 1e6;
    double jitter = number(delay, "jitter") * 1e6;
    Json.Obj loss = part(shaping, "loss");
    Json.Obj reorder = part(shaping, "reorder");
    double corrupted = number(part(shaping, "corruption"), "percentage") / 100;
    if (corrupted > 0) {
      notes.add("corrupted packets count as lost, as checksums find them");
    }
    return file.value(
        1,
        () -> {
          Distribution distribution =
              jitter > 0
                  ? new Distribution.Uniform(middle, jitter)
                  : new Distribution.Constant(Math.round(middle));
          double correlation = number(delay, "correlation") / 100;
          return DirectionCondition.NONE
              .withRate(kilobits * 1000)
              .withDelay(new Delay(distribution, Math.min(correlation, 0.99)))
              .withLoss(
                  NetemLoss.together(
                      NetemLoss.correlated(
                          number(loss, "percentage") / 100, number(loss, "correlation") / 100),
                      corrupted))
              .withReordering(
                  new Reordering(
                      number(reorder, "percentage") / 100,
                      (int) number(reorder, "gap"),
                      jitter > 0));
        });
  }

  private static Json.Obj part(Json.Obj shaping, String name) {
    Json part = shaping.find(name);
    return part == null ? Json.object().build() : part.asObject();
  }

  private static double number(Json.Obj object, String name) {
    Json value = object.find(name);
    return value == null ? 0 : value.asNumber();
  }
}
