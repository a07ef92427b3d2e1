package dev.assay.suite.report;

import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of a tool and of its extensions, as a run of SARIF lists them. Not thread-safe. */
final class SarifRules {

  private static final int MOST = 100_000;
  private static final int MOST_MESSAGES = 50;

  /** By component: that of the driver is -1, extensions count from 0. */
  private final Map<Integer, List<Descriptor>> components = new HashMap<>();

  private final Map<String, Descriptor> byId = new HashMap<>();
  private int number;

  /**
   * A rule.
   *
   * @param level what its results are where nothing else is said; empty where it does not say
   * @param text what it is about, in short
   * @param messages what its results say, by name
   */
  record Descriptor(String id, String level, String text, Map<String, String> messages) {}

  /**
   * How a result names its rule (3.52): by its place in a component, or by its id.
   *
   * @param component -1 for the driver
   * @param index -1 where it is not said
   * @param id empty where it is not said
   */
  record Reference(int component, int index, String id) {

    static final Reference NONE = new Reference(-1, -1, "");

    Reference ofId(String other) {
      return new Reference(component, index, Texts.cut(other));
    }

    Reference at(double place) {
      return new Reference(component, whole(place), id);
    }

    /** What another says, where it says it. */
    Reference and(Reference other) {
      return new Reference(
          other.component < 0 ? component : other.component,
          other.index < 0 ? index : other.index,
          other.id.isEmpty() ? id : other.id);
    }

    static Reference read(JsonScanner json) throws IOException {
      Reference found = NONE;
      if (json.object()) {
        for (String name = json.name(); name != null; name = json.name()) {
          switch (name) {
            case "id" -> found = found.ofId(json.text());
            case "index" -> found = found.at(json.number());
            case "toolComponent" -> found = new Reference(read(json).index, found.index, found.id);
            default -> json.skip();
          }
        }
      }
      return found;
    }

    private static int whole(double number) {
      return number >= 0 && number <= MOST ? (int) number : -1;
    }
  }

  /** Reads the rules of a component. */
  void read(JsonScanner json, int component) throws IOException {
    List<Descriptor> all = components.computeIfAbsent(component, _ -> new ArrayList<>());
    if (json.array()) {
      while (json.item()) {
        if (number++ >= MOST) {
          json.skip();
          continue;
        }
        Descriptor rule = descriptor(json);
        all.add(rule);
        byId.putIfAbsent(rule.id(), rule);
      }
    }
  }

  private static Descriptor descriptor(JsonScanner json) throws IOException {
    String id = "";
    String level = "";
    String text = "";
    Map<String, String> messages = new HashMap<>();
    if (json.object()) {
      for (String name = json.name(); name != null; name = json.name()) {
        switch (name) {
          case "id" -> id = Texts.cut(json.text());
          case "defaultConfiguration" -> level = json.member("level");
          case "shortDescription" -> text = Texts.cut(json.member("text"));
          case "messageStrings" -> {
            if (json.object()) {
              for (String each = json.name(); each != null; each = json.name()) {
                String said = Texts.cut(json.member("text"));
                if (messages.size() < MOST_MESSAGES) {
                  messages.put(each, said);
                }
              }
            }
          }
          default -> json.skip();
        }
      }
    }
    return new Descriptor(id, level, text, messages);
  }

  /** The rule that is meant; an id may have more behind a slash than that of its rule (3.52.4). */
  @Nullable Descriptor find(Reference reference) {
    List<Descriptor> own = components.getOrDefault(reference.component(), List.of());
    if (reference.index() >= 0 && reference.index() < own.size()) {
      return own.get(reference.index());
    }
    String id = reference.id();
    while (!id.isEmpty()) {
      Descriptor found = byId.get(id);
      if (found != null) {
        return found;
      }
      id = id.substring(0, Math.max(0, id.lastIndexOf('/')));
    }
    return null;
  }
}
