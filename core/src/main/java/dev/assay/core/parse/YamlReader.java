package dev.assay.core.parse;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML 1.2 into {@link Node}s: bounded, with places, with duplicate keys as problems. */
final class YamlReader {

  private static final int MOST_NODES = 100_000;
  private static final int DEEPEST = 100;

  private final SourceFile source;
  private final List<Problem> problems;
  private int nodes;

  private YamlReader(SourceFile source, List<Problem> problems) {
    this.source = source;
    this.problems = problems;
  }

  /**
   * The root of the document; empty where the file says nothing. Duplicate keys are added to the
   * problems.
   *
   * @throws ProblemException if it is not YAML or unfolds too far
   */
  static Optional<Node> read(SourceFile source, List<Problem> problems) {
    YamlReader reader = new YamlReader(source, problems);
    return reader.compose().map(root -> reader.convert(root, 0));
  }

  private Optional<org.snakeyaml.engine.v2.nodes.Node> compose() {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source.name())
            .setUseMarks(true)
            .setCodePointLimit(SourceFile.LARGEST)
            .setMaxAliasesForCollections(MOST_NODES)
            .build();
    try {
      Iterator<org.snakeyaml.engine.v2.nodes.Node> documents =
          new Compose(settings).composeAllFromString(source.text()).iterator();
      if (!documents.hasNext()) {
        return Optional.empty();
      }
      org.snakeyaml.engine.v2.nodes.Node first = documents.next();
      if (documents.hasNext()) {
        throw PlanProblems.SYNTAX.failure(
            place(documents.next().getStartMark()),
            "a second document begins here",
            "keep one document in the file, without '---' in the middle");
      }
      return Optional.of(first);
    } catch (MarkedYamlEngineException broken) {
      throw syntax(broken);
    } catch (ReaderException broken) {
      throw PlanProblems.SYNTAX.failure(
          offset(broken.getPosition()),
          String.format("the character U+%04X is not allowed in YAML", broken.getCodePoint()),
          "remove it, or write it as an escape in a double-quoted text");
    } catch (YamlEngineException broken) {
      throw PlanProblems.SYNTAX.failure(
          source.place(0, 0), "not YAML: " + broken.getMessage(), "correct the file");
    } catch (StackOverflowError tooDeep) {
      throw tooFar(source.place(0, 0), "it is nested too deep");
    }
  }

  private ProblemException syntax(MarkedYamlEngineException broken) {
    Place place = place(broken.getProblemMark().or(broken::getContextMark));
    String line = place.source();
    int content = line.length() - line.stripLeading().length();
    if (line.substring(0, content).indexOf('\t') >= 0) {
      int tab = line.indexOf('\t');
      return PlanProblems.SYNTAX.failure(
          source.place(place.line() - 1, tab),
          "a tab is used for indentation",
          "indent with spaces");
    }
    String what = String.valueOf(broken.getProblem()).replace('\n', ' ').strip();
    String context = broken.getContext() == null ? "" : broken.getContext().strip() + ": ";
    return PlanProblems.SYNTAX.failure(place, context + what, advice(what, line));
  }

  private static String advice(String what, String line) {
    String lower = what.toLowerCase(Locale.ROOT);
    if (lower.contains("mapping values are not allowed")) {
      return "put a value that contains ': ' into quotes, or correct the indentation";
    }
    if (lower.contains("cannot start any token")) {
      return "put the value into quotes";
    }
    if (lower.contains("expected ',' or") && line.contains("${")) {
      return "put the value with ${…} into quotes; inside { } and [ ] YAML takes its braces for its own";
    }
    if (lower.contains("expected ',' or")) {
      return "close the bracket, or separate the items with commas";
    }
    if (lower.contains("alias")) {
      return "define the anchor before it is used, or put a value that begins with '*' into quotes";
    }
    return "correct the YAML here or just above; check indentation, quotes and brackets";
  }

  private Node convert(org.snakeyaml.engine.v2.nodes.Node node, int depth) {
    Place place = place(node.getStartMark());
    if (++nodes > MOST_NODES) {
      throw tooFar(
          place, "it has more than " + MOST_NODES + " values once its aliases are unfolded");
    }
    if (depth > DEEPEST) {
      throw tooFar(
          place, "it is nested deeper than " + DEEPEST + " levels, or an anchor contains itself");
    }
    return switch (node) {
      case ScalarNode scalar ->
          new Node.Scalar(place, scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
      case SequenceNode sequence -> {
        List<Node> items = new ArrayList<>();
        for (org.snakeyaml.engine.v2.nodes.Node item : sequence.getValue()) {
          items.add(convert(item, depth + 1));
        }
        yield new Node.Items(place, List.copyOf(items));
      }
      case MappingNode mapping -> mapping(place, mapping, depth);
      default -> throw tooFar(place, "it has a node of an unknown kind");
    };
  }

  private Node mapping(Place place, MappingNode mapping, int depth) {
    List<Node.Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Place keyPlace = place(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(
            PlanProblems.WRONG_TYPE.at(
                keyPlace,
                "a key is a list or a map",
                "write the key as a plain word, or quote a value with ${…}"));
        continue;
      }
      if (!keys.add(key.getValue())) {
        problems.add(
            PlanProblems.DUPLICATE_KEY.at(
                keyPlace,
                "the key '" + key.getValue() + "' is already in this map",
                "remove or rename one of the two"));
        continue;
      }
      entries.add(
          new Node.Entry(key.getValue(), keyPlace, convert(tuple.getValueNode(), depth + 1)));
    }
    return new Node.Mapping(place, List.copyOf(entries));
  }

  private static ProblemException tooFar(Place place, String what) {
    return PlanProblems.TOO_MANY_NODES.failure(
        place, what, "write the values out, or split the workspace into smaller ones");
  }

  private Place place(Optional<Mark> mark) {
    return mark.map(at -> source.place(at.getLine(), at.getColumn())).orElse(source.place(0, 0));
  }

  private Place offset(int position) {
    int line = 0;
    int column = 0;
    int points = 0;
    for (int i = 0; i < source.text().length() && points < position; points++) {
      int point = source.text().codePointAt(i);
      i += Character.charCount(point);
      if (point == '\n') {
        line++;
        column = 0;
      } else {
        column++;
      }
    }
    return source.place(line, column);
  }
}
