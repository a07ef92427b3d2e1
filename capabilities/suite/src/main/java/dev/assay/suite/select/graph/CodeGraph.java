package dev.assay.suite.select.graph;

import static java.util.Comparator.comparing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a project and what each may depend on. Immutable but for arrays that nobody writes.
 *
 * <p>A part is named {@code org/acme/Cart} (the shape of a class), {@code org/acme/Cart.total()I}
 * (a method), {@code org/acme/Cart*} (all of a class, as reflection reaches it), {@code
 * org/acme/Cart#LIMIT} (a constant that compilers copy) or {@code resource:cart.properties}.
 */
public final class CodeGraph {

  /** The digest of a part that is referred to and not there. */
  public static final long ABSENT = 0;

  static final String RESOURCE = "resource:";

  private final List<String> names;
  private final Map<String, Integer> ids;
  private final long[] digests;
  private final int[][] edges;
  private final Map<String, Set<String>> roots;
  private final Map<String, Long> unnamed;
  private final Map<String, List<String>> sources;

  /** The place of each part in the order of names, and by that place a digest of the part. */
  private final int[] places;

  private final long[] ordered;

  CodeGraph(
      List<String> names,
      Map<String, Integer> ids,
      long[] digests,
      int[][] edges,
      Map<String, Set<String>> roots,
      Map<String, Long> unnamed,
      Map<String, List<String>> sources) {
    this.names = names;
    this.ids = ids;
    this.digests = digests;
    this.edges = edges;
    this.roots = roots;
    this.unnamed = unnamed;
    this.sources = sources;
    this.places = new int[names.size()];
    this.ordered = new long[names.size()];
    Digester digester = new Digester();
    int place = 0;
    for (int part :
        IntStream.range(0, names.size()).boxed().sorted(comparing(names::get)).toList()) {
      ordered[place] = digester.add(names.get(part)).add(digests[part]).value();
      places[part] = place++;
    }
  }

  /** How many parts there are. */
  public int size() {
    return names.size();
  }

  /** The name of a part. */
  public String name(int part) {
    return names.get(part);
  }

  /** The digest of a part. */
  public long digest(int part) {
    return digests[part];
  }

  /** The part of that name, or -1. */
  public int find(String name) {
    return ids.getOrDefault(name, -1);
  }

  /** The part of a resource, or -1. */
  public int findResource(String path) {
    return find(RESOURCE + path);
  }

  /** The test classes by their names with dots, sorted. */
  public Set<String> tests() {
    return Collections.unmodifiableSet(roots.keySet());
  }

  /** Resources that no code names, with their digests: any test may read them. */
  public Map<String, Long> unnamedResources() {
    return unnamed;
  }

  /**
   * The classes that were compiled from a source, with slashes.
   *
   * @param path below a source root, such as {@code org/acme/Cart.java}
   */
  public List<String> classesOf(String path) {
    return sources.getOrDefault(path, List.of());
  }

  /** All sources that the classes were compiled from, by their paths below a source root. */
  public Set<String> sources() {
    return Collections.unmodifiableSet(sources.keySet());
  }

  /** All parts of classes, by their names with slashes. */
  public BitSet partsOf(Set<String> classNames) {
    BitSet parts = new BitSet(names.size());
    for (int part = 0; part < names.size(); part++) {
      if (!names.get(part).endsWith("*") && classNames.contains(classOf(part))) {
        parts.set(part);
      }
    }
    return parts;
  }

  /** The class that a part belongs to, with slashes; the part's own name for a resource. */
  public String classOf(int part) {
    String name = names.get(part);
    if (name.startsWith(RESOURCE)) {
      return name;
    }
    int end = 0;
    while (end < name.length() && ".#*".indexOf(name.charAt(end)) < 0) {
      end++;
    }
    return name.substring(0, end);
  }

  /** A part as people write it: {@code org.acme.Cart.total}. */
  public static String readable(String name) {
    if (name.startsWith(RESOURCE)) {
      return name.substring(RESOURCE.length());
    }
    int bracket = name.indexOf('(');
    String plain = bracket < 0 ? name : name.substring(0, bracket);
    return plain.replace("*", "").replace('/', '.');
  }

  /**
   * Everything that a test may depend on.
   *
   * @param test its name with dots
   * @param more classes with slashes that are known to be used by it, all of each, and files as
   *     {@code resource:shop/price.py}
   */
  public BitSet closure(String test, Collection<String> more) {
    BitSet seen = new BitSet(names.size());
    walk(start(test, more), seen, null, -1);
    return seen;
  }

  /** How a test comes to a part: the parts between, from the test's own to that one. */
  public List<String> path(String test, Collection<String> more, int part) {
    int[] from = new int[names.size()];
    Arrays.fill(from, -1);
    walk(start(test, more), new BitSet(names.size()), from, part);
    List<String> path = new ArrayList<>();
    for (int at = part; at >= 0; at = from[at]) {
      path.add(names.get(at));
    }
    Collections.reverse(path);
    return path;
  }

  private List<Integer> start(String test, Collection<String> more) {
    List<Integer> start = new ArrayList<>();
    for (String root : roots.getOrDefault(test, Set.of())) {
      addIfKnown(root, start);
    }
    for (String type : more) {
      addIfKnown(type.startsWith(RESOURCE) ? type : type + "*", start);
    }
    return start;
  }

  private void addIfKnown(String name, List<Integer> parts) {
    int part = find(name);
    if (part >= 0) {
      parts.add(part);
    }
  }

  /** Breadth first, so that paths are short; ends early at a wanted part. */
  private void walk(List<Integer> start, BitSet seen, int @Nullable [] from, int wanted) {
    ArrayDeque<Integer> next = new ArrayDeque<>();
    for (int part : start) {
      if (!seen.get(part)) {
        seen.set(part);
        next.add(part);
      }
    }
    while (!next.isEmpty()) {
      int part = next.remove();
      if (part == wanted) {
        return;
      }
      for (int to : edges[part]) {
        if (!seen.get(to)) {
          seen.set(to);
          next.add(to);
          if (from != null) {
            from[to] = part;
          }
        }
      }
    }
  }

  /** The digest of a set of parts: of their names and digests, in the order of names. */
  public long digest(BitSet parts) {
    BitSet sorted = new BitSet(names.size());
    parts.stream().forEach(part -> sorted.set(places[part]));
    Digester digester = new Digester();
    sorted.stream().forEach(place -> digester.add(ordered[place]));
    return digester.value();
  }

  /** The packages of the project's classes, with dots, sorted. */
  public Set<String> packages() {
    Set<String> packages = new java.util.TreeSet<>();
    for (int part = 0; part < names.size(); part++) {
      String name = names.get(part);
      if (!name.startsWith(RESOURCE) && digests[part] != ABSENT && classOf(part).equals(name)) {
        packages.add(name.substring(0, Math.max(0, name.lastIndexOf('/'))).replace('/', '.'));
      }
    }
    return packages;
  }
}
