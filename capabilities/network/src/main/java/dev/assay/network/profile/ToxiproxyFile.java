package dev.assay.network.profile;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Counting;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Distribution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads Toxiproxy's populate files (a list of proxies) and the answer of {@code GET /proxies}
 * (proxies by name, with toxics). Of the toxics, latency and bandwidth are conditions of a network;
 * the others do something to connections and are named in a note.
 */
final class ToxiproxyFile {

  private ToxiproxyFile() {}

  static List<Imported> read(Description file) {
    try {
      Json json = JsonReader.read(file.text());
      Collection<Json> proxies =
          json instanceof Json.Array list ? list.items() : json.asObject().members().values();
      List<Imported> all = new ArrayList<>();
      for (Json proxy : proxies) {
        all.add(proxy(file, proxy.asObject()));
      }
      if (all.isEmpty()) {
        throw file.problem(ImportProblems.SHAPE, 1, "there is no proxy", "give at least one");
      }
      return all;
    } catch (JsonException wrong) {
      throw file.problem(
          ImportProblems.SHAPE,
          1,
          "this is no populate file of Toxiproxy: " + wrong.getMessage(),
          "give a JSON list of proxies with 'name' and 'upstream', or choose another kind");
    }
  }

  private static Imported proxy(Description file, Json.Obj proxy) {
    String name = proxy.text("name");
    String upstream = proxy.text("upstream");
    String listen = proxy.findText("listen");
    List<String> notes = new ArrayList<>();
    Condition condition = Condition.NONE;
    for (Json toxic : proxy.array("toxics")) {
      condition = with(file, condition, toxic.asObject(), notes);
    }
    Json enabled = proxy.find("enabled");
    if (enabled != null && !enabled.asBool()) {
      condition = Condition.OFFLINE;
    }
    return new Imported(
        Imported.fitting(name),
        name,
        condition,
        Map.of(),
        Optional.of(new Imported.Route(listen == null ? "" : listen, upstream)),
        notes);
  }

  private static Condition with(
      Description file, Condition before, Json.Obj toxic, List<String> notes) {
    String type = toxic.text("type");
    String stream = toxic.findText("stream");
    boolean up = "upstream".equals(stream);
    Json attributes = toxic.find("attributes");
    Json.Obj values = attributes == null ? Json.object().build() : attributes.asObject();
    Json toxicity = toxic.find("toxicity");
    if (toxicity != null && toxicity.asNumber() < 1) {
      notes.add(
          "the toxic '"
              + type
              + "' was on "
              + toxicity.asNumber() * 100
              + " % of the connections; here it is on all");
    }
    DirectionCondition direction = up ? before.up() : before.down();
    DirectionCondition after =
        switch (type) {
          case "latency" -> file.value(1, () -> latency(direction, values));
          case "bandwidth" -> file.value(1, () -> bandwidth(direction, values));
          default -> {
            notes.add(
                "the toxic '"
                    + type
                    + "' is no condition of a network; `assay network toxiproxy`"
                    + " has it");
            yield direction;
          }
        };
    return up ? before.withUp(after) : before.withDown(after);
  }

  private static DirectionCondition latency(DirectionCondition direction, Json.Obj values) {
    double middle = number(values, "latency") * 1e6;
    double jitter = number(values, "jitter") * 1e6;
    Distribution distribution =
        jitter > 0
            ? new Distribution.Uniform(middle, jitter)
            : new Distribution.Constant(Math.round(middle));
    return direction.withDelay(Delay.of(distribution));
  }

  /** Toxiproxy counts kilobytes of payload; 0 lets nothing through. */
  private static DirectionCondition bandwidth(DirectionCondition direction, Json.Obj values) {
    double rate = number(values, "rate");
    return rate == 0
        ? direction.withOffline(true)
        : direction.withRate(rate * 8000).withCounting(Counting.PAYLOAD);
  }

  private static double number(Json.Obj values, String name) {
    Json value = values.find(name);
    return value == null ? 0 : value.asNumber();
  }
}
