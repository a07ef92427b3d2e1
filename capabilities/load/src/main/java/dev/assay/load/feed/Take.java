package dev.assay.load.feed;

import java.util.Locale;

/** Which record comes next. */
public enum Take {
  /** One after the other, until there is none left. */
  IN_ORDER,
  /** One after the other, and from the beginning again. */
  CIRCULAR,
  /** Any at random, so that one may come several times. */
  RANDOM,
  /** Each once in random order, until there is none left. */
  SHUFFLED;

  /** Whether it ends when every record was taken. */
  public boolean ends() {
    return this == IN_ORDER || this == SHUFFLED;
  }

  /** As written in the workspace file: {@code in order}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
