package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.value.Template;
import dev.assay.load.feed.FeedProblems;
import dev.assay.load.feed.Feeder;
import dev.assay.load.request.Encoding;
import dev.assay.load.request.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the names in the templates of one scenario stand for: a value that one of its steps saves, a
 * column of a feeder, or else a variable of the run, which is filled once before the start.
 */
final class SlotNames {

  private final CheckContext context;
  private final List<Feeder> feeders;
  private final Map<String, Integer> saved = new LinkedHashMap<>();
  private final Set<Integer> used = new LinkedHashSet<>();

  SlotNames(CheckContext context, List<Feeder> feeders, List<LoadStep> steps) {
    this.context = context;
    this.feeders = feeders;
    collect(steps);
  }

  private void collect(List<LoadStep> steps) {
    for (LoadStep step : steps) {
      step.save().keySet().forEach(name -> saved.putIfAbsent(name, saved.size()));
      collect(step.steps());
    }
  }

  /** How many values a user keeps. */
  int slots() {
    return saved.size();
  }

  /** The slot of a value that a step saves. */
  int slot(String name) {
    Integer slot = saved.get(name);
    if (slot == null) {
      throw new IllegalStateException("no step saves '" + name + "'");
    }
    return slot;
  }

  /** A slot that no template can name. */
  int hidden() {
    String name = HIDDEN + saved.size();
    saved.put(name, saved.size());
    return saved.size() - 1;
  }

  /** The feeders that the templates asked for so far use. */
  List<Integer> used() {
    return List.copyOf(used);
  }

  /** The slot that a name stands for, or null where the run knows its value. */
  @Nullable Segment slot(String name, Encoding encoding, Place place) {
    Integer slot = saved.get(name);
    if (slot != null) {
      return new Segment.Saved(slot, encoding);
    }
    int dot = name.indexOf('.');
    if (dot < 0) {
      return null;
    }
    String feeder = name.substring(0, dot);
    for (int i = 0; i < feeders.size(); i++) {
      if (feeders.get(i).name().equals(feeder)) {
        int column = feeders.get(i).column(name.substring(dot + 1));
        if (column < 0) {
          throw new ProblemException(
              List.of(FeedProblems.unknownColumn(place, feeders.get(i), name.substring(dot + 1))));
        }
        used.add(i);
        return new Segment.Column(i, column, encoding);
      }
    }
    return null;
  }

  /** The pieces of a template. */
  List<Segment> segments(Template template, Encoding encoding, Place place) {
    List<Segment> segments = new ArrayList<>();
    for (Template.Part part : template.parts()) {
      segments.add(
          switch (part) {
            case Template.Literal(String text) -> Segment.text(text);
            case Template.Name(String name) -> {
              Segment slot = slot(name, encoding, place);
              yield slot == null ? Segment.text(fixed(part)) : slot;
            }
          });
    }
    return Segment.joined(segments);
  }

  private String fixed(Template.Part part) {
    return context.fill(new Template("", List.of(part)));
  }

  /** Whether no slot is in a template. */
  boolean constant(Template template, Place place) {
    return template.names().stream().allMatch(name -> slot(name, Encoding.RAW, place) == null);
  }

  /**
   * Fills a template with a mark in place of each slot, for texts that must be understood before
   * they are cut at the marks with {@link #cut}.
   */
  String marked(Template template, Place place) {
    StringBuilder text = new StringBuilder();
    for (Template.Part part : template.parts()) {
      switch (part) {
        case Template.Literal(String literal) -> text.append(literal);
        case Template.Name(String name) -> {
          boolean slotted = slot(name, Encoding.RAW, place) != null;
          text.append(slotted ? MARK + name.replace("-", MINUS) + END : fixed(part));
        }
      }
    }
    return text.toString();
  }

  private static final String HIDDEN = "hidden slot ";
  private static final String MARK = "zzAssaySlot.";
  private static final String MINUS = ".minus.";
  private static final String END = ".zz";

  /** Whether a text has a mark of {@link #marked}. */
  static boolean marked(String text) {
    return text.contains(MARK);
  }

  /** Cuts a text at the marks into pieces. */
  List<Segment> cut(String text, Encoding encoding, Place place) {
    List<Segment> segments = new ArrayList<>();
    int at = 0;
    for (int mark = text.indexOf(MARK); mark >= 0; mark = text.indexOf(MARK, at)) {
      int end = text.indexOf(END, mark);
      segments.add(Segment.text(text.substring(at, mark)));
      String name = text.substring(mark + MARK.length(), end).replace(MINUS, "-");
      Segment slot = slot(name, encoding, place);
      if (slot == null) {
        throw new IllegalStateException("a mark without a slot: " + name);
      }
      segments.add(slot);
      at = end + END.length();
    }
    segments.add(Segment.text(text.substring(at)));
    return Segment.joined(segments);
  }
}
