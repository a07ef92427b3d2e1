package dev.assay.core.report.page;

import dev.assay.api.value.Unit;
import dev.assay.core.report.Markup;
import dev.assay.core.report.Words;
import dev.assay.core.report.stacks.Profile;
import dev.assay.core.report.stacks.Stacks;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stacks as a flame graph that hangs from the top: a frame is as wide as what was spent in it and
 * in all that it called; beside each other they are in the order of the alphabet. Widths are in per
 * cent, so that it fits every page without a script. With something to compare with, frames are
 * coloured by how their share changed, else by the package they are of.
 */
final class FlameGraph {

  private static final int MOST_FRAMES = 2_500;
  private static final double LEAST_SHARE = 0.0003;

  /** A frame of less than this is only drawn when the page is zoomed into it. */
  private static final double LEAST_DRAWN = 0.0008;

  /** A frame of less than this has no room for words. */
  private static final double LEAST_NAMED = 0.03;

  private static final int ROW = 18;

  private final Markup page;
  private final Profile profile;
  private final Stacks stacks;
  private final Map<Stacks.Frame, Double> lefts = new HashMap<>();

  FlameGraph(Markup page, Profile profile) {
    this.page = page;
    this.profile = profile;
    this.stacks = profile.now();
  }

  /** Draws it; the id is of the element that names it. */
  void write(String labelledBy) {
    List<Stacks.Frame> frames = stacks.heaviest(MOST_FRAMES, LEAST_SHARE);
    int rows = frames.stream().mapToInt(Stacks.Frame::depth).max().orElse(0) + 1;
    page.line().open("div", "class", "flames", "tabindex", "0", "role", "group");
    page.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        profile.before() == null ? "flame" : "flame changed",
        "width",
        "100%",
        "height",
        Integer.toString(rows * ROW),
        "role",
        "img",
        "aria-labelledby",
        labelledBy);
    place(stacks.root(), 0);
    Stacks before = profile.before();
    Map<Stacks.Frame, Stacks.Frame> earlier = before == null ? Map.of() : earlier(before.root());
    for (Stacks.Frame frame : frames) {
      frame(frame, before, earlier.get(frame));
    }
    page.close("svg").close("div");
  }

  private void place(Stacks.Frame frame, double left) {
    lefts.put(frame, left);
    double next = left;
    for (Stacks.Frame child : frame.children()) {
      place(child, next);
      next += share(child);
    }
  }

  private double share(Stacks.Frame frame) {
    return (double) frame.total() / stacks.total();
  }

  /** The frames at the same place of the other tree. */
  private Map<Stacks.Frame, Stacks.Frame> earlier(Stacks.Frame before) {
    Map<Stacks.Frame, Stacks.Frame> pairs = new HashMap<>();
    pair(stacks.root(), before, pairs);
    return pairs;
  }

  private static void pair(
      Stacks.Frame now, Stacks.Frame before, Map<Stacks.Frame, Stacks.Frame> pairs) {
    pairs.put(now, before);
    for (Stacks.Frame child : now.children()) {
      Stacks.Frame other = before.child(child.name());
      if (other != null) {
        pair(child, other, pairs);
      }
    }
  }

  private void frame(Stacks.Frame frame, @Nullable Stacks before, Stacks.@Nullable Frame earlier) {
    double share = share(frame);
    double change = 0;
    String style = colour(frame);
    String words = weight(frame.total(), profile.unit()) + ", " + percent(share);
    if (before != null) {
      double then = earlier == null ? 0 : (double) earlier.total() / before.total();
      change = share - then;
      style = changed(change);
      words += ", before " + percent(then) + " (" + points(change) + ")";
    }
    page.line()
        .open(
            "svg",
            "class",
            share < LEAST_DRAWN ? style + " thin" : style,
            "x",
            place(lefts.getOrDefault(frame, 0.0)),
            "y",
            Integer.toString(frame.depth() * ROW),
            "width",
            place(share),
            "height",
            Integer.toString(ROW - 1));
    page.element("title", frame.name() + "\n" + words);
    page.empty("rect", "width", "100%", "height", "100%", "rx", "2");
    if (share >= LEAST_NAMED) {
      page.element("text", brief(frame.name()), "x", "4", "y", "13");
    }
    page.close("svg");
  }

  static String weight(long weight, Unit unit) {
    return unit == Unit.NONE ? Words.many(weight, "sample") : unit.format(weight);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, share >= 0.0995 ? "%.0f %%" : "%.1f %%", share * 100);
  }

  /** A difference of shares: {@code +1.3 points}. */
  static String points(double change) {
    return String.format(Locale.ROOT, "%+.1f points", change * 100);
  }

  private static String place(double share) {
    return String.format(Locale.ROOT, "%.3f%%", share * 100);
  }

  /** The class and method without the package. */
  static String brief(String name) {
    if (name.startsWith("[")) {
      return "[" + name.substring(Math.max(name.lastIndexOf('.'), 0) + 1);
    }
    int method = name.lastIndexOf('.');
    int type = method < 0 ? -1 : name.lastIndexOf('.', method - 1);
    return name.substring(type + 1);
  }

  private static String changed(double change) {
    double size = Math.abs(change);
    if (size < 0.005) {
      return "same";
    }
    String direction = change > 0 ? "more" : "less";
    return size < 0.02 ? direction + "1" : size < 0.06 ? direction + "2" : direction + "3";
  }

  private static String colour(Stacks.Frame frame) {
    String name = frame.name();
    if (frame.depth() == 0 || name.startsWith("[")) {
      return "plain";
    }
    if (name.matches("(java|javax|jdk|sun|com\\.sun)\\..*")) {
      return "jdk";
    }
    String[] words = name.split("\\.");
    String group = words.length > 2 ? words[0] + "." + words[1] : words[0];
    return "hue" + Math.floorMod(group.hashCode(), 4);
  }
}
