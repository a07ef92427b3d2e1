package dev.assay.core.report.stacks;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Stacks with weights, as a tree and by method. Bounded: a line that is no stack is left out, and
 * frames beyond {@value #DEEPEST} are. Immutable once read.
 */
public final class Stacks {

  /** How many frames of a stack are kept. */
  public static final int DEEPEST = 300;

  private static final int MOST_LINES = 200_000;

  private final Frame root = new Frame("all", 0);
  private final Map<String, Method> methods = new HashMap<>();

  private Stacks() {}

  /** A place in the tree. */
  public static final class Frame {

    private final String name;
    private final int depth;
    private final Map<String, Frame> children = new TreeMap<>();
    private long total;
    private long self;

    private Frame(String name, int depth) {
      this.name = name;
      this.depth = depth;
    }

    /** The method. */
    public String name() {
      return name;
    }

    /** How many frames are outside of it; 0 for the root. */
    public int depth() {
      return depth;
    }

    /** The weight of all stacks through it. */
    public long total() {
      return total;
    }

    /** The weight of the stacks that end in it. */
    public long self() {
      return self;
    }

    /** What it called, by name. */
    public Collection<Frame> children() {
      return Collections.unmodifiableCollection(children.values());
    }

    /** What it called of that name, or null. */
    public @Nullable Frame child(String called) {
      return children.get(called);
    }
  }

  /**
   * A method wherever it is called from.
   *
   * @param name its name
   * @param self the weight of the stacks that end in it
   * @param total the weight of the stacks that it is in
   */
  public record Method(String name, long self, long total) {}

  /** Reads folded stacks. */
  public static Stacks read(BufferedReader lines) throws IOException {
    Stacks stacks = new Stacks();
    String line;
    int read = 0;
    while ((line = lines.readLine()) != null && read++ < MOST_LINES) {
      int space = line.lastIndexOf(' ');
      if (space > 0) {
        stacks.add(line.substring(0, space), weight(line.substring(space + 1)));
      }
    }
    return stacks;
  }

  private static long weight(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException noStack) {
      return 0;
    }
  }

  private void add(String stack, long weight) {
    if (weight <= 0) {
      return;
    }
    Frame frame = root;
    frame.total += weight;
    Set<String> seen = new HashSet<>();
    for (String name : stack.split(";", DEEPEST + 1)) {
      if (frame.depth == DEEPEST) {
        break;
      }
      int depth = frame.depth + 1;
      frame = frame.children.computeIfAbsent(name, called -> new Frame(called, depth));
      frame.total += weight;
      if (seen.add(name)) {
        methods.merge(name, new Method(name, 0, weight), Stacks::sum);
      }
    }
    frame.self += weight;
    methods.merge(frame.name, new Method(frame.name, weight, 0), Stacks::sum);
  }

  private static Method sum(Method left, Method right) {
    return new Method(left.name, left.self + right.self, left.total + right.total);
  }

  /** The root, through which every stack goes. */
  public Frame root() {
    return root;
  }

  /** The weight of all stacks. */
  public long total() {
    return root.total;
  }

  /** The method of that name; with nothing in it where it was never seen. */
  public Method method(String name) {
    return methods.getOrDefault(name, new Method(name, 0, 0));
  }

  /** The names of all methods. */
  public Set<String> methods() {
    return Collections.unmodifiableSet(methods.keySet());
  }

  /** The methods in which most was spent, the first the most. */
  public List<Method> hottest(int most) {
    return methods.values().stream()
        .sorted(
            Comparator.comparingLong(Method::self)
                .reversed()
                .thenComparing(Comparator.comparingLong(Method::total).reversed())
                .thenComparing(Method::name))
        .filter(method -> method.self() > 0)
        .limit(most)
        .toList();
  }

  /**
   * The heaviest frames with everything outside of them, the root first.
   *
   * @param most how many
   * @param least the least share of all that one has
   */
  public List<Frame> heaviest(int most, double least) {
    List<Frame> all = new ArrayList<>();
    collect(root, Math.max(1, (long) Math.ceil(least * root.total)), all);
    // A frame is never heavier than the one outside of it, so that none is cut from its root.
    all.sort(Comparator.comparingLong(Frame::total).reversed().thenComparingInt(Frame::depth));
    return List.copyOf(all.subList(0, Math.min(most, all.size())));
  }

  private static void collect(Frame frame, long least, List<Frame> into) {
    into.add(frame);
    for (Frame child : frame.children.values()) {
      if (child.total >= least) {
        collect(child, least, into);
      }
    }
  }
}
