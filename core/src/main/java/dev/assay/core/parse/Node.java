package dev.assay.core.parse;

import dev.assay.api.problem.Place;
import java.util.List;
import java.util.Optional;

/** A piece of a workspace file that knows its place. Immutable. */
sealed interface Node {

  /** Where it begins. */
  Place place();

  /** What it is, for messages: {@code a list}. */
  String kind();

  /**
   * A single value.
   *
   * @param place where
   * @param text its text, without quotes
   * @param plain whether it was written without quotes
   */
  record Scalar(Place place, String text, boolean plain) implements Node {
    /** Whether it says nothing. */
    boolean empty() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    @Override
    public String kind() {
      return empty() ? "nothing" : "'" + shortened() + "'";
    }

    private String shortened() {
      return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
  }

  /**
   * A list.
   *
   * @param place where
   * @param items in order
   */
  record Items(Place place, List<Node> items) implements Node {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * A map; its keys are unique.
   *
   * @param place where
   * @param entries in order
   */
  record Mapping(Place place, List<Entry> entries) implements Node {
    Optional<Entry> find(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    @Override
    public String kind() {
      return "a map";
    }
  }

  /**
   * One entry of a map.
   *
   * @param key the key
   * @param keyPlace where the key is
   * @param value the value
   */
  record Entry(String key, Place keyPlace, Node value) {}
}
