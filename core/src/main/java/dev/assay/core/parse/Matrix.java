package dev.assay.core.parse;

import dev.assay.api.plan.CheckPlan;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes checks out that have a {@code matrix}: one for each combination of its values, as if they
 * stood in the file, with <code>${matrix.NAME}</code> filled in everywhere inside. For one pass
 * over one file.
 *
 * <p>The check {@code unit} with {@code java: [17, 25]} becomes {@code unit@java=17} and {@code
 * unit@java=25}, ids that no other check can have; {@code unit} where checks are named means all.
 */
final class Matrix {

  /** More combinations than that are a mistake. */
  static final int MOST = 256;

  private static final String KEY = "matrix";
  private static final String INCLUDE = "include";
  private static final String EXCLUDE = "exclude";
  private static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,29}";
  private static final int LONGEST_ID = 200;

  private final List<Problem> problems;
  private final Map<String, List<String>> cells = new LinkedHashMap<>();

  /** One value of a variable, where it is written. */
  private record Value(String text, Place place) {}

  Matrix(List<Problem> problems) {
    this.problems = problems;
  }

  /** The ids of the checks that one with a matrix became, by its id. */
  Map<String, List<String>> cells() {
    return cells;
  }

  /** The id of the check that a cell is of; any other id as it is. */
  String checkOf(String id) {
    for (Map.Entry<String, List<String>> one : cells.entrySet()) {
      if (one.getValue().contains(id)) {
        return one.getKey();
      }
    }
    return id;
  }

  /** The file with all checks written out. */
  Node.Mapping writtenOut(Node.Mapping root) {
    List<Node.Entry> entries = new ArrayList<>();
    for (Node.Entry entry : root.entries()) {
      entries.add(
          entry.key().equals("checks") && entry.value() instanceof Node.Mapping checks
              ? new Node.Entry(
                  entry.key(),
                  entry.keyPlace(),
                  new Node.Mapping(
                      checks.place(),
                      checks.entries().stream().flatMap(check -> of(check).stream()).toList()))
              : entry);
    }
    return new Node.Mapping(root.place(), List.copyOf(entries));
  }

  private List<Node.Entry> of(Node.Entry check) {
    if (!(check.value() instanceof Node.Mapping mapping)) {
      return List.of(check);
    }
    Optional<Node.Entry> matrix = mapping.find(KEY);
    if (matrix.isEmpty()) {
      return List.of(check);
    }
    Node.Mapping rest =
        new Node.Mapping(
            mapping.place(),
            mapping.entries().stream().filter(part -> !part.key().equals(KEY)).toList());
    List<Map<String, Value>> combinations = combinations(check, matrix.get());
    if (combinations.isEmpty()) {
      cells.put(check.key(), List.of()); // told already; who names it did nothing wrong
      return List.of();
    }
    List<Node.Entry> written = new ArrayList<>();
    Set<String> ids = new LinkedHashSet<>();
    Set<Place> unknown = new LinkedHashSet<>();
    for (Map<String, Value> cell : combinations) {
      String id = id(check.key(), cell);
      boolean doubled = !ids.add(id);
      if (doubled || id.length() > LONGEST_ID) {
        add(
            matrix.get().keyPlace(),
            doubled
                ? "two cells of '" + check.key() + "' would be '" + id + "'"
                : "the id '" + id + "' is longer than " + LONGEST_ID + " characters",
            "use short values that differ in letters, digits, '.', '_' or '-'");
        cells.put(check.key(), List.of());
        return List.of();
      }
      written.add(new Node.Entry(id, check.keyPlace(), filled(rest, cell, unknown)));
    }
    cells.put(check.key(), List.copyOf(ids));
    return written;
  }

  private static String id(String check, Map<String, Value> cell) {
    return check
        + CheckPlan.OF_CELL
        + cell.entrySet().stream()
            .map(one ->
                one.getKey() + "=" + one.getValue().text().replaceAll("[^A-Za-z0-9_.-]+", "-"))
            .collect(Collectors.joining("+"));
  }

  // ---- combinations

  private List<Map<String, Value>> combinations(Node.Entry check, Node.Entry matrix) {
    if (!(matrix.value() instanceof Node.Mapping mapping)) {
      add(
          matrix.value().place(),
          "'matrix' cannot be " + matrix.value().kind(),
          "write a map of names to lists, such as { java: [17, 25] }");
      return List.of();
    }
    int before = problems.size();
    Map<String, List<Value>> axes = new LinkedHashMap<>();
    for (Node.Entry axis : mapping.entries()) {
      if (!axis.key().equals(INCLUDE) && !axis.key().equals(EXCLUDE)) {
        axes.put(axis.key(), axis(axis));
      }
    }
    if (problems.size() > before || tooMany(check, matrix, axes)) {
      return List.of();
    }
    List<Map<String, Value>> cells = axes.isEmpty() ? List.of() : product(axes);
    cells = without(cells, axes, mapping.find(EXCLUDE));
    cells = with(cells, axes, mapping.find(INCLUDE));
    if (problems.size() == before && (cells.isEmpty() || cells.size() > MOST)) {
      add(
          matrix.keyPlace(),
          "the matrix of '" + check.key() + "' has " + cells.size() + " cells",
          "give it 1 to " + MOST + ", by values, `include` and `exclude`");
    }
    return problems.size() > before ? List.of() : cells;
  }

  private boolean tooMany(Node.Entry check, Node.Entry matrix, Map<String, List<Value>> axes) {
    long count = 1;
    for (List<Value> values : axes.values()) {
      count = Math.min(Integer.MAX_VALUE, count * values.size());
    }
    if (count > 16L * MOST) {
      add(
          matrix.keyPlace(),
          "the matrix of '" + check.key() + "' has " + count + " combinations",
          "keep at most " + MOST + "; name the few that matter with `include`");
    }
    return count > 16L * MOST;
  }

  private List<Value> axis(Node.Entry axis) {
    if (!axis.key().matches(NAME)) {
      add(
          axis.keyPlace(),
          "'" + axis.key() + "' cannot be a name of the matrix",
          "use letters, digits, '_' and '-', at most 30, the first a letter");
    }
    List<Node> nodes =
        axis.value() instanceof Node.Items items ? items.items() : List.of(axis.value());
    List<Value> values = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Node node : nodes) {
      Optional<Value> value = value(axis.key(), node);
      if (value.isPresent() && !seen.add(value.get().text())) {
        add(node.place(), "'" + value.get().text() + "' is here twice", "remove one of the two");
      }
      value.ifPresent(values::add);
    }
    if (nodes.isEmpty()) {
      add(axis.value().place(), "'" + axis.key() + "' has no value", "write at least one");
    }
    return values;
  }

  private Optional<Value> value(String name, Node node) {
    if (node instanceof Node.Scalar scalar && !scalar.text().isBlank() && !scalar.empty()) {
      return Optional.of(new Value(scalar.text(), scalar.place()));
    }
    add(node.place(), "a value of '" + name + "' cannot be " + node.kind(), "write one word");
    return Optional.empty();
  }

  private static List<Map<String, Value>> product(Map<String, List<Value>> axes) {
    List<Map<String, Value>> cells = List.of(Map.of());
    for (Map.Entry<String, List<Value>> axis : axes.entrySet()) {
      List<Map<String, Value>> more = new ArrayList<>();
      for (Map<String, Value> cell : cells) {
        for (Value value : axis.getValue()) {
          Map<String, Value> longer = new LinkedHashMap<>(cell);
          longer.put(axis.getKey(), value);
          more.add(longer);
        }
      }
      cells = more;
    }
    return cells;
  }

  private List<Map<String, Value>> without(
      List<Map<String, Value>> cells, Map<String, List<Value>> axes, Optional<Node.Entry> exclude) {
    List<Map<String, Value>> left = new ArrayList<>(cells);
    for (Map<String, Value> pattern : rows(exclude)) {
      boolean known = knows(pattern, axes.keySet());
      boolean any = left.removeIf(cell -> matches(cell, pattern));
      if (known && !any) {
        Value first = pattern.values().iterator().next();
        add(
            first.place(),
            "no cell of the matrix has " + words(pattern),
            "correct the value, or remove this line of `exclude`");
      }
    }
    return left;
  }

  private List<Map<String, Value>> with(
      List<Map<String, Value>> cells, Map<String, List<Value>> axes, Optional<Node.Entry> include) {
    List<Map<String, Value>> all = new ArrayList<>(cells);
    for (Map<String, Value> row : rows(include)) {
      if (!axes.isEmpty() && knows(row, axes.keySet()) && row.size() < axes.size()) {
        Set<String> missing = new LinkedHashSet<>(axes.keySet());
        missing.removeAll(row.keySet());
        add(
            row.values().iterator().next().place(),
            "this line of `include` says nothing of " + String.join(", ", missing),
            "give every name of the matrix a value");
      }
      Map<String, Value> ordered = new LinkedHashMap<>();
      axes.keySet().stream()
          .filter(row::containsKey)
          .forEach(name -> ordered.put(name, row.getOrDefault(name, new Value("", Place.NONE))));
      row.forEach(ordered::putIfAbsent);
      if (all.stream().noneMatch(cell -> cell.size() == ordered.size() && matches(cell, ordered))) {
        all.add(ordered);
      }
    }
    return all;
  }

  private boolean knows(Map<String, Value> row, Set<String> names) {
    boolean known = true;
    for (Map.Entry<String, Value> one : row.entrySet()) {
      if (!names.isEmpty() && !names.contains(one.getKey())) {
        known = false;
        add(
            one.getValue().place(),
            "the matrix has no name '" + one.getKey() + "'",
            Nearest.mend(one.getKey(), names));
      }
    }
    return known;
  }

  private static boolean matches(Map<String, Value> cell, Map<String, Value> pattern) {
    return pattern.entrySet().stream()
        .allMatch(one -> {
          Value value = cell.get(one.getKey());
          return value != null && value.text().equals(one.getValue().text());
        });
  }

  private static String words(Map<String, Value> pattern) {
    return pattern.entrySet().stream()
        .map(one -> one.getKey() + " " + one.getValue().text())
        .collect(Collectors.joining(" and "));
  }

  private List<Map<String, Value>> rows(Optional<Node.Entry> written) {
    if (written.isEmpty()) {
      return List.of();
    }
    Node.Entry entry = written.get();
    if (!(entry.value() instanceof Node.Items items)) {
      add(
          entry.value().place(),
          "'" + entry.key() + "' cannot be " + entry.value().kind(),
          "write a list of maps, such as [ { java: 17 } ]");
      return List.of();
    }
    List<Map<String, Value>> rows = new ArrayList<>();
    for (Node item : items.items()) {
      Map<String, Value> row = new LinkedHashMap<>();
      if (item instanceof Node.Mapping mapping) {
        mapping
            .entries()
            .forEach(
                one -> value(one.key(), one.value()).ifPresent(value -> row.put(one.key(), value)));
      }
      if (row.isEmpty()) {
        add(item.place(), "a line of '" + entry.key() + "' says nothing", "write { name: value }");
      } else {
        rows.add(row);
      }
    }
    return rows;
  }

  // ---- filling

  private Node filled(Node node, Map<String, Value> cell, Set<Place> unknown) {
    return switch (node) {
      case Node.Scalar scalar ->
          new Node.Scalar(scalar.place(), text(scalar, cell, unknown), scalar.plain());
      case Node.Items items ->
          new Node.Items(
              items.place(),
              items.items().stream().map(item -> filled(item, cell, unknown)).toList());
      case Node.Mapping mapping ->
          new Node.Mapping(
              mapping.place(),
              mapping.entries().stream()
                  .map(one ->
                      new Node.Entry(one.key(), one.keyPlace(), filled(one.value(), cell, unknown)))
                  .toList());
    };
  }

  private String text(Node.Scalar scalar, Map<String, Value> cell, Set<Place> unknown) {
    String text = scalar.text();
    if (!text.contains("${matrix.")) {
      return text;
    }
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('}', at);
      if (text.startsWith("$$", at)) {
        filled.append("$$");
        at += 2;
      } else if (text.startsWith("${matrix.", at) && end > 0) {
        String name = text.substring(at + "${matrix.".length(), end).strip();
        Value value = cell.get(name);
        if (value == null && unknown.add(scalar.place())) {
          problems.add(
              PlanProblems.UNKNOWN_NAME.at(
                  scalar.place(),
                  "the matrix gives '${matrix." + name + "}' no value",
                  Nearest.mend(name, cell.keySet())));
        }
        filled.append(value == null ? name : value.text());
        at = end + 1;
      } else {
        filled.append(text.charAt(at++));
      }
    }
    return filled.toString();
  }

  private void add(Place place, String what, String mend) {
    problems.add(PlanProblems.WRONG_MATRIX.at(place, what, mend));
  }
}
