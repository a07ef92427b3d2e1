package dev.assay.load.imports;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML 1.2 as JSON: bounded, and with the places of its values. */
final class YamlDocument {

  private static final int MOST_NODES = 1_000_000;
  private static final int DEEPEST = 200;

  private final Source source;
  private int nodes;

  private YamlDocument(Source source) {
    this.source = source;
  }

  static Document read(Source source) {
    YamlDocument reader = new YamlDocument(source);
    Node root = reader.compose();
    Json value = reader.convert(root, 0);
    return new Document(source, value, path -> reader.place(path, root));
  }

  private Node compose() {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source.name())
            .setUseMarks(true)
            .setCodePointLimit(Integer.MAX_VALUE)
            .setMaxAliasesForCollections(MOST_NODES)
            .build();
    try {
      Iterator<Node> documents =
          new Compose(settings).composeAllFromString(source.text()).iterator();
      if (!documents.hasNext()) {
        throw ImportProblems.SYNTAX.failure(
            source.place(0), "the file says nothing", "name a file with a description in it");
      }
      return documents.next();
    } catch (MarkedYamlEngineException broken) {
      Optional<Mark> mark = broken.getProblemMark().or(broken::getContextMark);
      throw ImportProblems.SYNTAX.failure(
          mark.map(this::place).orElse(source.place(0)),
          "not YAML: " + String.valueOf(broken.getProblem()).replace('\n', ' ').strip(),
          "correct it here or just above; look at indentation, quotes and brackets");
    } catch (YamlEngineException broken) {
      throw ImportProblems.SYNTAX.failure(
          source.place(0),
          "not YAML: " + String.valueOf(broken.getMessage()).lines().findFirst().orElse(""),
          "correct the file, or export it again");
    } catch (StackOverflowError tooDeep) {
      throw tooFar(source.place(0), "it is nested too deep");
    }
  }

  private static ProblemException tooFar(Place place, String what) {
    return ImportProblems.TOO_LARGE.failure(
        place, what, "write the values out, or cut the file into several");
  }

  private Json convert(Node node, int depth) {
    if (++nodes > MOST_NODES) {
      throw tooFar(
          place(node), "it has more than " + MOST_NODES + " values once its aliases are unfolded");
    }
    if (depth > DEEPEST) {
      throw tooFar(
          place(node),
          "it is nested deeper than " + DEEPEST + " levels, or an anchor holds itself");
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case SequenceNode sequence -> {
        List<Json> items = new ArrayList<>();
        sequence.getValue().forEach(item -> items.add(convert(item, depth + 1)));
        yield Json.array(items);
      }
      case MappingNode mapping -> mapping(mapping, depth);
      default -> throw tooFar(place(node), "it has a node of an unknown kind");
    };
  }

  private Json mapping(MappingNode mapping, int depth) {
    Map<String, Json> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw ImportProblems.SYNTAX.failure(
            place(tuple.getKeyNode()), "a key is a list or a map", "put the key into quotes");
      }
      if (members.put(key.getValue(), convert(tuple.getValueNode(), depth + 1)) != null) {
        throw ImportProblems.SYNTAX.failure(
            place(key),
            "the key '" + key.getValue() + "' is already in this map",
            "remove or rename one of the two");
      }
    }
    return new Json.Obj(members);
  }

  /** Plain scalars by the YAML 1.2 core schema, quoted ones as texts. */
  private static Json scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return Json.of(text);
    }
    switch (text) {
      case "", "~", "null", "Null", "NULL" -> {
        return Json.Null.VALUE;
      }
      case "true", "True", "TRUE" -> {
        return Json.of(true);
      }
      case "false", "False", "FALSE" -> {
        return Json.of(false);
      }
      default -> {}
    }
    if (text.matches("[-+]?\\d{1,18}")) {
      return Json.of(Long.parseLong(text));
    }
    if (text.length() < 100 && text.matches("[-+]?(\\.\\d+|\\d+(\\.\\d*)?)([eE][-+]?\\d+)?")) {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? Json.of(value) : Json.of(text);
    }
    return Json.of(text);
  }

  private Place place(List<Object> path, Node root) {
    Node at = root;
    for (Object step : path) {
      Node next = step instanceof String name ? member(at, name) : item(at, (Integer) step);
      if (next == null) {
        break;
      }
      at = next;
    }
    return place(at);
  }

  private static @Nullable Node member(Node node, String name) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
          return tuple.getValueNode();
        }
      }
    }
    return null;
  }

  private static @Nullable Node item(Node node, int index) {
    return node instanceof SequenceNode sequence && index < sequence.getValue().size()
        ? sequence.getValue().get(index)
        : null;
  }

  private Place place(Node node) {
    return node.getStartMark().map(this::place).orElse(source.place(0));
  }

  private Place place(Mark mark) {
    String[] lines = source.text().split("\n", mark.getLine() + 2);
    String line = mark.getLine() < lines.length ? lines[mark.getLine()].replace("\r", "") : "";
    return new Place(
        source.name(), mark.getLine() + 1, mark.getColumn() + 1, line.length() > 300 ? "" : line);
  }
}
