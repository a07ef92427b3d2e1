package dev.assay.suite;

import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.suite.flaky.Quarantine;
import dev.assay.suite.flaky.Quarantine.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A file of tests in quarantine: a list, or a map with the one key {@code quarantine}, of entries
 * with {@code test}, {@code owner}, {@code reason} and {@code expires}. A test is a pattern of
 * {@code suite#name} in which {@code *} stands for anything. Immutable.
 */
final class QuarantineFile {

  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_ENTRIES = 10_000;
  private static final List<String> KEYS = List.of("test", "owner", "reason", "expires");

  static final QuarantineFile NONE = new QuarantineFile(Map.of(), Map.of());

  private final Map<Entry, Pattern> patterns;
  private final Quarantine quarantine;

  /** Those of its entries that stand elsewhere, and where. */
  private final Map<Entry, String> elsewhere;

  private QuarantineFile(Map<Entry, Pattern> patterns, Map<Entry, String> elsewhere) {
    this.patterns = patterns;
    this.quarantine = Quarantine.of(patterns.keySet());
    this.elsewhere = Map.copyOf(elsewhere);
  }

  /**
   * This one, and what stands elsewhere for all suites of a project. What both name is as this one
   * has it.
   *
   * @param origin where the other is from
   */
  QuarantineFile and(QuarantineFile other, String origin) {
    Map<Entry, Pattern> all = new LinkedHashMap<>(patterns);
    Map<Entry, String> shared = new LinkedHashMap<>();
    other.patterns.forEach((entry, pattern) -> {
      if (!quarantine.entries().containsKey(entry.test())) {
        all.put(entry, pattern);
        shared.put(entry, origin);
      }
    });
    return new QuarantineFile(all, shared);
  }

  /** Where an entry stands, where that is not the suite's own file. */
  Optional<String> elsewhere(Entry entry) {
    return Optional.ofNullable(elsewhere.get(entry));
  }

  /**
   * Reads a file.
   *
   * @param shown how the user named it
   * @throws ProblemException with every mistake of the file, each with its place
   */
  static QuarantineFile read(Path file, String shown) {
    String text;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw SuiteProblems.QUARANTINE.failure(
            Where.named(shown), "the file has more than 1 MiB", "keep only what is in quarantine");
      }
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw SuiteProblems.QUARANTINE.failure(
          Where.named(shown),
          "the file of `quarantine` cannot be read: there is no readable file " + file,
          "name an existing file, relative to assay.yaml");
    }
    return new Reader(shown, text).read();
  }

  /** The entry that a test is under, the first that matches. */
  Optional<Entry> of(String suite, String name) {
    String test = suite + "#" + name;
    for (Map.Entry<Entry, Pattern> one : patterns.entrySet()) {
      if (one.getValue().matcher(test).matches()) {
        return Optional.of(one.getKey());
      }
    }
    return Optional.empty();
  }

  Quarantine.Effect effect(Entry entry, LocalDate today) {
    return quarantine.effect(entry.test(), today);
  }

  List<Entry> expired(LocalDate today) {
    return quarantine.expired(today);
  }

  /** All entries, in the order of the file. */
  List<Entry> entries() {
    return List.copyOf(patterns.keySet());
  }

  static Pattern pattern(String written) {
    StringBuilder regex = new StringBuilder();
    for (String part : written.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    // a suite alone is all of its tests
    return Pattern.compile(regex + (written.contains("#") ? "" : "(?:#.*)?"), Pattern.DOTALL);
  }

  /** One pass over one file. */
  private static final class Reader {

    private final String shown;
    private final String text;
    private final List<String> lines;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Entry, Pattern> patterns = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();

    Reader(String shown, String text) {
      this.shown = shown;
      this.text = text;
      this.lines = text.lines().toList();
    }

    QuarantineFile read() {
      Node root = compose();
      if (root != null) {
        list(root).forEach(this::entry);
      }
      if (!problems.isEmpty()) {
        throw new ProblemException(problems);
      }
      return new QuarantineFile(patterns, Map.of());
    }

    private @Nullable Node compose() {
      LoadSettings settings =
          LoadSettings.builder()
              .setLabel(shown)
              .setUseMarks(true)
              .setMaxAliasesForCollections(10)
              .build();
      try {
        return new Compose(settings).composeString(text).orElse(null);
      } catch (MarkedYamlEngineException broken) {
        throw problem(place(broken.getProblemMark()), "this is no YAML: " + broken.getProblem());
      } catch (YamlEngineException | StackOverflowError broken) {
        throw problem(new Place(shown, 1, 1, ""), "this is no YAML: " + broken.getMessage());
      }
    }

    private static ProblemException problem(Place place, String what) {
      return SuiteProblems.QUARANTINE.failure(
          place, what.replace('\n', ' '), "correct the indentation, quotes or brackets here");
    }

    private List<Node> list(Node root) {
      Node list = root;
      if (root instanceof MappingNode mapping) {
        list = null;
        for (NodeTuple tuple : mapping.getValue()) {
          if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals("quarantine")) {
            list = tuple.getValueNode();
          } else {
            add(tuple.getKeyNode(), "an unknown key", "write a list of entries under `quarantine`");
          }
        }
      }
      if (list instanceof ScalarNode scalar && scalar.getValue().isEmpty()) {
        return List.of();
      }
      if (!(list instanceof SequenceNode items)) {
        add(root, "this is no list of entries", "write `- test: …` with owner, reason and expires");
        return List.of();
      }
      if (items.getValue().size() > MOST_ENTRIES) {
        add(root, "there are more than " + MOST_ENTRIES + " entries", "mend some of the tests");
        return List.of();
      }
      return items.getValue();
    }

    private void entry(Node node) {
      if (!(node instanceof MappingNode mapping)) {
        add(node, "an entry must be a map", "write test, owner, reason and expires");
        return;
      }
      int before = problems.size();
      Map<String, String> values = new LinkedHashMap<>();
      Map<String, Node> nodes = new LinkedHashMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (!KEYS.contains(key)) {
          add(tuple.getKeyNode(), "unknown key '" + key + "'", Nearest.mend(key, KEYS));
        } else if (nodes.put(key, tuple.getValueNode()) != null) {
          add(tuple.getKeyNode(), "the key '" + key + "' is here twice", "remove one of the two");
        } else if (tuple.getValueNode() instanceof ScalarNode scalar
            && !scalar.getValue().isBlank()) {
          values.put(key, scalar.getValue().strip());
        } else {
          add(tuple.getValueNode(), "'" + key + "' says nothing", "write a text");
        }
      }
      for (String key : KEYS) {
        if (!nodes.containsKey(key)) {
          add(node, "the entry has no '" + key + "'", "add `" + key + ": " + example(key) + "`");
        }
      }
      LocalDate expires = date(values.get("expires"), nodes.get("expires"));
      if (problems.size() == before && expires != null) {
        add(mapping, values, expires);
      }
    }

    private void add(MappingNode node, Map<String, String> values, LocalDate expires) {
      String test = values.getOrDefault("test", "");
      Place before = places.putIfAbsent(test, place(node.getStartMark()));
      if (before != null) {
        add(
            node,
            "'" + test + "' is in quarantine twice, also at line " + before.line(),
            "remove one of the two");
        return;
      }
      patterns.put(
          new Entry(
              test, values.getOrDefault("owner", ""), values.getOrDefault("reason", ""), expires),
          pattern(test));
    }

    private @Nullable LocalDate date(@Nullable String written, @Nullable Node node) {
      if (written == null || node == null) {
        return null;
      }
      try {
        return LocalDate.parse(written);
      } catch (DateTimeException wrong) {
        add(node, "'" + written + "' is no day", "write it as 2027-01-31, the last day it holds");
        return null;
      }
    }

    private static String example(String key) {
      return switch (key) {
        case "test" -> "\"shop.OrderTest#createsAnOrder\"";
        case "owner" -> "team-orders";
        case "reason" -> "waits for a slow mail server, ticket 4711";
        default -> "2027-01-31";
      };
    }

    private void add(Node node, String what, String mend) {
      problems.add(SuiteProblems.QUARANTINE.at(place(node.getStartMark()), what, mend));
    }

    private Place place(Optional<Mark> mark) {
      int line = mark.map(Mark::getLine).orElse(0);
      return new Place(
          shown,
          line + 1,
          mark.map(Mark::getColumn).orElse(0) + 1,
          line < lines.size() ? lines.get(line) : "");
    }
  }
}
