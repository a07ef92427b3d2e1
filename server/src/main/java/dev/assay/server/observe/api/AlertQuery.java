package dev.assay.server.observe.api;

import dev.assay.observe.alert.AlertEngine.Seen;
import dev.assay.observe.alert.LabelMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts are asked for, in Alertmanager's words. Immutable.
 *
 * @param matchers what their labels are like
 * @param active whether those that somebody is told of
 * @param silenced whether those that a silence keeps quiet
 * @param inhibited whether those that another alert keeps quiet
 * @param muted whether those of which nobody is told at this time of the calendar
 * @param receiver an expression that a receiver's whole name is like; empty for any
 */
record AlertQuery(
    List<LabelMatcher> matchers,
    boolean active,
    boolean silenced,
    boolean inhibited,
    boolean muted,
    String receiver) {

  /** Copies the list. */
  AlertQuery {
    matchers = List.copyOf(matchers);
  }

  /**
   * What a text of each filter asks for.
   *
   * @throws IllegalArgumentException with a sentence for people, if one is no filter
   */
  static List<LabelMatcher> matchers(@Nullable List<String> filters) {
    List<LabelMatcher> matchers = new ArrayList<>();
    if (filters != null) {
      filters.forEach(filter -> matchers.addAll(LabelMatcher.parse(filter)));
    }
    return matchers;
  }

  /** Whether one is asked for; those that are over are not. */
  boolean takes(Seen seen) {
    return seen.lasts()
        && LabelMatcher.all(matchers, seen.alert().labels())
        && (active || !seen.state().equals("active"))
        && (silenced || seen.silencedBy().isEmpty())
        && (inhibited || seen.inhibitedBy().isEmpty())
        && (muted || seen.mutedBy().isEmpty());
  }

  /** Those of some receivers that are asked for. */
  List<String> receivers(List<String> names) {
    if (receiver.isEmpty()) {
      return names;
    }
    LabelMatcher like = new LabelMatcher("receiver", LabelMatcher.Operator.LIKE, receiver);
    return names.stream().filter(name -> like.matches(Map.of("receiver", name))).toList();
  }
}
