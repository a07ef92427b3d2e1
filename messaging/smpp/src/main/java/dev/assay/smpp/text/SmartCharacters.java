package dev.assay.smpp.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replaces characters that the GSM alphabet lacks by others that say the same: typographic quotes,
 * dashes and spaces. It changes what was written, so it is done only where asked for, and every
 * replacement is told.
 */
public final class SmartCharacters {

  /**
   * One replacement.
   *
   * @param index where in the text that was written
   * @param from the character
   * @param to what took its place; may be empty
   */
  public record Replacement(int index, String from, String to) {}

  /**
   * What came of a text.
   *
   * @param text the new text
   * @param replaced what was replaced, in order
   */
  public record Result(String text, List<Replacement> replaced) {
    /** Copies the list. */
    public Result {
      replaced = List.copyOf(replaced);
    }
  }

  private SmartCharacters() {}

  /** Replaces what can be. */
  public static Result replace(String text, GsmAlphabet alphabet) {
    StringBuilder built = new StringBuilder(text.length());
    List<Replacement> replaced = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String other = alphabet.septets(c) > 0 ? null : of(c);
      if (other == null) {
        built.append(c);
      } else {
        built.append(other);
        replaced.add(new Replacement(i, String.valueOf(c), other));
      }
    }
    return new Result(built.toString(), replaced);
  }

  private static @Nullable String of(char c) {
    if (c >= '\uFF01' && c <= '\uFF5E') {
      return String.valueOf((char) (c - 0xFEE0)); // the wide forms of ASCII
    }
    return switch (c) {
      case '\u2018', '\u2019', '\u201A', '\u201B', '\u2032', '\u02BC', '\u00B4', '`' -> "'";
      case '\u201C', '\u201D', '\u201E', '\u201F', '\u2033', '\u00AB', '\u00BB' -> "\"";
      case '\u2039' -> "<";
      case '\u203A' -> ">";
      case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\u2043' -> "-";
      case '\u2026' -> "...";
      case '\u2022', '\u00B7', '\u2219' -> "*";
      case '\u2044', '\u2215' -> "/";
      case '\u00D7' -> "x";
      case '\u00BC' -> "1/4";
      case '\u00BD' -> "1/2";
      case '\u00BE' -> "3/4";
      case '\t',
          '\u00A0',
          '\u2002',
          '\u2003',
          '\u2004',
          '\u2005',
          '\u2006',
          '\u2007',
          '\u2008',
          '\u2009',
          '\u200A',
          '\u202F',
          '\u205F',
          '\u3000' ->
          " ";
      case '\u2028', '\u2029', '\u0085' -> "\n";
      case '\u00AD', '\u200B', '\u2060', '\uFEFF' -> "";
      default -> null;
    };
  }
}
