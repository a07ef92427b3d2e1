package dev.assay.network;

import dev.assay.api.problem.Place;
import dev.assay.network.link.Condition;
import java.util.Map;
import java.util.Objects;

/** Known by name. */
public record Conditions(Map<String, Condition> known) {
  /** The one. */
  public Condition named(String name, Place place) {
    return Objects.requireNonNull(known.get(name), place.text());
  }
}
