package dev.assay.core.run;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The lines of secrets that have several, such as a PEM key: what prints them does so line by line.
 * Lines of fewer than eight characters, ordinary words and what only says that a key begins are
 * none, as they occur elsewhere, too. A text is looked through once, however many lines there are.
 * Immutable.
 */
final class SecretLines {

  private static final int SHORTEST = 8;

  /** {@code -----BEGIN PRIVATE KEY-----}. */
  private static final Pattern BOUNDARY = Pattern.compile("-----(BEGIN|END) [^-]*-----");

  private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z]{0,14}|[A-Z]{0,15}");

  private static final int BITS = 1 << 16;

  /** What the hash of a beginning loses when its first character goes. */
  private static final int FIRST = power(SHORTEST - 1);

  /** By how they begin, the longest first. */
  private final Map<String, List<String>> byBeginning = new HashMap<>();

  /** Hashes of beginnings: most places of a text are none, and are left without making a text. */
  private final BitSet hashes = new BitSet(BITS);

  private final TreeSet<String> all = new TreeSet<>();
  private final int longest;

  /** Those of some values; a value of one line has none. */
  SecretLines(Collection<String> values) {
    for (String value : values) {
      if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
        value.lines().map(String::strip).filter(SecretLines::isSecret).forEach(all::add);
      }
    }
    for (String line : all) {
      String beginning = line.substring(0, SHORTEST);
      byBeginning.computeIfAbsent(beginning, _ -> new ArrayList<>()).add(line);
      hashes.set(slot(beginning.hashCode()));
    }
    byBeginning
        .values()
        .forEach(each -> each.sort(Comparator.comparingInt(String::length).reversed()));
    longest = all.stream().mapToInt(String::length).max().orElse(0);
  }

  private static boolean isSecret(String line) {
    return line.length() >= SHORTEST
        && !BOUNDARY.matcher(line).matches()
        && !WORD.matcher(line).matches();
  }

  private static int power(int times) {
    int power = 1;
    for (int i = 0; i < times; i++) {
      power *= 31;
    }
    return power;
  }

  private static int slot(int hash) {
    return (hash ^ hash >>> 16) & (BITS - 1);
  }

  /** The text with each line replaced, wherever it stands in it. */
  String mask(String text, String mask) {
    if (all.isEmpty() || text.length() < SHORTEST) {
      return text;
    }
    StringBuilder masked = new StringBuilder();
    int copied = 0;
    int place = 0;
    int hash = hash(text, 0);
    while (place + SHORTEST <= text.length()) {
      int length = hashes.get(slot(hash)) ? lengthAt(text, place) : 0;
      if (length > 0) {
        masked.append(text, copied, place).append(mask);
        place += length;
        copied = place;
        hash = place + SHORTEST <= text.length() ? hash(text, place) : 0;
      } else {
        hash = rolled(hash, text, place);
        place++;
      }
    }
    return copied == 0 ? text : masked.append(text, copied, text.length()).toString();
  }

  /** As that of a text of these characters. */
  private static int hash(String text, int from) {
    int hash = 0;
    for (int i = from; i < from + SHORTEST; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return hash;
  }

  /** That of the next place, where there is one. */
  private static int rolled(int hash, String text, int place) {
    return place + SHORTEST < text.length()
        ? 31 * (hash - text.charAt(place) * FIRST) + text.charAt(place + SHORTEST)
        : 0;
  }

  /** How long the longest line is that begins there; 0 for none. */
  private int lengthAt(String text, int place) {
    return byBeginning.getOrDefault(text.substring(place, place + SHORTEST), List.of()).stream()
        .filter(line -> text.startsWith(line, place))
        .mapToInt(String::length)
        .findFirst()
        .orElse(0);
  }

  /** How many characters at the end of a text may be the beginning of a line that goes on. */
  int begunAtEnd(String text) {
    for (int length = Math.min(longest - 1, text.length()); length > 0; length--) {
      String end = text.substring(text.length() - length);
      String next = all.ceiling(end);
      if (next != null && next.length() > length && next.startsWith(end)) {
        return length;
      }
    }
    return 0;
  }
}
