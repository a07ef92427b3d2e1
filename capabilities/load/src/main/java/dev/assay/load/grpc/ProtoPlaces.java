package dev.assay.load.grpc;

import dev.assay.api.problem.Place;
import java.util.HashMap;
import java.util.Map;

/** Where the definitions of a file stand, and the names in them that mean other definitions. */
final class ProtoPlaces {

  private final Map<String, Place> places = new HashMap<>();

  /** The key of the type that a field names. */
  static String type(String field) {
    return "type of " + field;
  }

  /** The key of the message that an extension extends. */
  static String extendee(String extension) {
    return "extendee of " + extension;
  }

  /** The key of what a method takes. */
  static String input(String method) {
    return "input of " + method;
  }

  /** The key of what a method returns. */
  static String output(String method) {
    return "output of " + method;
  }

  /** The key of an import. */
  static String dependency(String file) {
    return "import of " + file;
  }

  /** A name within a scope, which may be empty. */
  static String join(String scope, String name) {
    return scope.isEmpty() ? name : scope + "." + name;
  }

  /** Keeps a place; of a name that is defined twice the second, which is the wrong one. */
  void put(String key, Place place) {
    places.put(key, place);
  }

  /** The place of that key, or of the nearest scope around that name that has one. */
  Place of(String key) {
    String name = key;
    while (true) {
      Place place = places.get(name);
      if (place != null) {
        return place;
      }
      int dot = name.lastIndexOf('.');
      if (dot < 0) {
        return places.getOrDefault("", Place.NONE);
      }
      name = name.substring(0, dot);
    }
  }
}
