package dev.assay.load.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FrameReaderTest {

  private static final long LIMIT = 100_000;

  /** Bytes of a server and what must be told of them, in order. */
  record Case(String name, byte[] stream, List<String> told) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case good(String name, byte[] stream, String... told) {
    return new Case(name, stream, List.of(told));
  }

  private static Case bad(String name, byte[] stream, WebSocketFault fault, String... before) {
    List<String> told = new ArrayList<>(List.of(before));
    told.add("fault " + fault);
    return new Case(name, stream, told);
  }

  static Stream<Case> corpus() {
    return Stream.of(
            examplesOfTheStandard(), lengths(), fragments(), closes(), brokenRules(), brokenTexts())
        .flatMap(cases -> cases);
  }

  private static Stream<Case> examplesOfTheStandard() {
    return Stream.of(
        good("an unmasked text (5.7)", hex("810548656c6c6f"), "text Hello"),
        good("a fragmented text (5.7)", hex("010348656c 80026c6f"), "text Hello"),
        good("a ping (5.7)", hex("890548656c6c6f"), "ping Hello"),
        good("256 bytes (5.7)", join(hex("827e0100"), zeros(256)), "binary 256"),
        good("64 KiB (5.7)", join(hex("827f0000000000010000"), zeros(65_536)), "binary 65536"));
  }

  private static Stream<Case> lengths() {
    return Stream.of(
        good("an empty text", hex("8100"), "text "),
        good("an empty ping", hex("8900"), "ping "),
        good("125 bytes", join(hex("827d"), zeros(125)), "binary 125"),
        good("126 bytes", join(hex("827e007e"), zeros(126)), "binary 126"),
        good("65535 bytes", join(hex("827effff"), zeros(65_535)), "binary 65535"),
        bad("125 in two bytes", join(hex("827e007d"), zeros(125)), WebSocketFault.LENGTH),
        bad(
            "65535 in eight bytes",
            join(hex("827f000000000000ffff"), zeros(65_535)),
            WebSocketFault.LENGTH),
        bad("a negative length", hex("827f8000000000000001"), WebSocketFault.LENGTH),
        bad("8 EiB", hex("827f7fffffffffffffff"), WebSocketFault.TOO_LONG),
        bad("one more than the limit", hex("827f00000000000186a1"), WebSocketFault.TOO_LONG),
        bad(
            "fragments beyond the limit",
            join(hex("027effff"), zeros(65_535), hex("807effff")),
            WebSocketFault.TOO_LONG));
  }

  private static Stream<Case> fragments() {
    return Stream.of(
        good("empty fragments", hex("0100 0000 8000"), "text "),
        good("a character in two fragments", hex("0101c3 8001a4"), "text ä"),
        good("a ping between fragments", hex("010141 890170 800142"), "ping p", "text AB"),
        good("two messages", hex("810141 820142"), "text A", "binary 1"),
        good("a binary message of any bytes", hex("8202ff80"), "binary 2"),
        good("pongs", hex("8a00 8a0161"), "pong ", "pong a"));
  }

  private static Stream<Case> closes() {
    return Stream.of(
        good("a close without a code", hex("8800"), "close 1005 "),
        good("a close with a reason", hex("880603e8 62796521"), "close 1000 bye!"),
        good("what follows a close is passed over", hex("8800 ff ff"), "close 1005 "),
        good("an application's code", hex("88020bb8"), "close 3000 "),
        good("a registered code", hex("880203f6"), "close 1014 "),
        bad("half a code", hex("880103"), WebSocketFault.CLOSE_CODE),
        bad("code 0", hex("88020000"), WebSocketFault.CLOSE_CODE),
        bad("code 999", hex("880203e7"), WebSocketFault.CLOSE_CODE),
        bad("code 1004", hex("880203ec"), WebSocketFault.CLOSE_CODE),
        bad("code 1005", hex("880203ed"), WebSocketFault.CLOSE_CODE),
        bad("code 1006", hex("880203ee"), WebSocketFault.CLOSE_CODE),
        bad("code 1015", hex("880203f7"), WebSocketFault.CLOSE_CODE),
        bad("code 2999", hex("88020bb7"), WebSocketFault.CLOSE_CODE),
        bad("code 5000", hex("88021388"), WebSocketFault.CLOSE_CODE),
        bad("code 65535", hex("8802ffff"), WebSocketFault.CLOSE_CODE),
        bad("a reason that is not UTF-8", hex("880303e8ff"), WebSocketFault.UTF8));
  }

  private static Stream<Case> brokenRules() {
    Stream<Case> opcodes =
        Stream.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
            .map(code ->
                bad("opcode " + code, new byte[] {(byte) (0x80 | code), 0}, WebSocketFault.OPCODE));
    return Stream.concat(
        opcodes,
        Stream.of(
            bad("the first reserved bit", hex("c100"), WebSocketFault.RESERVED_BITS),
            bad("the second reserved bit", hex("a100"), WebSocketFault.RESERVED_BITS),
            bad("the third reserved bit", hex("910141"), WebSocketFault.RESERVED_BITS),
            bad("a masked frame (5.7)", hex("818537fa213d7f9f4d5158"), WebSocketFault.MASKED),
            bad("a fragmented ping", hex("0900"), WebSocketFault.CONTROL_FRAGMENTED),
            bad("a fragmented close", hex("0800"), WebSocketFault.CONTROL_FRAGMENTED),
            bad(
                "a ping of 126 bytes",
                join(hex("897e007e"), zeros(126)),
                WebSocketFault.CONTROL_LENGTH),
            bad("a continuation of nothing", hex("800141"), WebSocketFault.CONTINUATION),
            bad(
                "a continuation behind a whole message",
                hex("810141 800142"),
                WebSocketFault.CONTINUATION,
                "text A"),
            bad("a message inside another", hex("010141 810142"), WebSocketFault.INTERLEAVED)));
  }

  private static Stream<Case> brokenTexts() {
    return Stream.of(
            "80",
            "c0af",
            "c1bf",
            "e08080",
            "e09fbf",
            "eda080",
            "edbfbf",
            "f0808080",
            "f08fbfbf",
            "f4908080",
            "f8888080",
            "fe",
            "ff",
            "c3",
            "e282",
            "f09f98",
            "41c328")
        .map(text -> {
          byte[] bytes = hex(text);
          byte[] header = {(byte) 0x81, (byte) bytes.length};
          return bad("the text " + text, join(header, bytes), WebSocketFault.UTF8);
        });
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void isReadAsTheStandardSays(Case example) {
    assertThat(read(List.of(example.stream()))).isEqualTo(example.told());
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void isReadTheSameWhereverItIsSplit(Case example) {
    byte[] stream = example.stream();
    int step = stream.length > 4096 ? 997 : 1;
    for (int cut = 0; cut <= stream.length; cut += step) {
      assertThat(
              read(
                  List.of(
                      Arrays.copyOfRange(stream, 0, cut),
                      Arrays.copyOfRange(stream, cut, stream.length))))
          .as("split at %d", cut)
          .isEqualTo(example.told());
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void isReadTheSameByteByByteAndInRandomPieces(Case example) {
    SplittableRandom random = new SplittableRandom(7);
    for (int longest = 1; longest < 40; longest += 3) {
      assertThat(read(pieces(example.stream(), random, longest))).isEqualTo(example.told());
    }
  }

  @Test
  void aBadTextIsFoundAtTheFirstByteThatCannotBeRight() {
    FrameReader reader = new FrameReader();
    byte[] header = hex("8114cebae1bdb9cf83cebcceb5");
    assertThat(reader.read(header, 0, header.length)).isEqualTo(header.length);
    assertThat(reader.event()).isEqualTo(FrameReader.Event.DATA);
    byte[] surrogate = hex("eda0");
    reader.read(surrogate, 0, 1);
    assertThat(reader.event()).isEqualTo(FrameReader.Event.DATA);
    reader.read(surrogate, 1, 2);
    assertThat(reader.fault()).isEqualTo(WebSocketFault.UTF8);
  }

  @Test
  void aLengthIsRefusedBeforeAnyOfItsBytesCame() {
    FrameReader reader = new FrameReader();
    byte[] header = hex("827f0000000001000001");
    assertThat(reader.read(header, 0, header.length)).isEqualTo(header.length);
    assertThat(reader.fault()).isEqualTo(WebSocketFault.TOO_LONG);
  }

  @Test
  void textIsAcceptedWhereTheJdkAcceptsIt() {
    SplittableRandom random = new SplittableRandom(3);
    byte[] seed = "aä€😀\u07FF\uFFFD\u0800".getBytes(UTF_8);
    for (int round = 0; round < 50_000; round++) {
      byte[] text = seed.clone();
      for (int flips = random.nextInt(3); flips > 0; flips--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      }
      int cut = random.nextInt(text.length + 1);
      int state = Utf8.check(Utf8.BOUNDARY, text, 0, cut);
      state = state == Utf8.INVALID ? state : Utf8.check(state, text, cut, text.length);
      boolean right = Arrays.equals(text, new String(text, UTF_8).getBytes(UTF_8));
      assertThat(state == Utf8.BOUNDARY).as(HexFormat.of().formatHex(text)).isEqualTo(right);
    }
  }

  @Test
  void randomBytesNeverHangOrThrow() {
    SplittableRandom random = new SplittableRandom(11);
    byte[] seed = hex("010141 890170 800142 827e0003616263 8105c3a4e282ac 880203e8");
    for (int round = 0; round < 50_000; round++) {
      byte[] stream = seed.clone();
      for (int flips = 0; flips < 4; flips++) {
        stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
      }
      List<String> whole = read(List.of(stream));
      assertThat(read(pieces(stream, random, 5))).isEqualTo(whole);
    }
  }

  @Test
  void readingAllocatesNothing() {
    byte[] stream = hex("010141 890170 800142 8203616263 810568656c6c6f");
    FrameReader reader = new FrameReader();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long messages = count(reader, stream, 20_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    messages += count(reader, stream, 100_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(messages).isEqualTo(3 * 120_000);
    assertThat(allocated).as("bytes for 300,000 messages").isLessThan(10_000);
  }

  private static long count(FrameReader reader, byte[] stream, int times) {
    long messages = 0;
    for (int i = 0; i < times; i++) {
      int cut = i % stream.length;
      messages += count(reader, stream, 0, cut) + count(reader, stream, cut, stream.length);
    }
    return messages;
  }

  private static long count(FrameReader reader, byte[] stream, int from, int to) {
    long messages = 0;
    for (int at = from; at < to; ) {
      at = reader.read(stream, at, to);
      messages += reader.event() == FrameReader.Event.DATA && reader.complete() ? 1 : 0;
    }
    return messages;
  }

  private static List<String> read(List<byte[]> pieces) {
    FrameReader reader = new FrameReader(LIMIT);
    List<String> told = new ArrayList<>();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      int at = 0;
      while (at < piece.length) {
        int next = reader.read(piece, at, piece.length);
        assertThat(next).isBetween(at + 1, piece.length);
        at = next;
        tell(reader, message, told);
        if (reader.event() == FrameReader.Event.FAULT) {
          return told;
        }
      }
    }
    return told;
  }

  private static void tell(FrameReader reader, ByteArrayOutputStream message, List<String> told) {
    int length = reader.payloadTo() - reader.payloadFrom();
    String payload = new String(reader.payload(), reader.payloadFrom(), length, UTF_8);
    switch (reader.event()) {
      case NONE -> assertThat(length).isZero();
      case DATA -> {
        message.write(reader.payload(), reader.payloadFrom(), length);
        assertThat(reader.messageBytes()).isEqualTo(message.size()).isLessThanOrEqualTo(LIMIT);
        if (reader.complete()) {
          told.add(reader.text() ? "text " + message.toString(UTF_8) : "binary " + message.size());
          message.reset();
        }
      }
      case PING -> told.add("ping " + payload);
      case PONG -> told.add("pong " + payload);
      case CLOSE -> told.add("close " + reader.closeCode() + " " + payload);
      case FAULT -> told.add("fault " + reader.fault());
    }
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

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  private static byte[] zeros(int many) {
    return new byte[many];
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }
}
