package dev.assay.suite.select.graph;

import dev.assay.suite.select.graph.ClassFacts.MethodFacts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds the test classes among the classes of tests, and the parts that a test starts from: all of
 * its own, of its nested classes and of what they extend, and what a framework makes for it.
 */
final class TestRoots {

  /** Annotations of JUnit 3 to 6, TestNG, jqwik and Spock that make a method a test. */
  private static final Set<String> OF_TESTS =
      Set.of(
          "Test",
          "ParameterizedTest",
          "RepeatedTest",
          "TestFactory",
          "TestTemplate",
          "Theory",
          "Property",
          "Example",
          "ArchTest",
          "FeatureMetadata",
          "RunWith",
          "Suite",
          "SelectClasses",
          "Testable");

  private final Map<String, ClassFacts> classes;
  private final Set<String> ofTests;
  private final Function<String, Set<String>> above;
  private final Map<String, Boolean> verdicts = new HashMap<>();

  TestRoots(
      Map<String, ClassFacts> classes, Set<String> ofTests, Function<String, Set<String>> above) {
    this.classes = classes;
    this.ofTests = ofTests;
    this.above = above;
  }

  /** By the test's name with dots, the names of the parts it starts from. */
  Map<String, Set<String>> find() {
    Map<String, Set<String>> members = new TreeMap<>();
    for (String name : ofTests) {
      int nested = name.indexOf('$');
      String outer = nested < 0 ? name : name.substring(0, nested);
      members.computeIfAbsent(outer, _ -> new LinkedHashSet<>()).add(name);
    }
    Map<String, Set<String>> tests = new TreeMap<>();
    members.forEach((outer, own) -> {
      if (own.stream().anyMatch(this::isTest)) {
        tests.put(outer.replace('/', '.'), roots(own));
      }
    });
    return tests;
  }

  private boolean isTest(String name) {
    ClassFacts facts = classes.get(name);
    if (facts == null || !facts.concrete() && facts.annotations().isEmpty()) {
      return false;
    }
    for (String each : family(name)) {
      ClassFacts type = classes.get(each);
      boolean test =
          type == null
              ? each.endsWith("TestCase") || each.equals("spock/lang/Specification")
              : marked(type.annotations())
                  || type.methods().stream().anyMatch(method -> marked(method.annotations()));
      if (test) {
        return true;
      }
    }
    return false;
  }

  private boolean marked(Set<String> annotations) {
    for (String annotation : annotations) {
      if (!verdicts.containsKey(annotation)) {
        // an annotation that is annotated with itself must end
        verdicts.put(annotation, false);
        String simple = annotation.substring(annotation.lastIndexOf('/') + 1);
        ClassFacts own = classes.get(annotation);
        verdicts.put(
            annotation, OF_TESTS.contains(simple) || own != null && marked(own.annotations()));
      }
      if (Boolean.TRUE.equals(verdicts.get(annotation))) {
        return true;
      }
    }
    return false;
  }

  private List<String> family(String name) {
    Set<String> family = new LinkedHashSet<>();
    family.add(name);
    family.addAll(above.apply(name));
    return List.copyOf(family);
  }

  private Set<String> roots(Set<String> own) {
    Set<String> types = new HashSet<>();
    own.forEach(name -> types.addAll(family(name)));
    Set<String> roots = new LinkedHashSet<>();
    for (String type : types) {
      ClassFacts facts = classes.get(type);
      if (facts == null) {
        continue;
      }
      roots.add(type);
      facts.annotatedFieldTypes().forEach(each -> roots.add(each + "*"));
      for (MethodFacts method : facts.methods()) {
        roots.add(type + "." + method.signature());
        if (!method.annotations().isEmpty() || method.constructor()) {
          method.parameterTypes().forEach(each -> roots.add(each + "*"));
        }
      }
    }
    return roots;
  }
}
