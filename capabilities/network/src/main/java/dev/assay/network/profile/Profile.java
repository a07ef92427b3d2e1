package dev.assay.network.profile;

import dev.assay.network.link.Condition;
import java.util.List;

/**
 * A network that is known by name. Immutable.
 *
 * @param name as it is referred to
 * @param title one line for people
 * @param figures what it is made of
 * @param condition what it does to traffic
 */
public record Profile(String name, String title, List<Figure> figures, Condition condition) {

  /** Copies the list. */
  public Profile {
    figures = List.copyOf(figures);
  }

  /**
   * One figure and where it is from.
   *
   * @param name {@code down}, {@code up}, {@code rtt}, {@code jitter}, {@code loss down}, {@code
   *     loss up}
   * @param text as it is written: {@code 1.6 Mbit/s}
   * @param source where it is from, or that it is Assay's own choice
   */
  public record Figure(String name, String text, String source) {}
}
