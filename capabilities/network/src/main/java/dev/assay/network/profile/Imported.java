package dev.assay.network.profile;

import dev.assay.network.link.Condition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network as another tool described it. Immutable.
 *
 * @param name fit for a workspace: letters, digits, '-' and '_'
 * @param title what the description calls it, may be empty
 * @param condition what it does to traffic
 * @param traces the file of a direction's trace, by {@code up} or {@code down}
 * @param route where a proxy of it led, if it was one
 * @param notes what was not taken over, in sentences
 */
public record Imported(
    String name,
    String title,
    Condition condition,
    Map<String, String> traces,
    Optional<Route> route,
    List<String> notes) {

  /** Copies the collections. */
  public Imported {
    traces = Map.copyOf(traces);
    notes = List.copyOf(notes);
  }

  /** One without traces and route. */
  static Imported of(String name, String title, Condition condition, List<String> notes) {
    return new Imported(fitting(name), title, condition, Map.of(), Optional.empty(), notes);
  }

  /** A name that a workspace takes. */
  static String fitting(String name) {
    String fit = name.strip().replaceAll("[^A-Za-z0-9_]+", "-").replaceAll("^[-_]+|-+$", "");
    if (fit.isEmpty()) {
      return "imported";
    }
    return fit.length() > 80 ? fit.substring(0, 80) : fit;
  }

  /**
   * Where a proxy listened and led to.
   *
   * @param listen {@code host:port}
   * @param to {@code host:port}
   */
  public record Route(String listen, String to) {}
}
