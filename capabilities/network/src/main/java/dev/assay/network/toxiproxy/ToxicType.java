package dev.assay.network.toxiproxy;

import dev.assay.api.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of toxics: the seven of Toxiproxy 2.12 and its hidden {@code noop}, and {@code link},
 * which is ours. Times are milliseconds, except the slicer's, which are microseconds.
 */
enum ToxicType {
  /** Passes data late: {@code latency} ± {@code jitter}. */
  LATENCY("latency", attributes("latency", "jitter")),
  /** Passes {@code rate} times 1000 bytes in a second; nothing at 0. */
  BANDWIDTH("bandwidth", attributes("rate")),
  /** Passes the end of the stream {@code delay} late. */
  SLOW_CLOSE("slow_close", attributes("delay")),
  /** Drops all data, and closes after {@code timeout} without any; never at 0. */
  TIMEOUT("timeout", attributes("timeout")),
  /** Resets the connection {@code timeout} after its first data. */
  RESET_PEER("reset_peer", attributes("timeout")),
  /** Cuts data into {@code average_size} ± {@code size_variation} bytes, {@code delay} apart. */
  SLICER("slicer", attributes("average_size", "size_variation", "delay")),
  /** Closes after so many {@code bytes}. */
  LIMIT_DATA("limit_data", attributes("bytes")),
  /** Does nothing. */
  NOOP("noop", Map.of()),
  /**
   * Ours: puts the direction of a profile, named by {@code like}, under all connections of the
   * proxy together, as one link.
   */
  LINK("link", Map.of("like", Json.of("")));

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // never changed once it is made
  private final Map<String, Json> defaults;

  ToxicType(String label, Map<String, Json> defaults) {
    this.label = label;
    this.defaults = defaults;
  }

  private static Map<String, Json> attributes(String... names) {
    Map<String, Json> all = new LinkedHashMap<>();
    for (String name : names) {
      all.put(name, Json.of(0));
    }
    return all;
  }

  static Optional<ToxicType> named(String label) {
    for (ToxicType type : values()) {
      if (type.label.equals(label)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  String label() {
    return label;
  }

  /** The attributes that a request gives, over those that are there already. */
  Json.Obj attributes(RequestBody given, Optional<Json.Obj> before) {
    Map<String, Json> values = new LinkedHashMap<>(before.map(Json.Obj::members).orElse(defaults));
    for (Map.Entry<String, Json> attribute : values.entrySet()) {
      String name = attribute.getKey();
      Json wanted = defaults.getOrDefault(name, attribute.getValue());
      given.member(name).ifPresent(value -> attribute.setValue(checked(name, wanted, value)));
    }
    return new Json.Obj(values);
  }

  private static Json checked(String name, Json wanted, Json value) {
    if (wanted instanceof Json.Whole && !(value instanceof Json.Whole)) {
      throw ApiFailure.badBody("attribute '" + name + "' is not a whole number of 64 bits");
    }
    if (wanted instanceof Json.Text && !(value instanceof Json.Text)) {
      throw ApiFailure.badBody("attribute '" + name + "' is not a string");
    }
    return value;
  }
}
