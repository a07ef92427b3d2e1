package dev.assay.network.profile;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.value.Quantity;
import dev.assay.api.value.Share;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Distribution;
import dev.assay.network.link.Loss;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The networks that Assay knows by name, read from {@code profiles.json}, where each figure has its
 * source. Immutable and thread-safe.
 */
public final class Profiles {

  private final Map<String, Profile> byName;

  private Profiles(Map<String, Profile> byName) {
    this.byName = Collections.unmodifiableMap(byName);
  }

  /** Reads those that come with Assay. */
  public static Profiles builtIn() {
    try (InputStream file = Profiles.class.getResourceAsStream("profiles.json")) {
      if (file == null) {
        throw new IllegalStateException("profiles.json is missing");
      }
      return read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Reads the text of such a file. */
  static Profiles read(String text) {
    Json.Obj file = JsonReader.read(text).asObject();
    Json.Obj sources = file.object("sources");
    Map<String, Profile> profiles = new LinkedHashMap<>();
    for (Json each : file.array("profiles")) {
      Json.Obj profile = each.asObject();
      List<Profile.Figure> figures = new ArrayList<>();
      Json.Obj written = profile.object("figures");
      for (String name : written.members().keySet()) {
        List<Json> figure = written.array(name);
        String source = figure.get(1).asText();
        String known = sources.findText(source);
        figures.add(
            new Profile.Figure(name, figure.get(0).asText(), known == null ? source : known));
      }
      String name = profile.text("name");
      profiles.put(name, new Profile(name, profile.text("title"), figures, condition(figures)));
    }
    return new Profiles(profiles);
  }

  /** The profile of that name. */
  public Optional<Profile> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Their names, the most used first. */
  public Set<String> names() {
    return byName.keySet();
  }

  /** All of them, the most used first. */
  public Collection<Profile> all() {
    return byName.values();
  }

  private static Condition condition(List<Profile.Figure> figures) {
    Map<String, String> texts = new LinkedHashMap<>();
    figures.forEach(figure -> texts.put(figure.name(), figure.text()));
    if (texts.containsKey("offline")) {
      return Condition.OFFLINE;
    }
    // half of the round trip each way; its jitter adds up as variances do
    double oneWay = nanos(texts.get("rtt")) / 2;
    double jitter = texts.containsKey("jitter") ? nanos(texts.get("jitter")) / Math.sqrt(2) : 0;
    Distribution distribution =
        jitter == 0
            ? new Distribution.Constant(Math.round(oneWay))
            : new Distribution.Normal(oneWay, jitter);
    DirectionCondition both = DirectionCondition.NONE.withDelay(Delay.of(distribution));
    return new Condition(direction(both, texts, "up"), direction(both, texts, "down"));
  }

  private static DirectionCondition direction(
      DirectionCondition both, Map<String, String> texts, String name) {
    DirectionCondition direction = both;
    String rate = texts.get(name);
    if (rate != null) {
      direction = direction.withRate(Bandwidth.parse(rate).bitsPerSecond());
    }
    String loss = texts.get("loss " + name);
    return loss == null
        ? direction
        : direction.withLoss(new Loss.Independent(Share.parse(loss).ratio()));
  }

  private static double nanos(@Nullable String text) {
    return text == null ? 0 : Quantity.parse(text).duration().toNanos();
  }
}
