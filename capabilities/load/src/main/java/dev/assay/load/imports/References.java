package dev.assay.load.imports;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Follows {@code $ref}s inside one description (RFC 6901 pointers after a #). */
final class References {

  private static final int MOST = 50;

  private final Item root;

  References(Item root) {
    this.root = root;
  }

  /** What an item says, or what its reference leads to. */
  Item resolve(Item item) {
    Item at = item;
    for (int i = 0; at.get("$ref").isText(); i++) {
      if (i == MOST) {
        throw ImportProblems.REFERENCE.failure(
            item.place(),
            "the references from here lead in a circle",
            "let one of them say a value");
      }
      at = follow(at);
    }
    return at;
  }

  private Item follow(Item from) {
    Item reference = from.get("$ref");
    String text = from.text("$ref");
    if (!text.startsWith("#")) {
      throw ImportProblems.REFERENCE.failure(
          reference.place(),
          "'" + YamlText.comment(text) + "' is in another file",
          "bundle the description into one file first");
    }
    Item at = root;
    String[] steps = text.substring(1).split("/", -1);
    for (int i = 1; i < steps.length; i++) {
      String step = decoded(steps[i]).replace("~1", "/").replace("~0", "~");
      at =
          at.isArray() && step.matches("\\d{1,6}")
              ? item(at, Integer.parseInt(step))
              : at.get(step);
      if (!at.present()) {
        throw ImportProblems.REFERENCE.failure(
            reference.place(),
            "there is nothing at '" + YamlText.comment(text) + "'",
            "correct the reference, or add what it names");
      }
    }
    return at;
  }

  private static Item item(Item array, int index) {
    return index < array.items().size() ? array.items().get(index) : array.get("");
  }

  private static String decoded(String step) {
    try {
      return URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return step;
    }
  }
}
