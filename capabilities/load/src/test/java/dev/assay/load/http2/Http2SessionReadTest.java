package dev.assay.load.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server may and may not say, whole and split anywhere. Streams 1 and 3 are open. */
final class Http2SessionReadTest {

  private static final int END = 0x1;
  private static final int WHOLE = 0x4;
  private static final int PADDED = 0x8;

  private static final String OK = "88";
  private static final String OK_LENGTH_5 = "88 0f0d 01 35";
  private static final String STATUS_103 = "08 03 313033";
  private static final String GRPC_STATUS_0 = "00 0b 677270632d737461747573 01 30";

  private record Case(String name, Wire wire, List<String> told) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case is(String name, Wire wire, String... told) {
    return new Case(name, wire, List.of(told));
  }

  private static Case broken(String name, Wire wire, Http2Fault fault) {
    String failed = " failed BROKEN " + ErrorCode.name(fault.errorCode());
    return is(name, wire, "broken " + fault, "1" + failed, "3" + failed);
  }

  private static Wire wire() {
    return new Wire();
  }

  static Stream<Case> corpus() {
    String large = "00 01 78 7f e17f" + "61".repeat(16_480);
    return Stream.of(
        is("no body", wire().headers(WHOLE | END, 1, OK), "1 status 200", "1 body ", "1 ended"),
        is(
            "a body",
            wire().headers(WHOLE, 1, OK_LENGTH_5).data(0, 1, "hel").data(END, 1, "lo"),
            "1 status 200",
            "1 header content-length: 5",
            "1 body hello",
            "1 ended"),
        is(
            "a body ended by an empty frame",
            wire().headers(WHOLE, 1, OK).data(0, 1, "hello").data(END, 1, ""),
            "1 status 200",
            "1 body hello",
            "1 ended"),
        is(
            "two responses woven",
            wire()
                .headers(WHOLE, 3, OK)
                .headers(WHOLE, 1, "8d")
                .data(END, 1, "no")
                .data(END, 3, "yes"),
            "3 status 200",
            "3 body ",
            "1 status 404",
            "1 body no",
            "1 ended",
            "3 body yes",
            "3 ended"),
        is(
            "a status as a literal",
            wire().headers(WHOLE | END, 1, "08 03 343138"),
            "1 status 418",
            "1 body ",
            "1 ended"),
        is(
            "a status in Huffman code, remembered by nobody",
            wire().headers(WHOLE | END, 1, "48 82 6402"),
            "1 status 302",
            "1 body ",
            "1 ended"),
        is(
            "a status whose name is a text",
            wire().headers(WHOLE | END, 1, "00 07 3a737461747573 03 323034"),
            "1 status 204",
            "1 body ",
            "1 ended"),
        is(
            "an interim response first",
            wire().headers(WHOLE, 1, STATUS_103).headers(WHOLE | END, 1, OK),
            "1 status 200",
            "1 body ",
            "1 ended"),
        is(
            "trailers",
            wire().headers(WHOLE, 1, OK).data(0, 1, "hello").headers(WHOLE | END, 1, GRPC_STATUS_0),
            "1 status 200",
            "1 body hello",
            "1 trailer grpc-status: 0",
            "1 ended"),
        is(
            "padding everywhere",
            wire()
                .headers(WHOLE | PADDED, 1, "03" + OK + "000000")
                .frame(0, PADDED, 1, "02 6869 0000")
                .frame(0, PADDED, 1, "03 000000")
                .frame(0, PADDED | END, 1, "00 21"),
            "1 status 200",
            "1 body hi!",
            "1 ended"),
        is(
            "a priority that means nothing",
            wire().headers(WHOLE | END | 0x20, 1, "0000000003" + OK).frame(2, 0, 3, "0000000010"),
            "1 status 200",
            "1 body ",
            "1 ended"),
        is(
            "continuations",
            wire()
                .headers(END, 1, "")
                .frame(9, 0, 1, OK + "0f")
                .frame(9, 0, 1, "")
                .frame(9, WHOLE, 1, "0d 01 30"),
            "1 status 200",
            "1 header content-length: 0",
            "1 body ",
            "1 ended"),
        is(
            "a field that needs two frames",
            wire()
                .frame(1, END, 1, Arrays.copyOf(Wire.hex(OK + large), 16_384))
                .frame(9, WHOLE, 1, tail(Wire.hex(OK + large), 16_384)),
            "1 status 200",
            "1 header x: " + "a".repeat(16_480),
            "1 body ",
            "1 ended"),
        is(
            "frames of unknown types",
            wire()
                .frame(0xa, 0xff, 0, "00112233")
                .frame(0xee, 0, 1, "")
                .headers(WHOLE | END, 1, OK),
            "1 status 200",
            "1 body ",
            "1 ended"),
        is(
            "a reset",
            wire().headers(WHOLE, 1, OK).data(0, 1, "x").frame(3, 0, 1, "00000002"),
            "1 status 200",
            "1 body x",
            "1 failed RESET INTERNAL_ERROR"),
        is("a refusal", wire().frame(3, 0, 3, "00000007"), "3 failed REFUSED REFUSED_STREAM"),
        is(
            "a reset behind the end",
            wire().headers(WHOLE | END, 1, OK).frame(3, 0, 1, "00000000"),
            "1 status 200",
            "1 body ",
            "1 ended"),
        is(
            "a polite end",
            wire().frame(7, 0, 0, "00000001 00000000").headers(WHOLE | END, 1, OK),
            "going away NO_ERROR",
            "3 failed UNPROCESSED",
            "1 status 200",
            "1 body ",
            "1 ended"),
        is(
            "an end with a reason",
            wire().frame(7, 0, 0, "00000000 0000000b 746f6f206d756368"),
            "going away ENHANCE_YOUR_CALM",
            "3 failed UNPROCESSED ENHANCE_YOUR_CALM",
            "1 failed UNPROCESSED ENHANCE_YOUR_CALM"),
        is(
            "a body shorter than it said",
            wire().headers(WHOLE, 1, OK_LENGTH_5).data(END, 1, "hell"),
            "1 status 200",
            "1 header content-length: 5",
            "1 body hell",
            "1 failed MALFORMED"),
        is("no status", wire().headers(WHOLE | END, 1, "0f0d 01 30"), "1 failed MALFORMED"),
        is("an empty section", wire().headers(WHOLE | END, 1, ""), "1 failed MALFORMED"),
        is(
            "a second status",
            wire().headers(WHOLE | END, 1, OK + OK),
            "1 status 200",
            "1 failed MALFORMED"),
        is(
            "a status of no number",
            wire().headers(WHOLE | END, 1, "08 03 616263"),
            "1 failed MALFORMED"),
        is("switching protocols", wire().headers(WHOLE, 1, "08 03 313031"), "1 failed MALFORMED"),
        is("a body before its header", wire().data(0, 3, "x"), "3 failed MALFORMED"),
        is(
            "trailers that do not end",
            wire().headers(WHOLE, 1, OK).headers(WHOLE, 1, GRPC_STATUS_0),
            "1 status 200",
            "1 body ",
            "1 trailer grpc-status: 0",
            "1 failed MALFORMED"),
        is(
            "an interim response that ends",
            wire().headers(WHOLE | END, 1, STATUS_103),
            "1 failed MALFORMED"),
        is(
            "a window for one stream that is too large",
            wire().frame(8, 0, 1, "7fffffff"),
            "1 failed MALFORMED"),
        is("a window of nothing", wire().frame(8, 0, 1, "00000000"), "1 failed MALFORMED"),
        broken("a window too large", wire().frame(8, 0, 0, "7fffffff"), Http2Fault.FLOW_CONTROL),
        broken("a push", wire().frame(5, WHOLE, 1, "00000002 82"), Http2Fault.PUSH),
        broken("a stream that never began", wire().headers(WHOLE, 7, OK), Http2Fault.STREAM_ID),
        broken("a stream of the server", wire().headers(WHOLE, 2, OK), Http2Fault.STREAM_ID),
        broken("a body of the connection", wire().data(0, 0, "x"), Http2Fault.STREAM_ID),
        broken("settings of a stream", wire().frame(4, 0, 1, ""), Http2Fault.STREAM_ID),
        broken("half a setting", wire().frame(4, 0, 0, "0003"), Http2Fault.FRAME_SIZE),
        broken("a short ping", wire().frame(6, 0, 0, "0003"), Http2Fault.FRAME_SIZE),
        broken("a frame too large", wire().frame(0, 0, 1, new byte[16_385]), Http2Fault.FRAME_SIZE),
        is(
            "too much padding",
            wire().headers(WHOLE, 1, OK).frame(0, PADDED, 1, "02 00"),
            "1 status 200",
            "1 body ",
            "broken PADDING",
            "1 failed BROKEN PROTOCOL_ERROR",
            "3 failed BROKEN PROTOCOL_ERROR"),
        broken("padding of nothing", wire().frame(0, PADDED, 1, ""), Http2Fault.PADDING),
        broken(
            "too much padding of a header",
            wire().headers(PADDED | WHOLE, 1, "05" + OK),
            Http2Fault.PADDING),
        broken("a continuation of nothing", wire().frame(9, WHOLE, 1, OK), Http2Fault.CONTINUATION),
        broken(
            "an interrupted header block",
            wire().headers(0, 1, OK).data(0, 1, "x"),
            Http2Fault.CONTINUATION),
        broken(
            "another stream's continuation",
            wire().headers(0, 1, OK).frame(9, WHOLE, 3, ""),
            Http2Fault.CONTINUATION),
        broken("no HPACK", wire().headers(WHOLE, 1, "ff80"), Http2Fault.COMPRESSION),
        broken("an entry of our table", wire().headers(WHOLE, 1, "be"), Http2Fault.COMPRESSION),
        broken("a push allowed", wire().frame(4, 0, 0, "0002 00000001"), Http2Fault.SETTING),
        broken("tiny frames", wire().frame(4, 0, 0, "0005 00000001"), Http2Fault.SETTING),
        broken(
            "a first window too large",
            wire().frame(4, 0, 0, "0004 80000000"),
            Http2Fault.FLOW_CONTROL),
        broken("a header bomb", bomb(16_384), Http2Fault.OVERSIZE),
        broken("continuations without end", bomb(0), Http2Fault.OVERSIZE));
  }

  private static Wire bomb(int size) {
    Wire wire = new Wire().headers(0, 1, OK);
    for (int i = 0; i < (size == 0 ? 8000 : 5); i++) {
      wire.frame(9, 0, 1, new byte[size]);
    }
    return wire;
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void isReadAsTheStandardSays(Case example) {
    assertThat(Conversation.with(2).hears(example.wire()).told).isEqualTo(example.told());
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void isReadTheSameWhereverItIsSplit(Case example) {
    byte[] bytes = example.wire().bytes();
    int step = bytes.length > 4096 ? 1009 : 1;
    for (int cut = 0; cut <= bytes.length; cut += step) {
      Conversation conversation = Conversation.with(2);
      conversation.session.receive(bytes, 0, cut);
      conversation.session.receive(bytes, cut, bytes.length);
      assertThat(conversation.told).as("split at %d", cut).isEqualTo(example.told());
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void isReadTheSameByteByByteAndInRandomPieces(Case example) {
    byte[] bytes = example.wire().bytes();
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 10; round++) {
      int longest = 1 + round * 5;
      Conversation conversation = Conversation.with(2);
      for (int at = 0; at < bytes.length; ) {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(longest));
        conversation.session.receive(bytes, at, end);
        at = end;
      }
      assertThat(conversation.told).isEqualTo(example.told());
    }
  }

  @Test
  void randomlyDamagedBytesNeverThrowAndTheOutputStaysBounded() {
    SplittableRandom random = new SplittableRandom(11);
    List<Case> cases = corpus().filter(one -> one.wire().bytes().length < 4096).toList();
    for (int round = 0; round < 30_000; round++) {
      byte[] bytes = cases.get(random.nextInt(cases.size())).wire().bytes().clone();
      for (int flips = 0; flips < 3 && bytes.length > 0; flips++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Conversation conversation = Conversation.with(2);
      for (int again = 0; again < 3; again++) {
        int cut = random.nextInt(bytes.length + 1);
        conversation.session.receive(bytes, 0, cut);
        conversation.session.receive(bytes, cut, bytes.length);
      }
      assertThat(conversation.session.output().size()).isLessThan(4096);
    }
  }

  @Test
  void randomFramesNeverThrow() {
    SplittableRandom random = new SplittableRandom(17);
    for (int round = 0; round < 20_000; round++) {
      Conversation conversation = Conversation.with(2);
      Wire wire = new Wire();
      for (int frames = random.nextInt(6); frames >= 0; frames--) {
        byte[] payload = new byte[random.nextInt(24)];
        random.nextBytes(payload);
        wire.frame(random.nextInt(11), random.nextInt(64), random.nextInt(5), payload);
      }
      conversation.hears(wire);
      conversation.session.closed(Http2Exchange.Failure.CLOSED);
      assertThat(conversation.session.active()).isZero();
      assertThat(ends(conversation, 1)).isEqualTo(1);
      assertThat(ends(conversation, 3)).isEqualTo(1);
    }
  }

  private static long ends(Conversation conversation, int id) {
    return conversation.told.stream()
        .filter(line -> line.startsWith(id + " ended") || line.startsWith(id + " failed"))
        .count();
  }
}
