package dev.assay.load.extract;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Follows JSON paths through a document whose bytes may be split anywhere (RFC 8259), without a
 * tree. What lies on a path is read strictly; a value that no path leads to is passed over, an
 * object or array by its texts and brackets alone, and so is what is left of one in which
 * everything asked for was seen. That a member is there twice is not noticed: memory would have to
 * grow with the document.
 *
 * <p>Not thread-safe; one for each connection.
 */
final class JsonScan {

  /** How deep arrays and objects may be nested. */
  static final int DEEPEST = 500;

  /** A number of more bytes is none that anyone can use. */
  private static final int LONGEST_NUMBER = 1000;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long SPACES = ' ' * ONES;
  private static final long LOW_BITS = 0x7F * ONES;
  private static final long OPENING = '{' * ONES;
  private static final long CLOSING = '}' * ONES;

  private enum State {
    START,
    VALUE,
    FIRST_ELEMENT,
    FIRST_NAME,
    NAME,
    NAME_TEXT,
    COLON,
    COMMA,
    TEXT,
    PASS_TEXT,
    WORD,
    PASS_WORD,
    PASS,
    END,
    DONE,
    BROKEN
  }

  /** Hears what the paths find. */
  interface Found {

    /** Whether a probe still waits for a value. */
    boolean wants(int probe);

    /** Where the text of a probe's next value goes. */
    Bytes place(int probe);

    /**
     * The value is complete in its place.
     *
     * @param isNull whether it is JSON's null
     * @param tooLong whether it has more bytes than are kept, so that its place lacks some
     */
    void value(int probe, boolean isNull, boolean tooLong);

    /** An object or array has so many members or elements. */
    void length(int probe, long many);

    /** Whether nothing more needs to be found. */
    boolean enough();
  }

  private final PathNode root;
  private final Found found;

  private State state = State.START;
  private @Nullable String fault;
  private long before;
  private int mark;

  // The objects and arrays that are being walked, outermost first.
  private PathNode[] nodes = new PathNode[16];
  private boolean[] objects = new boolean[16];
  private long[] counts = new long[16];
  private long[] seen = new long[16];
  private int[] rawsOutside = new int[16];
  private int depth;

  /** What is asked of the value that comes next. */
  private @Nullable PathNode next;

  // Objects and arrays whose raw text is wanted and which have not ended.
  private int[] raws = new int[8];
  private int[] rawStarts = new int[8];
  private int rawCount;

  // Passing over: how many brackets are open, and how many raws were before them.
  private int passing;
  private int passingRaws;
  private boolean inText;
  private boolean escaped;

  // A text or word that is being read.
  private final Bytes name = new Bytes(4096);
  private final Bytes word;
  private Bytes sink = name;
  private int escape;
  private int unit;
  private int high;

  /**
   * A scan.
   *
   * @param longest how many bytes of a value are kept at most
   */
  JsonScan(PathNode root, Found found, int longest) {
    this.word = new Bytes(longest);
    this.root = root;
    this.found = found;
  }

  /** Prepares for another document. */
  void begin() {
    state = State.START;
    fault = null;
    before = 0;
    mark = 0;
    depth = 0;
    rawCount = 0;
    inText = false;
    escaped = false;
    escape = 0;
    high = 0;
    next = root;
  }

  /** Whether more bytes change nothing. */
  boolean ended() {
    return state == State.DONE || state == State.BROKEN;
  }

  /** Why it is no JSON, or null where nothing is known against it. */
  @Nullable String fault() {
    return fault == null ? null : fault + " at byte " + before;
  }

  /** Says that there are no more bytes. */
  void end() {
    switch (state) {
      case DONE, BROKEN, END -> {}
      case WORD -> endOfWord(0);
      case PASS_WORD -> ended(0);
      case START -> broken("the body is empty", 0);
      default -> broken("the body ends in the middle of a JSON value", 0);
    }
    boolean complete = state == State.END || state == State.DONE || state == State.BROKEN;
    if (!complete) {
      broken("the body ends in the middle of a JSON value", 0);
    }
  }

  /** Reads the next bytes. */
  void feed(byte[] bytes, int from, int to) {
    for (int i = 0; i < rawCount; i++) {
      rawStarts[i] = from;
    }
    int at = from;
    while (at < to && state != State.DONE && state != State.BROKEN) {
      at = step(bytes, at, to, from);
    }
    if (state == State.BROKEN) {
      return;
    }
    for (int i = 0; i < rawCount; i++) {
      found.place(raws[i]).append(bytes, rawStarts[i], to);
    }
    before += to - from;
  }

  private int step(byte[] bytes, int from, int to, int chunk) {
    int at = from;
    switch (state) {
      case PASS -> {
        return pass(bytes, at, to, chunk);
      }
      case PASS_TEXT -> {
        return passText(bytes, at, to);
      }
      case NAME_TEXT, TEXT -> {
        return text(bytes, at, to, chunk);
      }
      case WORD -> {
        return word(bytes, at, to, chunk);
      }
      case PASS_WORD -> {
        return passWord(bytes, at, to);
      }
      default -> {}
    }
    byte b = bytes[at];
    while (b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t')) {
      if (++at == to) {
        return to;
      }
      b = bytes[at];
    }
    return switch (state) {
      case START -> start(bytes, at, to, chunk);
      case VALUE -> value(bytes, at, to, chunk);
      case FIRST_ELEMENT -> {
        if (b == ']') {
          yield close(bytes, at + 1);
        }
        counts[depth - 1] = 1;
        next = nodes[depth - 1].element(0);
        yield value(bytes, at, to, chunk);
      }
      case FIRST_NAME, NAME -> {
        if (b == '"') {
          yield name(bytes, at + 1, to, chunk);
        }
        yield b == '}' && state == State.FIRST_NAME
            ? close(bytes, at + 1)
            : broken("expected the name of a member", at - chunk);
      }
      case COLON -> {
        if (b != ':') {
          yield broken("expected ':'", at - chunk);
        }
        state = State.VALUE;
        yield at + 1;
      }
      case COMMA -> comma(bytes, at, to, chunk);
      default -> broken("unexpected text after the value", at - chunk);
    };
  }

  /** The first byte that is no space: of the value, or of a byte order mark before it. */
  private int start(byte[] bytes, int at, int to, int chunk) {
    int b = bytes[at] & 0xFF;
    int expected = mark == 0 ? 0xEF : mark == 1 ? 0xBB : 0xBF;
    if (mark < 3 && b == expected) {
      mark++;
      return at + 1;
    }
    if (mark == 1 || mark == 2) {
      return broken("expected a value", at - chunk);
    }
    state = State.VALUE;
    return value(bytes, at, to, chunk);
  }

  private int comma(byte[] bytes, int at, int to, int chunk) {
    byte b = bytes[at];
    int top = depth - 1;
    boolean object = objects[top];
    if (b == ',') {
      if (object) {
        if (nodes[top].enoughMembers(seen[top])) {
          passRest();
        } else {
          state = State.NAME;
          if (at + 1 < to && bytes[at + 1] == '"') {
            return name(bytes, at + 2, to, chunk);
          }
        }
      } else {
        int index = (int) Math.min(counts[top], Integer.MAX_VALUE);
        if (nodes[top].enoughElements(index - 1)) {
          passRest();
        } else {
          counts[top]++;
          next = nodes[top].element(index);
          state = State.VALUE;
          if (at + 1 < to && bytes[at + 1] > ' ') {
            return value(bytes, at + 1, to, chunk);
          }
        }
      }
      return at + 1;
    }
    if (b == (object ? '}' : ']')) {
      return close(bytes, at + 1);
    }
    return broken(object ? "expected ',' or '}'" : "expected ',' or ']'", at - chunk);
  }

  /** The rest of the innermost object or array, up to its closing bracket, is of no interest. */
  private void passRest() {
    depth--;
    passing = 1;
    passingRaws = rawsOutside[depth];
    state = State.PASS;
  }

  private int value(byte[] bytes, int at, int to, int chunk) {
    byte b = bytes[at];
    PathNode node = next;
    return switch (b) {
      case '{', '[' -> open(at, b == '{', node, chunk);
      case '"' -> openText(bytes, at + 1, to, node, chunk);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 't', 'f', 'n' -> {
        if (!wanted(node)) {
          state = State.PASS_WORD;
          yield passWord(bytes, at + 1, to);
        }
        word.clear();
        state = State.WORD;
        yield word(bytes, at, to, chunk);
      }
      default -> broken("expected a value", at - chunk);
    };
  }

  private int open(int at, boolean object, @Nullable PathNode node, int chunk) {
    if (depth == DEEPEST) {
      return broken("nested deeper than " + DEEPEST + " levels", at - chunk);
    }
    int outside = rawCount;
    if (node != null) {
      for (int probe : node.values()) {
        if (found.wants(probe)) {
          openRaw(probe, at);
        }
      }
    }
    if (node == null || !(object ? node.intoObjects() : node.intoArrays())) {
      passing = 1;
      passingRaws = outside;
      state = State.PASS;
      return at + 1;
    }
    if (depth == nodes.length) {
      deepen();
    }
    nodes[depth] = node;
    objects[depth] = object;
    counts[depth] = 0;
    seen[depth] = 0;
    rawsOutside[depth] = outside;
    depth++;
    state = object ? State.FIRST_NAME : State.FIRST_ELEMENT;
    return at + 1;
  }

  private void deepen() {
    int wider = 2 * nodes.length;
    nodes = Arrays.copyOf(nodes, wider);
    objects = Arrays.copyOf(objects, wider);
    counts = Arrays.copyOf(counts, wider);
    seen = Arrays.copyOf(seen, wider);
    rawsOutside = Arrays.copyOf(rawsOutside, wider);
  }

  private void openRaw(int probe, int at) {
    if (rawCount == raws.length) {
      raws = Arrays.copyOf(raws, 2 * rawCount);
      rawStarts = Arrays.copyOf(rawStarts, 2 * rawCount);
    }
    found.place(probe).clear();
    raws[rawCount] = probe;
    rawStarts[rawCount++] = at;
  }

  /** The innermost walked object or array ended before a place. */
  private int close(byte[] bytes, int end) {
    depth--;
    for (int probe : nodes[depth].lengths()) {
      found.length(probe, counts[depth]);
    }
    closeRaws(bytes, end, rawsOutside[depth]);
    return ended(end);
  }

  private void closeRaws(byte[] bytes, int end, int outside) {
    while (rawCount > outside) {
      rawCount--;
      Bytes place = found.place(raws[rawCount]);
      place.append(bytes, rawStarts[rawCount], end);
      found.value(raws[rawCount], false, place.overflowed());
    }
  }

  /** A value ended before a place. */
  private int ended(int end) {
    state = found.enough() ? State.DONE : depth == 0 ? State.END : State.COMMA;
    return end;
  }

  private int name(byte[] bytes, int from, int to, int chunk) {
    int end = textEnd(bytes, from, to);
    if (end < to && bytes[end] == '"') {
      endOfName(bytes, from, end);
      int at = end + 1;
      if (at + 1 < to && bytes[at] == ':') {
        state = State.VALUE;
        return bytes[at + 1] > ' ' ? value(bytes, at + 1, to, chunk) : at + 1;
      }
      return at;
    }
    name.clear();
    sink = name;
    escape = 0;
    high = 0;
    state = State.NAME_TEXT;
    return from;
  }

  private void endOfName(byte[] bytes, int from, int end) {
    int top = depth - 1;
    PathNode node = nodes[top];
    int number = node.name(bytes, from, end);
    counts[top]++;
    seen[top] |= PathNode.bit(number);
    next = node.member(number);
    state = State.COLON;
  }

  private int openText(byte[] bytes, int from, int to, @Nullable PathNode node, int chunk) {
    if (!wanted(node)) {
      state = State.PASS_TEXT;
      return passText(bytes, from, to);
    }
    sink = word;
    word.clear();
    escape = 0;
    high = 0;
    state = State.TEXT;
    return text(bytes, from, to, chunk);
  }

  private int text(byte[] bytes, int from, int to, int chunk) {
    int at = from;
    while (at < to) {
      if (escape != 0) {
        if (!escape(bytes[at])) {
          return broken("an escape that JSON does not know", at - chunk);
        }
        at++;
        continue;
      }
      int end = textEnd(bytes, at, to);
      if (end > at) {
        loneHigh();
        sink.append(bytes, at, end);
      }
      if (end == to) {
        return to;
      }
      byte b = bytes[end];
      at = end + 1;
      if (b == '"') {
        loneHigh();
        endOfText();
        return at;
      }
      if (b != '\\') {
        return broken("a control character in a text", end - chunk);
      }
      escape = 1;
    }
    return at;
  }

  private void endOfText() {
    if (state == State.NAME_TEXT) {
      boolean readable = !name.overflowed();
      endOfName(name.array(), 0, readable ? name.length() : 0);
      return;
    }
    values(false);
    ended(0);
  }

  private boolean wanted(@Nullable PathNode node) {
    if (node != null) {
      for (int probe : node.values()) {
        if (found.wants(probe)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The text or word that was read is the value of everyone who asks for it here. */
  private void values(boolean isNull) {
    PathNode node = next;
    if (node == null) {
      return;
    }
    for (int probe : node.values()) {
      if (found.wants(probe)) {
        Bytes place = found.place(probe);
        place.clear();
        place.append(word);
        found.value(probe, isNull, word.overflowed());
      }
    }
  }

  /** Reads one byte of an escape; {@code escape} counts its bytes. False where it is none. */
  private boolean escape(byte b) {
    if (escape == 1) {
      if (b == 'u') {
        escape = 2;
        unit = 0;
        return true;
      }
      int plain = plain(b);
      if (plain < 0) {
        return false;
      }
      loneHigh();
      sink.append((byte) plain);
      escape = 0;
      return true;
    }
    int digit = b < 0 ? -1 : Character.digit(b, 16);
    if (digit < 0) {
      return false;
    }
    unit = unit << 4 | digit;
    if (++escape == 6) {
      escape = 0;
      endOfUnit();
    }
    return true;
  }

  private static int plain(byte b) {
    return switch (b) {
      case '"', '\\', '/' -> b;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> -1;
    };
  }

  private void endOfUnit() {
    char c = (char) unit;
    if (Character.isLowSurrogate(c) && high != 0) {
      sink.appendCodePoint(Character.toCodePoint((char) high, c));
      high = 0;
      return;
    }
    loneHigh();
    if (Character.isHighSurrogate(c)) {
      high = c;
    } else {
      sink.appendCodePoint(Character.isLowSurrogate(c) ? 0xFFFD : c);
    }
  }

  private void loneHigh() {
    if (high != 0) {
      sink.appendCodePoint(0xFFFD);
      high = 0;
    }
  }

  private int word(byte[] bytes, int from, int to, int chunk) {
    int end = wordEnd(bytes, from, to);
    word.append(bytes, from, end);
    if (end < to) {
      endOfWord(end - chunk);
    }
    return end;
  }

  private void endOfWord(int offset) {
    byte[] bytes = word.array();
    int length = word.length();
    boolean isNull = JsonWord.isNull(bytes, length);
    if (length > LONGEST_NUMBER || !isNull && !JsonWord.isOther(bytes, length)) {
      broken("neither a number nor true, false or null ends", offset);
      return;
    }
    values(isNull);
    ended(0);
  }

  private int passWord(byte[] bytes, int from, int to) {
    int end = wordEnd(bytes, from, to);
    if (end < to) {
      ended(end);
    }
    return end;
  }

  private static int wordEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      byte b = bytes[at];
      if (b <= ',' && b != '+' || b == ']' || b == '}') {
        return at;
      }
      at++;
    }
    return at;
  }

  private int passText(byte[] bytes, int from, int to) {
    int at = from;
    if (escaped && at < to) {
      escaped = false;
      at++;
    }
    while (at < to) {
      at = textEnd(bytes, at, to);
      if (at == to) {
        return to;
      }
      byte b = bytes[at++];
      if (b == '"') {
        return ended(at);
      }
      if (b == '\\') {
        if (at == to) {
          escaped = true;
          return to;
        }
        at++;
      }
    }
    return at;
  }

  /** Passes over an object or array: eight bytes at once where they hold no escape. */
  private int pass(byte[] bytes, int from, int to, int chunk) {
    int at = from;
    while (at < to) {
      if (!escaped && at + 8 <= to && passEight((long) LONGS.get(bytes, at))) {
        at += 8;
        continue;
      }
      int end = Math.min(at + 8, to);
      while (at < end) {
        if (passOne(bytes[at++])) {
          closeRaws(bytes, at, passingRaws);
          return ended(at);
        }
        if (passing + depth > DEEPEST) {
          return broken("nested deeper than " + DEEPEST + " levels", at - 1 - chunk);
        }
      }
    }
    return at;
  }

  /** Passes over one byte; true where it was the last bracket. */
  private boolean passOne(byte b) {
    if (inText) {
      if (escaped) {
        escaped = false;
      } else if (b == '\\') {
        escaped = true;
      } else if (b == '"') {
        inText = false;
      }
      return false;
    }
    switch (b) {
      case '"' -> inText = true;
      case '{', '[' -> passing++;
      case '}', ']' -> passing--;
      default -> {}
    }
    return passing == 0;
  }

  /**
   * Passes over eight bytes without a branch for each of them, after Langdale and Lemire ("Parsing
   * gigabytes of JSON per second", 2019): each byte's highest bit says what it is, and an exclusive
   * or of all the quotes before a byte whether it is in a text. False, and nothing done, where they
   * hold a backslash, or may hold the last bracket or one too deep.
   */
  private boolean passEight(long eight) {
    long backslash = eight ^ BACKSLASHES;
    if ((backslash - ONES & ~backslash & HIGH_BITS) != 0) {
      return false;
    }
    long quotes = zeros(eight ^ QUOTES);
    long texts = quotes ^ quotes << 8;
    texts ^= texts << 16;
    texts ^= texts << 32;
    texts ^= inText ? HIGH_BITS : 0;
    long folded = eight | SPACES;
    int opened = Long.bitCount(zeros(folded ^ OPENING) & ~texts);
    int closed = Long.bitCount(zeros(folded ^ CLOSING) & ~texts);
    if (closed >= passing || passing + opened + depth > DEEPEST) {
      return false;
    }
    passing += opened - closed;
    inText = texts < 0;
    return true;
  }

  /** The highest bit of each byte that is zero, and no other. */
  private static long zeros(long bytes) {
    return ~((bytes & LOW_BITS) + LOW_BITS | bytes | LOW_BITS);
  }

  /** The index of the first quote, backslash or control character, or {@code to}. */
  private static int textEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at + 8 <= to) {
      long eight = (long) LONGS.get(bytes, at);
      long quote = eight ^ QUOTES;
      long backslash = eight ^ BACKSLASHES;
      long hits =
          (quote - ONES & ~quote | backslash - ONES & ~backslash | eight - SPACES & ~eight)
              & HIGH_BITS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      at += 8;
    }
    while (at < to) {
      byte b = bytes[at];
      if (b == '"' || b == '\\' || b >= 0 && b < ' ') {
        return at;
      }
      at++;
    }
    return at;
  }

  private int broken(String why, int offset) {
    fault = why;
    before += offset;
    rawCount = 0;
    state = State.BROKEN;
    return Integer.MAX_VALUE;
  }
}
