package dev.assay.load.engine;

import dev.assay.network.link.Condition;
import java.util.List;

/**
 * The networks that users are on, each user on a link of its own. Immutable.
 *
 * @param names what they are called
 * @param conditions what they are; empty where users are on no network but the real one
 * @param upTo for each condition the share of users on it or on one before it; the last is 1
 * @param usersPerLink how many users share a link, at least 1
 */
public record Networks(
    List<String> names, List<Condition> conditions, List<Double> upTo, int usersPerLink) {

  /** No network but the real one. */
  public static final Networks NONE = new Networks(List.of(), List.of(), List.of(), 1);

  /** Copies the lists. */
  public Networks {
    names = List.copyOf(names);
    conditions = List.copyOf(conditions);
    upTo = List.copyOf(upTo);
    if (conditions.size() != upTo.size() || names.size() != upTo.size() || usersPerLink < 1) {
      throw new IllegalArgumentException("each network needs its share of the users");
    }
  }

  /** Whether users are on networks. */
  public boolean any() {
    return !conditions.isEmpty();
  }

  /** How many are told apart in what is recorded: all of a mix, and one by itself is not. */
  public int toldApart() {
    return conditions.size() > 1 ? conditions.size() : 0;
  }

  /** Where the first of so many steps is recorded for a network, after those of no network. */
  int recordedAt(int network, int steps) {
    return toldApart() == 0 ? 0 : (1 + network) * steps;
  }

  /**
   * The network of a link, by its place among the conditions.
   *
   * @param at a random number of that link, from 0 to below 1
   */
  int of(double at) {
    int which = 0;
    while (which < upTo.size() - 1 && at >= upTo.get(which)) {
      which++;
    }
    return which;
  }
}
