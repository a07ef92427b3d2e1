package dev.assay.store;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a ledger, one sentence each, bounded. Not for use by several threads. */
final class Damages {

  private static final int MOST = 100;
  private static final int LONGEST = 120;

  private final List<String> sentences = new ArrayList<>();
  private long unnamed;

  void add(String damage) {
    if (sentences.size() < MOST - 1) {
      sentences.add(damage);
    } else {
      unnamed++;
    }
  }

  /** All of them, with the number of those that are left out. */
  List<String> shown() {
    List<String> shown = new ArrayList<>(sentences);
    if (unnamed > 0) {
      shown.add("and " + unnamed + " more");
    }
    return shown;
  }

  /** Text of a damaged ledger may be anything; one short line of it is shown. */
  static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
