package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

/**
 * The file of an experiment as the toolkit reads it: JSON, or YAML with the plain scalars of YAML
 * 1.1 (PyYAML's {@code safe_load}), and the places of its values. Immutable.
 */
final class ExperimentFile {

  private static final int MOST_BYTES = 4 << 20;
  private static final int MOST_NODES = 100_000;
  private static final int DEEPEST = 100;
  private static final int LONGEST_LINE = 300;
  private static final Set<String> PLAIN_TAGS =
      Stream.of("str", "int", "float", "bool", "null", "map", "seq", "timestamp", "merge")
          .map(name -> "tag:yaml.org,2002:" + name)
          .collect(Collectors.toUnmodifiableSet());

  private final String name;
  private final String text;
  private final @Nullable Node node;
  private final Json root;

  private ExperimentFile(String name, String text) {
    this.name = name;
    this.text = text;
    this.node = compose();
    this.root = node == null ? Json.Null.VALUE : new Conversion().convert(node, 0);
  }

  /**
   * Reads a file.
   *
   * @param shown how the user named it
   */
  static ExperimentFile read(Path file, String shown) {
    String lower = shown.toLowerCase(Locale.ROOT);
    if (!lower.endsWith(".json") && !lower.endsWith(".yaml") && !lower.endsWith(".yml")) {
      throw unreadable(
          shown,
          "'" + shown + "' is not named .json, .yaml or .yml",
          "name the file of an experiment");
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw unreadable(shown, "'" + shown + "' has more than 4 MiB", "cut it into several files");
      }
      byte[] bytes = Files.readAllBytes(file);
      return new ExperimentFile(
          shown, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notUtf8) {
      throw unreadable(shown, "'" + shown + "' is not UTF-8", "convert it with `iconv -t UTF-8`");
    } catch (IOException missing) {
      throw unreadable(
          shown, "there is no file '" + shown + "' to read", "name a file that is there");
    }
  }

  /** Reads a text, as if it were in a file of that name. */
  static ExperimentFile of(String name, String text) {
    return new ExperimentFile(name, text);
  }

  private static ProblemException unreadable(String name, String what, String mend) {
    return ToolkitProblems.UNREADABLE.failure(Where.named(name), what, mend);
  }

  /** The whole document; JSON null where the file is empty. */
  Json root() {
    return root;
  }

  /**
   * Where a value is: names of members and numbers of items from the root; the nearest there is.
   */
  Place place(List<Object> path) {
    Node at = node;
    for (Object step : path) {
      Node next = at == null ? null : child(at, step);
      if (next == null) {
        break;
      }
      at = next;
    }
    return at == null ? start() : place(at);
  }

  private static @Nullable Node child(Node node, Object step) {
    if (node instanceof SequenceNode sequence && step instanceof Integer index) {
      return index < sequence.getValue().size() ? sequence.getValue().get(index) : null;
    }
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(step)) {
          return tuple.getValueNode();
        }
      }
    }
    return null;
  }

  private @Nullable Node compose() {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setUseMarks(true)
            .setCodePointLimit(MOST_BYTES)
            .setMaxAliasesForCollections(1000)
            .build();
    try {
      Iterator<Node> documents = new Compose(settings).composeAllFromString(text).iterator();
      return documents.hasNext() ? documents.next() : null;
    } catch (MarkedYamlEngineException broken) {
      Optional<Mark> mark = broken.getProblemMark().or(broken::getContextMark);
      throw ToolkitProblems.UNREADABLE.failure(
          mark.map(this::place).orElse(start()),
          "not JSON or YAML: " + String.valueOf(broken.getProblem()).replace('\n', ' ').strip(),
          "correct it here or just above; look at indentation, quotes and brackets");
    } catch (YamlEngineException broken) {
      throw ToolkitProblems.UNREADABLE.failure(
          start(),
          "not JSON or YAML: "
              + String.valueOf(broken.getMessage()).lines().findFirst().orElse("").strip(),
          "correct the file");
    } catch (StackOverflowError tooDeep) {
      throw ToolkitProblems.UNREADABLE.failure(
          start(), "it is nested too deep", "write it with less nesting");
    }
  }

  private Place start() {
    return new Place(name, 1, 1, text.lines().findFirst().orElse(""));
  }

  private Place place(Node at) {
    return at.getStartMark().map(this::place).orElse(start());
  }

  private Place place(Mark mark) {
    String[] lines = text.split("\n", mark.getLine() + 2);
    String line = mark.getLine() < lines.length ? lines[mark.getLine()].replace("\r", "") : "";
    return new Place(
        name, mark.getLine() + 1, mark.getColumn() + 1, line.length() > LONGEST_LINE ? "" : line);
  }

  /** Turns nodes into JSON; bounded, as aliases can unfold to anything. */
  private final class Conversion {

    private int nodes;

    Json convert(Node from, int depth) {
      if (++nodes > MOST_NODES || depth > DEEPEST) {
        throw ToolkitProblems.UNREADABLE.failure(
            place(from),
            "it has more than " + MOST_NODES + " values or " + DEEPEST + " levels",
            "write it with fewer aliases and less nesting");
      }
      if (!PLAIN_TAGS.contains(from.getTag().getValue())) {
        throw tag(from);
      }
      return switch (from) {
        case ScalarNode scalar -> scalar(scalar);
        case SequenceNode sequence -> {
          List<Json> items = new ArrayList<>();
          sequence.getValue().forEach(item -> items.add(convert(item, depth + 1)));
          yield Json.array(items);
        }
        case MappingNode mapping -> new Json.Obj(members(mapping, depth));
        default -> throw tag(from);
      };
    }

    private Map<String, Json> members(MappingNode mapping, int depth) {
      Map<String, Json> members = new LinkedHashMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
          throw ToolkitProblems.UNREADABLE.failure(
              place(tuple.getKeyNode()), "a key is a list or a map", "put the key into quotes");
        }
        if (key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
          merge(tuple.getValueNode(), members, depth);
        }
      }
      for (NodeTuple tuple : mapping.getValue()) {
        ScalarNode key = (ScalarNode) tuple.getKeyNode();
        if (!key.getValue().equals("<<") || key.getScalarStyle() != ScalarStyle.PLAIN) {
          // as in the toolkit, the last of two equal keys holds
          members.put(key.getValue(), convert(tuple.getValueNode(), depth + 1));
        }
      }
      return members;
    }

    private void merge(Node value, Map<String, Json> members, int depth) {
      List<Node> from = value instanceof SequenceNode all ? all.getValue() : List.of(value);
      for (Node one : from) {
        if (one instanceof MappingNode mapping && depth < DEEPEST) {
          members(mapping, depth + 1).forEach(members::putIfAbsent);
        }
      }
    }

    private static Json scalar(ScalarNode scalar) {
      return scalar.getScalarStyle() == ScalarStyle.PLAIN
          ? YamlScalar.read(scalar.getValue())
          : Json.of(scalar.getValue());
    }

    private ProblemException tag(Node from) {
      return ToolkitProblems.UNREADABLE.failure(
          place(from),
          "'" + from.getTag().getValue() + "' is not a type of a value",
          "write the value without a tag");
    }
  }
}
