package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import java.util.Map;

/**
 * What a native function may use. Thread-safe.
 *
 * @param surroundings the world
 * @param http sends requests
 * @param restoration remembers what is to be put back
 * @param configuration of the experiment
 * @param environment variables that were set while it runs; may be added to
 */
record Call(
    Surroundings surroundings,
    Http http,
    Restoration restoration,
    Map<String, Json> configuration,
    Map<String, String> environment) {

  Json configured(String name) {
    return configuration.getOrDefault(name, Json.Null.VALUE);
  }
}
