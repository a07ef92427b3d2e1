package dev.assay.smpp.text;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A 7-bit alphabet of 3GPP TS 23.038: a main table and one for characters after an escape. Encodes
 * into one byte a septet, as short_message holds them; {@link Septets} packs those. Immutable.
 */
public final class GsmAlphabet {

  /** The septet that the second table is reached by. */
  static final int ESCAPE = 0x1B;

  private static final int PAGES = 256;
  private static final int PAGE = 256;

  private final Language locking;
  private final Language single;
  private final String main;
  private final String extension;
  private final short[][] pages = new short[PAGES][];

  /** The septets of Latin-1 that are one alone; -1 for what takes two, or is missing. */
  private final byte[] simple = new byte[PAGE];

  /**
   * The alphabet of two tables.
   *
   * @param locking whose main table
   * @param single whose table for characters after an escape
   */
  public GsmAlphabet(Language locking, Language single) {
    this.locking = locking;
    this.single = single;
    this.main = Alphabets.locking(locking);
    this.extension = Alphabets.single(single);
    Arrays.fill(pages, new short[PAGE]);
    BitSet own = new BitSet(PAGES);
    for (int septet = 127; septet >= 0; septet--) {
      add(own, extension.charAt(septet), ESCAPE << 8 | septet);
    }
    for (int septet = 127; septet >= 0; septet--) {
      add(own, main.charAt(septet), septet);
    }
    for (char c = 0; c < PAGE; c++) {
      int code = code(c);
      simple[c] = (byte) (code < ESCAPE << 8 ? code : -1);
    }
  }

  /** The one that every telephone has. */
  public static GsmAlphabet basic() {
    return Basic.ALPHABET;
  }

  /** Made when it is first asked for, as its tables are large. */
  private static final class Basic {
    static final GsmAlphabet ALPHABET = new GsmAlphabet(Language.DEFAULT, Language.DEFAULT);
  }

  /** The alphabet of two tables; that of the default ones is made once. */
  public static GsmAlphabet of(Language locking, Language single) {
    boolean basic = locking == Language.DEFAULT && single == Language.DEFAULT;
    return basic ? basic() : new GsmAlphabet(locking, single);
  }

  private void add(BitSet own, char c, int code) {
    if (c == Alphabets.NONE) {
      return;
    }
    if (!own.get(c >> 8)) {
      own.set(c >> 8);
      pages[c >> 8] = new short[PAGE];
    }
    pages[c >> 8][c & 0xFF] = (short) (code + 1);
  }

  /** Whose main table. */
  public Language locking() {
    return locking;
  }

  /** Whose table for characters after an escape. */
  public Language single() {
    return single;
  }

  /** The septet of a character, with the escape above it where it needs one; -1 for none. */
  private int code(char c) {
    return pages[c >> 8][c & 0xFF] - 1;
  }

  /** How many septets a character takes: 1, 2, or 0 where the alphabet does not have it. */
  public int septets(char c) {
    int code = code(c);
    return code < 0 ? 0 : code > 0xFF ? 2 : 1;
  }

  /** How many septets a text takes, or -1 where the alphabet does not have all of it. */
  public int septets(String text) {
    int sum = 0;
    for (int i = 0; i < text.length(); i++) {
      int septets = septets(text.charAt(i));
      if (septets == 0) {
        return -1;
      }
      sum += septets;
    }
    return sum;
  }

  /**
   * Encodes a text, one byte a septet.
   *
   * @param into at least twice as long as the text
   * @return how many septets, or -1 - i where the character at i is not in the alphabet
   */
  public int encode(String text, byte[] into) {
    byte[] table = simple;
    // A copy of the characters is had three times sooner than each of them one by one.
    char[] characters = text.toCharArray();
    int at = 0;
    for (int i = 0; i < characters.length; i++) {
      char c = characters[i];
      int code = c < PAGE ? table[c] : -1;
      if (code < 0) {
        code = code(c);
        if (code < 0) {
          return -1 - i;
        }
        if (code > 0xFF) {
          into[at++] = ESCAPE;
        }
      }
      into[at++] = (byte) (code & 0x7F);
    }
    return at;
  }

  /**
   * The text of septets, one a byte. What a table does not have is a space, and a character after
   * an escape that only the main table has is that one, as section 6.2.1.1 says.
   */
  public String decode(byte[] septets, int from, int count) {
    StringBuilder text = new StringBuilder(count);
    int end = from + count;
    for (int i = from; i < end; i++) {
      int septet = septets[i] & 0x7F;
      if (septet != ESCAPE) {
        text.append(shown(main.charAt(septet)));
      } else if (++i < end) {
        char c = extension.charAt(septets[i] & 0x7F);
        text.append(shown(c == Alphabets.NONE ? main.charAt(septets[i] & 0x7F) : c));
      } else {
        text.append(' ');
      }
    }
    return text.toString();
  }

  private static char shown(char c) {
    return c == Alphabets.NONE ? ' ' : c;
  }
}
