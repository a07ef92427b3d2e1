package dev.assay.api.problem;

/** The place a problem is at: a position in a file, or something with a name. Immutable. */
public sealed interface Where permits Place, Where.Named {

  /** How a person finds it: {@code assay.yaml:3:5}, {@code 127.0.0.1:8080}, {@code check smoke}. */
  String text();

  /** A place that is no position in a file. */
  static Where named(String text) {
    return new Named(text);
  }

  /**
   * Something that has a name, such as an address, a check or a folder.
   *
   * @param text the name as shown
   */
  record Named(String text) implements Where {}
}
