package dev.assay.suite.runner;

import java.util.List;

/**
 * Words of a command that belong together, and why they are there.
 *
 * @param words at least one
 * @param why for people; empty where the words are the user's own
 */
public record Flag(List<String> words, String why) {

  /** Copies the list. */
  public Flag {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a flag needs a word");
    }
  }

  static Flag of(String why, String... words) {
    return new Flag(List.of(words), why);
  }
}
