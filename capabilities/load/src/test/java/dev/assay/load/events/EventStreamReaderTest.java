package dev.assay.load.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EventStreamReaderTest {

  private static final String MARK = "\u00EF\u00BB\u00BF";

  /** A stream and its events, each as type|data|id, and the reconnection time at its end. */
  record Case(String name, String stream, long retry, List<String> events) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case of(String name, String stream, String... events) {
    return new Case(name, stream, -1, List.of(events));
  }

  private static Case retry(String name, String stream, long retry) {
    return new Case(name, stream, retry, List.of());
  }

  static Stream<Case> corpus() {
    return Stream.of(
        of("the stocks of the standard", "data: YHOO\ndata: +2\ndata: 10\n\n", "|YHOO\n+2\n10|"),
        of(
            "the four blocks of the standard",
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third\n\n",
            "|first event|1",
            "|second event|",
            "| third|"),
        of("the empty blocks of the standard", "data\n\ndata\ndata\n\ndata:", "||", "|\n|"),
        of("the spaces of the standard", "data:test\n\ndata: test\n\n", "|test|", "|test|"),
        of("types", "event: add\ndata: 7\n\ndata: 8\n\n", "add|7|", "|8|"),
        of("the last type counts", "event: a\nevent: b\ndata: x\n\n", "b|x|"),
        of("a type without data is no event", "event: a\n\ndata: x\n\n", "|x|"),
        of("carriage returns", "data: a\rdata: b\r\rdata: c\r\r", "|a\nb|", "|c|"),
        of("pairs", "data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n", "|a\nb|", "|c|"),
        of(
            "all kinds of ends",
            "data: a\r\ndata: b\rdata: c\n\r\ndata: d\r\n\r",
            "|a\nb\nc|",
            "|d|"),
        of("a byte order mark", MARK + "data: a\n\n", "|a|"),
        of("one mark only", MARK + MARK + "data: a\n\ndata: b\n\n", "|b|"),
        of("half a mark", "\u00EFdata: a\n\ndata: b\n\n", "|b|"),
        of("two thirds of a mark", "\u00EF\u00BBdata: a\n\ndata: b\n\n", "|b|"),
        of("a mark that does not begin the stream", "\n" + MARK + "data: a\n\n"),
        of("an id stays", "id: 7\ndata: a\n\ndata: b\n\n", "|a|7", "|b|7"),
        of("an id with a zero does not count", "id: 7\nid: 8\0\ndata: a\n\n", "|a|7"),
        of("unknown fields", "foo: x\ndatas: y\nDATA: z\ndata\0: q\n data: r\ndata: a\n\n", "|a|"),
        of("a name behind a zero", "\0data: a\n\ndata: b\n\n", "|b|"),
        of("a colon in a value", "data: a: b:\n\n", "|a: b:|"),
        of("only one space is taken off", "data:   a \n\n", "|  a |"),
        of("comments", ":\n: x\n:data: y\ndata: a\n:\n\n:\n\n", "|a|"),
        of("an event without its end", "data: a\n\ndata: b\n", "|a|"),
        of("nothing", ""),
        of("bytes that are no UTF-8", "data: \u00FF\u00C3\n\n", "|\u00FF\u00C3|"),
        retry("a reconnection time", "retry: 1500\n", 1500),
        retry("the last reconnection time", "retry: 1500\nretry:7\n", 7),
        retry("no number", "retry: 15s\nretry: -1\nretry\nretry: \n", -1),
        retry("a number beyond all bounds", "retry: " + "9".repeat(40) + "\n", -1));
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void isReadAsTheStandardSays(Case example) {
    check(example, List.of(example.stream().getBytes(ISO_8859_1)));
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void isReadTheSameWhereverItIsSplit(Case example) {
    byte[] stream = example.stream().getBytes(ISO_8859_1);
    for (int cut = 0; cut <= stream.length; cut++) {
      check(
          example,
          List.of(
              Arrays.copyOfRange(stream, 0, cut), Arrays.copyOfRange(stream, cut, stream.length)));
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void isReadTheSameByteByByteAndInRandomPieces(Case example) {
    SplittableRandom random = new SplittableRandom(7);
    byte[] stream = example.stream().getBytes(ISO_8859_1);
    for (int longest = 1; longest < 12; longest++) {
      check(example, pieces(stream, random, longest));
    }
  }

  @Test
  void anEventEndsWithTheFirstByteOfItsBlankLine() {
    EventStreamReader reader = new EventStreamReader(false);
    byte[] stream = "data: a\r\n\r\n".getBytes(ISO_8859_1);
    assertThat(reader.read(stream, 0, stream.length)).isEqualTo(stream.length - 1);
    assertThat(reader.complete()).isTrue();
    assertThat(reader.read(stream, stream.length - 1, stream.length)).isEqualTo(stream.length);
    assertThat(reader.complete()).isFalse();
  }

  @Test
  void anEventBeyondTheLimitIsGivenUpWithOrWithoutContent() {
    byte[] line = ("data: " + "x".repeat(1018) + "\n").getBytes(ISO_8859_1);
    for (boolean content : new boolean[] {true, false}) {
      EventStreamReader reader = new EventStreamReader(content);
      int lines = 0;
      while (!reader.oversize() && lines < 2000) {
        assertThat(reader.read(line, 0, line.length)).isEqualTo(line.length);
        lines++;
      }
      assertThat(lines).isBetween(1024, 1032);
      assertThat(reader.dataLength()).isLessThanOrEqualTo(EventStreamReader.LONGEST_EVENT);
      reader.begin();
      assertThat(reader.oversize()).isFalse();
    }
  }

  @Test
  void commentsMayGoOnForEver() {
    EventStreamReader reader = new EventStreamReader(true);
    byte[] comment = ":".repeat(1 << 16).getBytes(ISO_8859_1);
    for (int i = 0; i < 64; i++) {
      assertThat(reader.read(comment, 0, comment.length)).isEqualTo(comment.length);
    }
    assertThat(reader.oversize()).isFalse();
  }

  @Test
  void randomBytesAreReadTheSameInOnePieceAndInMany() {
    SplittableRandom random = new SplittableRandom(11);
    String letters = "data: event: id: retry: 17\0x:\n\r\r\n\n\n " + MARK;
    for (int round = 0; round < 20_000; round++) {
      byte[] stream = new byte[60];
      for (int i = 0; i < stream.length; i++) {
        int from = random.nextInt(letters.length());
        stream[i] = (byte) letters.charAt(from);
        for (int run = random.nextInt(6); run > 0 && i + 1 < stream.length; run--) {
          from = (from + 1) % letters.length();
          stream[++i] = (byte) letters.charAt(from);
        }
      }
      EventStreamReader whole = new EventStreamReader(true);
      EventStreamReader split = new EventStreamReader(true);
      assertThat(read(split, pieces(stream, random, 4))).isEqualTo(read(whole, List.of(stream)));
      assertThat(split.retryMillis()).isEqualTo(whole.retryMillis());
    }
  }

  @Test
  void readingAllocatesNothing() {
    byte[] stream = ": hi\nid: 7\nevent: tick\ndata: hello\ndata: you\n\n".getBytes(ISO_8859_1);
    EventStreamReader reader = new EventStreamReader(true);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int events = count(reader, stream, 20_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    events += count(reader, stream, 100_000);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    assertThat(events).isEqualTo(120_000);
  }

  private static int count(EventStreamReader reader, byte[] stream, int times) {
    int events = 0;
    for (int i = 0; i < times; i++) {
      int cut = i % stream.length;
      reader.read(stream, 0, cut);
      for (int at = cut; at < stream.length; ) {
        at = reader.read(stream, at, stream.length);
        events += reader.complete() ? 1 : 0;
      }
    }
    return events;
  }

  private static void check(Case example, List<byte[]> pieces) {
    EventStreamReader reader = new EventStreamReader(true);
    // One reader serves many streams: what the one before left must not show.
    read(reader, List.of("id: 9\nretry: 3\nevent: x\ndata: left\n".getBytes(ISO_8859_1)));
    reader.begin();
    assertThat(read(reader, pieces)).isEqualTo(example.events());
    assertThat(reader.retryMillis()).isEqualTo(example.retry());
    EventStreamReader counting = new EventStreamReader(false);
    assertThat(read(counting, pieces)).hasSameSizeAs(example.events());
    assertThat(counting.retryMillis()).isEqualTo(example.retry());
  }

  private static List<String> read(EventStreamReader reader, List<byte[]> pieces) {
    List<String> events = new ArrayList<>();
    for (byte[] piece : pieces) {
      for (int at = 0; at < piece.length; ) {
        int next = reader.read(piece, at, piece.length);
        assertThat(next).isBetween(at + 1, piece.length);
        at = next;
        if (reader.complete()) {
          events.add(
              text(reader.type(), reader.typeLength())
                  + "|"
                  + text(reader.data(), reader.dataLength())
                  + "|"
                  + text(reader.id(), reader.idLength()));
        }
      }
    }
    return events;
  }

  private static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, ISO_8859_1);
  }

  private static List<byte[]> pieces(byte[] stream, SplittableRandom random, int longest) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < stream.length; ) {
      int end = Math.min(stream.length, at + 1 + random.nextInt(longest));
      pieces.add(Arrays.copyOfRange(stream, at, end));
      at = end;
    }
    return pieces;
  }
}
