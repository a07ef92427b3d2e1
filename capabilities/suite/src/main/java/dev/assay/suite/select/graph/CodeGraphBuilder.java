package dev.assay.suite.select.graph;

import dev.assay.suite.select.graph.ClassFacts.MethodFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the graph of a project. Where bytecode does not say what is reached, the edge is drawn: a
 * virtual call reaches every override of the project (class hierarchy analysis), an object that is
 * made can be called back by code outside through every method that such code knows of, a class
 * that is taken as an object is reached whole, with the types of its fields and parameters.
 *
 * <p>What it cannot see: a class whose name is put together at run time, and data that says what to
 * call. What tests were seen to execute closes these (see {@link CodeGraph#closure}). Not
 * thread-safe.
 */
public final class CodeGraphBuilder {

  private static final Set<String> OF_SERIALIZATION =
      Set.of(
          "readObject",
          "readObjectNoData",
          "readResolve",
          "readExternal",
          "writeObject",
          "writeReplace",
          "writeExternal");

  private final ClassFactsCache facts;
  private final Map<String, ClassFacts> classes = new LinkedHashMap<>();
  private final Map<String, Map<String, MethodFacts>> methods = new HashMap<>();
  private final Map<String, Set<String>> ancestors = new HashMap<>();
  private final Set<String> packages = new HashSet<>();
  private final Set<String> ofTests = new HashSet<>();
  private final Map<String, Set<String>> identifiers = new HashMap<>();
  private final Map<String, Content> resources = new TreeMap<>();
  private final Map<String, List<String>> byFileName = new HashMap<>();
  private final Map<String, List<String>> byBaseName = new HashMap<>();
  private final Set<String> named = new HashSet<>();
  private final Map<String, Long> twins = new HashMap<>();

  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<Long> digests = new ArrayList<>();
  private final List<Set<Integer>> edges = new ArrayList<>();

  /** Reads each class file that is added. */
  public CodeGraphBuilder() {
    this(new ClassFactsCache());
  }

  /** Reads only class files that were not read before. */
  public CodeGraphBuilder(ClassFactsCache facts) {
    this.facts = facts;
  }

  /**
   * Adds a class file.
   *
   * @param test whether it lies among the tests
   * @throws IllegalArgumentException for bytes that are no class file
   */
  public void addClass(byte[] bytes, boolean test) {
    ClassFacts read = facts.read(bytes);
    if (classes.putIfAbsent(read.name(), read) != null) {
      // two modules with a class of one name: which of them is used is not known, so both count
      twins.merge(read.name(), new Digester().add(bytes).value(), Long::sum);
    }
    packages.add(read.packagePrefix());
    if (test) {
      ofTests.add(read.name());
    }
  }

  /**
   * Adds a file that is no class, by its path on the class path or below the project.
   *
   * @param text what it says, where it is text that can name classes; else empty
   */
  public void addResource(String path, long digest, String text) {
    resources.merge(
        path,
        new Content(digest, text),
        (first, second) ->
            new Content(first.digest + second.digest, first.text + "\n" + second.text));
  }

  private record Content(long digest, String text) {}

  /**
   * Adds the text of a source file, which is searched for the names of constants only.
   *
   * @param path below a source root, such as {@code org/acme/Cart.java}
   */
  public void addSource(String path, String text) {
    identifiers.merge(
        path,
        words(text),
        (first, second) -> {
          Set<String> both = new HashSet<>(first);
          both.addAll(second);
          return both;
        });
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    int start = -1;
    for (int at = 0; at <= text.length(); at++) {
      boolean part = at < text.length() && Character.isJavaIdentifierPart(text.charAt(at));
      if (part && start < 0) {
        start = at;
      } else if (!part && start >= 0) {
        words.add(text.substring(start, at));
        start = -1;
      }
    }
    return words;
  }

  /** The graph of all that was added. */
  public CodeGraph build() {
    for (ClassFacts type : classes.values()) {
      Map<String, MethodFacts> own = new LinkedHashMap<>();
      type.methods().forEach(method -> own.put(method.signature(), method));
      methods.put(type.name(), own);
    }
    for (Map.Entry<String, Content> resource : resources.entrySet()) {
      String path = resource.getKey();
      part(CodeGraph.RESOURCE + path, resource.getValue().digest);
      String file = path.substring(path.lastIndexOf('/') + 1);
      byFileName.computeIfAbsent(file, _ -> new ArrayList<>()).add(path);
      // the messages of a locale go with those of none
      String base = file.replaceFirst("(_[A-Za-z0-9]+)*\\.properties$", "");
      byBaseName.computeIfAbsent(base, _ -> new ArrayList<>()).add(path);
    }
    classes.values().forEach(this::declare);
    classes.values().forEach(this::connect);
    classes.values().forEach(this::dispatch);
    constants();
    services();
    resources.forEach(this::mentions);
    Map<String, Set<String>> tests = new TestRoots(classes, ofTests, this::above).find();
    Map<String, Long> unnamed = new TreeMap<>();
    for (String path : resources.keySet()) {
      if (!named.contains(path)) {
        unnamed.put(path, digests.get(part(CodeGraph.RESOURCE + path)));
      }
    }
    int[][] arrays =
        edges.stream()
            .map(set -> set.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    long[] values = digests.stream().mapToLong(Long::longValue).toArray();
    Map<String, List<String>> sources = new HashMap<>();
    for (ClassFacts type : classes.values()) {
      sources
          .computeIfAbsent(type.packagePrefix() + type.sourceFile(), _ -> new ArrayList<>())
          .add(type.name());
    }
    return new CodeGraph(
        List.copyOf(names), Map.copyOf(ids), values, arrays, tests, unnamed, sources);
  }

  // ---- parts

  private int part(String name) {
    return part(name, CodeGraph.ABSENT);
  }

  private int part(String name, long digest) {
    Integer known = ids.get(name);
    if (known != null) {
      return known;
    }
    int id = names.size();
    ids.put(name, id);
    names.add(name);
    digests.add(digest);
    edges.add(new LinkedHashSet<>());
    return id;
  }

  private void edge(int from, int to) {
    if (from != to) {
      edges.get(from).add(to);
    }
  }

  private static String method(String owner, String signature) {
    return owner + "." + signature;
  }

  private void declare(ClassFacts type) {
    Long twin = twins.get(type.name());
    part(type.name(), twin == null ? type.shape() : type.shape() + twin);
    type.constants().forEach((name, digest) -> part(type.name() + "#" + name, digest));
    type.methods().forEach(each -> part(method(type.name(), each.signature()), each.digest()));
    // all of a class has no content of its own
    part(type.name() + "*", 1);
  }

  // ---- edges from a class and its code

  private void connect(ClassFacts type) {
    int shape = part(type.name());
    int whole = part(type.name() + "*");
    edge(whole, shape);
    if (type.superclass() != null) {
      type(shape, type.superclass());
      literal(whole, type.superclass());
    }
    type.interfaces()
        .forEach(each -> {
          type(shape, each);
          literal(whole, each);
        });
    type.shapeReferences().forEach(reference -> reference(shape, reference));
    type.fieldTypes().forEach(each -> literal(whole, each));
    boolean serial = above(type.name()).contains("java/io/Serializable");
    boolean hasConstructor = type.methods().stream().anyMatch(MethodFacts::constructor);
    Set<Integer> callbacks = callbacks(type);
    for (MethodFacts method : type.methods()) {
      int id = part(method(type.name(), method.signature()));
      edge(id, shape);
      edge(whole, id);
      method.references().forEach(reference -> reference(id, reference));
      method.parameterTypes().forEach(each -> literal(whole, each));
      boolean starts =
          method.methodName().equals("<clinit>")
              // asked for by reflection in EnumSet, EnumMap and valueOf
              || method.methodName().equals("values") && "java/lang/Enum".equals(type.superclass())
              || serial && OF_SERIALIZATION.contains(method.methodName());
      if (starts) {
        edge(shape, id);
      }
      if (method.constructor()) {
        callbacks.forEach(callback -> edge(id, callback));
      }
    }
    if (!hasConstructor) {
      callbacks.forEach(callback -> edge(shape, callback));
    }
  }

  private void reference(int from, Reference reference) {
    switch (reference) {
      case Reference.Type type -> type(from, type.owner());
      case Reference.Literal literal -> literal(from, literal.owner());
      case Reference.Method call -> {
        type(from, call.owner());
        resolve(call.owner(), call.signature()).ifPresent(target -> edge(from, part(target)));
      }
      case Reference.Text text -> text(from, text.value());
    }
  }

  private void type(int from, String owner) {
    if (classes.containsKey(owner)) {
      edge(from, part(owner));
    } else if (packages.contains(owner.substring(0, owner.lastIndexOf('/') + 1))) {
      // not there now; should it come, it is a change
      edge(from, part(owner));
    }
  }

  private void literal(int from, String owner) {
    if (classes.containsKey(owner)) {
      edge(from, part(owner + "*"));
    } else {
      type(from, owner);
    }
  }

  /** A text may name a class or a resource, or hold such names. */
  private void text(int from, String text) {
    if (text.length() > 65_535) {
      return;
    }
    classesNamed(from, text);
    String path = text.startsWith("./") ? text.substring(1) : text;
    if (path.isBlank() || path.length() > 300) {
      return;
    }
    String file = path.substring(path.lastIndexOf('/') + 1);
    for (String resource : byFileName.getOrDefault(file, List.of())) {
      if (("/" + resource).endsWith(path.startsWith("/") ? path : "/" + path)) {
        named(from, resource);
      }
    }
    String bundle = path.replace('.', '/');
    String base = bundle.substring(bundle.lastIndexOf('/') + 1);
    for (String resource : byBaseName.getOrDefault(base, List.of())) {
      if (resource.startsWith(bundle) || resource.contains("/" + bundle)) {
        named(from, resource);
      }
    }
  }

  private void named(int from, String resource) {
    named.add(resource);
    edge(from, part(CodeGraph.RESOURCE + resource));
  }

  private void classesNamed(int from, String text) {
    int start = 0;
    for (int at = 0; at <= text.length(); at++) {
      boolean part =
          at < text.length()
              && (Character.isJavaIdentifierPart(text.charAt(at))
                  || text.charAt(at) == '.'
                  || text.charAt(at) == '/');
      if (!part) {
        String word = text.substring(start, at).replace('.', '/');
        if (word.indexOf('/') > 0 && classes.containsKey(word)) {
          literal(from, word);
        }
        start = at + 1;
      }
    }
  }

  // ---- what is called without being named

  /** All classes above a class, of the project and outside. */
  private Set<String> above(String type) {
    Set<String> known = ancestors.get(type);
    if (known != null) {
      return known;
    }
    Set<String> all = new LinkedHashSet<>();
    ancestors.put(type, all);
    ClassFacts read = classes.get(type);
    if (read != null) {
      List<String> direct = new ArrayList<>(read.interfaces());
      if (read.superclass() != null) {
        direct.addFirst(read.superclass());
      }
      for (String each : direct) {
        all.add(each);
        all.addAll(above(each));
      }
    } else if (!type.equals("java/lang/Object")) {
      all.add("java/lang/Object");
    }
    return all;
  }

  /** The method that a call on a class comes to: its own, a superclass's, an interface's. */
  private Optional<String> resolve(String owner, String signature) {
    ClassFacts at = classes.get(owner);
    while (at != null) {
      if (methods.getOrDefault(at.name(), Map.of()).containsKey(signature)) {
        return Optional.of(method(at.name(), signature));
      }
      at = at.superclass() == null ? null : classes.get(at.superclass());
    }
    return above(owner).stream()
        .filter(each -> methods.getOrDefault(each, Map.of()).containsKey(signature))
        .map(each -> method(each, signature))
        .findFirst();
  }

  /** The methods of a class that code outside of the project can call on its objects. */
  private Set<Integer> callbacks(ClassFacts of) {
    Set<String> outside = new HashSet<>();
    boolean anything = false;
    Collection<String> above = above(of.name());
    for (String each : above) {
      if (!classes.containsKey(each)) {
        Optional<Set<String>> known = facts.methodNames(each);
        anything |= known.isEmpty();
        known.ifPresent(outside::addAll);
      }
    }
    Set<Integer> callbacks = new LinkedHashSet<>();
    List<String> own = new ArrayList<>(List.of(of.name()));
    own.addAll(above);
    for (String type : own) {
      for (MethodFacts method : methods.getOrDefault(type, Map.of()).values()) {
        if (method.virtual() && (anything || outside.contains(method.methodName()))) {
          resolve(of.name(), method.signature()).ifPresent(target -> callbacks.add(part(target)));
        }
      }
    }
    return callbacks;
  }

  /** A call of a method above may come to this class's. */
  private void dispatch(ClassFacts of) {
    for (String each : above(of.name())) {
      for (MethodFacts method : methods.getOrDefault(each, Map.of()).values()) {
        if (method.virtual()) {
          int called = part(method(each, method.signature()));
          resolve(of.name(), method.signature()).ifPresent(target -> edge(called, part(target)));
        }
      }
    }
  }

  // ---- what bytecode does not say

  /**
   * A constant's value is copied by the compiler, and the name of its class is gone from the
   * bytecode. Whoever's source has both names, or inherits the one and has the other, is a user.
   */
  private void constants() {
    Map<String, List<ClassFacts>> owners = new HashMap<>();
    for (ClassFacts facts : classes.values()) {
      facts
          .constants()
          .keySet()
          .forEach(name -> owners.computeIfAbsent(name, _ -> new ArrayList<>()).add(facts));
    }
    for (ClassFacts user : classes.values()) {
      Set<String> words =
          identifiers.getOrDefault(user.packagePrefix() + user.sourceFile(), Set.of());
      for (String word : words) {
        for (ClassFacts owner : owners.getOrDefault(word, List.of())) {
          if (words.contains(simple(owner.name())) || above(user.name()).contains(owner.name())) {
            edge(part(user.name()), part(owner.name() + "#" + word));
          }
        }
      }
    }
  }

  private static String simple(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('$')) + 1);
  }

  private void services() {
    for (String path : resources.keySet()) {
      if (path.startsWith("META-INF/services/")) {
        String service = path.substring("META-INF/services/".length()).replace('.', '/');
        if (classes.containsKey(service)) {
          named.add(path);
          edge(part(service), part(CodeGraph.RESOURCE + path));
        }
      }
    }
  }

  /** A resource that names classes of the project reaches them. */
  private void mentions(String path, Content content) {
    classesNamed(part(CodeGraph.RESOURCE + path), content.text);
  }
}
