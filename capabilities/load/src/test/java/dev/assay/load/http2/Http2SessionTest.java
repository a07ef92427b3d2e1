package dev.assay.load.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a session sends. */
final class Http2SessionTest {

  private static final int END = 0x1;
  private static final int WHOLE = 0x4;

  private static String settings(int id, int value) {
    return "%04x%08x".formatted(id, value);
  }

  @Test
  void beginsWithThePrefaceItsSettingsAndALargeWindow() {
    Http2Session session = new Http2Session(new Conversation(), 10);
    session.begin();
    assertThat(Wire.hex(session.output()))
        .isEqualTo(
            "505249202a20485454502f322e300d0a0d0a534d0d0a0d0a"
                + "000018040000000000"
                + "000100000000"
                + "000200000000"
                + "000400100000"
                + "000600010000"
                + "000004080000000000"
                + "00ff0001");
  }

  @Test
  void waitsForTheServersSettingsBeforeItOpensAStream() {
    Conversation conversation = new Conversation(10);
    assertThat(conversation.session.free()).isZero();
    assertThatThrownBy(conversation::get).isInstanceOf(IllegalStateException.class);
    conversation.hears(Wire.greeting());
    assertThat(conversation.told).containsExactly("ready");
    assertThat(conversation.sent()).containsExactly("4/1/0 ");
    assertThat(conversation.session.free()).isEqualTo(10);
  }

  @Test
  void aServerOfAnotherProtocolIsToldApart() {
    Conversation conversation = new Conversation();
    conversation.hears(new Wire().text("HTTP/1.1 400 Bad Request\r\n\r\n"));
    assertThat(conversation.told).containsExactly("broken NOT_HTTP2");
  }

  @Test
  void keepsToTheServersLimitOfStreams() {
    Conversation conversation = new Conversation(10);
    conversation.hears(new Wire().frame(4, 0, 0, settings(3, 2)));
    conversation.get();
    conversation.get();
    assertThat(conversation.session.free()).isZero();
    conversation.hears(new Wire().headers(WHOLE | END, 1, "88"));
    assertThat(conversation.session.free()).isEqualTo(1);
    conversation.hears(new Wire().frame(4, 0, 0, settings(3, 0)));
    assertThat(conversation.session.free()).isZero();
  }

  @Test
  void theFirstHeaderBlockSaysThatNoTableIsUsedAndTheOthersAreTheSameBytes() {
    Conversation conversation = new Conversation();
    conversation.hears(Wire.greeting());
    conversation.sent();
    conversation.get();
    conversation.get();
    conversation.get();
    assertThat(conversation.sent())
        .containsExactly("1/5/1 20828601017884", "1/5/3 828601017884", "1/5/5 828601017884");
  }

  @Test
  void manyRequestsGatherInOneOutput() {
    Conversation conversation = Conversation.with(0);
    for (int i = 0; i < 100; i++) {
      conversation.get();
    }
    assertThat(conversation.session.free()).isZero();
    assertThat(conversation.sent()).hasSize(100);
  }

  @Test
  void aLargeHeaderSectionIsSplitIntoContinuations() {
    Conversation conversation = Conversation.with(0);
    String large = "/" + "a".repeat(40_000);
    conversation.open(Conversation.get(large), true);
    assertThat(conversation.sent())
        .containsExactly("1/1/1 [16384]", "9/0/1 [16384]", "9/4/1 [7244]");
  }

  @Test
  void answersAPingWithItsBytes() {
    Conversation conversation = Conversation.with(0);
    conversation.hears(
        new Wire().frame(6, 0, 0, "0102030405060708").frame(6, 1, 0, "00".repeat(8)));
    assertThat(conversation.sent()).containsExactly("6/1/0 0102030405060708");
  }

  @Test
  void aFloodOfPingsEndsTheConnectionInsteadOfTheMemory() {
    Conversation conversation = Conversation.with(1);
    Wire pings = new Wire();
    for (int i = 0; i < 10_000; i++) {
      pings.frame(6, 0, 0, "0102030405060708");
    }
    for (int i = 0; i < 100; i++) {
      conversation.hears(pings);
    }
    assertThat(conversation.told)
        .containsExactly("broken FLOOD", "1 failed BROKEN ENHANCE_YOUR_CALM");
    assertThat(conversation.session.output().size()).isLessThan(5 * 1024 * 1024);
  }

  @Test
  void aBodyIsCutIntoFramesAndKeepsToBothWindows() {
    Conversation conversation = Conversation.with(0);
    Http2Stream stream = conversation.post();
    conversation.sent();
    byte[] body = new byte[70_000];
    conversation.session.send(stream, body, 0, body.length, true, true);
    assertThat(conversation.sent())
        .containsExactly("0/0/1 [16384]", "0/0/1 [16384]", "0/0/1 [16384]", "0/0/1 [16383]");
    assertThat(stream.queued()).isEqualTo(4465);
    conversation.hears(new Wire().frame(8, 0, 0, "00010000"));
    assertThat(conversation.sent()).isEmpty();
    conversation.hears(new Wire().frame(8, 0, 1, "00001000"));
    assertThat(conversation.sent()).containsExactly("0/0/1 [4096]");
    conversation.hears(new Wire().frame(4, 0, 0, settings(4, 65_535 + 1000)));
    assertThat(conversation.sent()).containsExactly("4/1/0 ", "0/1/1 [369]");
    conversation.hears(new Wire().headers(WHOLE | END, 1, "88"));
    assertThat(conversation.told).containsExactly("1 status 200", "1 body ", "1 ended");
    assertThat(conversation.sent()).isEmpty();
  }

  @Test
  void theServersLargerFramesAreUsed() {
    Conversation conversation = Conversation.with(0);
    conversation.hears(new Wire().frame(4, 0, 0, settings(5, 20_000)));
    Http2Stream stream = conversation.post();
    conversation.session.send(stream, new byte[30_000], 0, 30_000, true, true);
    assertThat(conversation.sent()).endsWith("0/0/1 [20000]", "0/1/1 [10000]");
  }

  @Test
  void aWindowThatShrinksBelowZeroIsWaitedFor() {
    Conversation conversation = Conversation.with(0);
    Http2Stream stream = conversation.post();
    conversation.session.send(stream, new byte[60_000], 0, 60_000, false, true);
    conversation.sent();
    conversation.hears(new Wire().frame(4, 0, 0, settings(4, 10)));
    conversation.session.send(stream, new byte[10], 0, 10, true, false);
    assertThat(conversation.sent()).containsExactly("4/1/0 ");
    conversation.hears(new Wire().frame(8, 0, 1, "%08x".formatted(59_990)));
    assertThat(conversation.sent()).isEmpty();
    conversation.hears(new Wire().frame(8, 0, 1, "00000010"));
    assertThat(conversation.sent()).containsExactly("0/1/1 00000000000000000000");
  }

  @Test
  void severalBodiesShareTheConnectionsWindowInTurn() {
    Conversation conversation = Conversation.with(0);
    Http2Stream one = conversation.post();
    Http2Stream two = conversation.post();
    conversation.session.send(one, new byte[65_535], 0, 65_535, false, true);
    conversation.sent();
    conversation.session.send(two, new byte[40_000], 0, 40_000, true, true);
    conversation.session.send(one, new byte[40_000], 0, 40_000, true, true);
    assertThat(conversation.sent()).isEmpty();
    conversation.hears(new Wire().frame(8, 0, 1, "00100000").frame(8, 0, 0, "00100000"));
    assertThat(conversation.sent())
        .containsExactly(
            "0/0/3 [16384]",
            "0/0/1 [16384]",
            "0/0/3 [16384]",
            "0/0/1 [16384]",
            "0/1/3 [7232]",
            "0/1/1 [7232]");
  }

  @Test
  void severalMessagesAreSentInTheirOrderAndTheEndIsTold() {
    Conversation conversation = Conversation.with(0);
    conversation.hears(new Wire().frame(4, 0, 0, settings(4, 4)));
    Http2Stream stream = conversation.post();
    conversation.sent();
    byte[] shared = "abc".getBytes(StandardCharsets.US_ASCII);
    conversation.session.send(stream, shared, 0, 3, false, false);
    assertThat(conversation.told).isEmpty();
    conversation.session.send(stream, shared, 0, 3, false, false);
    shared[0] = 'x';
    shared[1] = 'y';
    conversation.session.send(stream, shared, 0, 3, false, false);
    assertThat(stream.queued()).isEqualTo(5);
    assertThat(conversation.sent()).containsExactly("0/0/1 616263", "0/0/1 61");
    conversation.hears(new Wire().frame(8, 0, 1, "00000064"));
    assertThat(conversation.sent()).containsExactly("0/0/1 6263787963");
    assertThat(conversation.told).containsExactly("1 drained");
    conversation.session.send(stream, shared, 0, 0, true, false);
    assertThat(conversation.sent()).containsExactly("0/1/1 ");
  }

  @Test
  void aHugeWindowDoesNotPutAWholeBodyIntoTheOutput() {
    Conversation conversation = Conversation.with(0);
    conversation.hears(
        new Wire().frame(4, 0, 0, settings(4, Integer.MAX_VALUE)).frame(8, 0, 0, "70000000"));
    Http2Stream stream = conversation.post();
    byte[] body = new byte[10_000_000];
    conversation.session.send(stream, body, 0, body.length, true, true);
    int sent = 0;
    while (stream.queued() > 0) {
      assertThat(conversation.session.output().size())
          .isLessThan(Http2Session.ROOM_FOR_DATA + 20_000);
      sent += conversation.sent().size();
    }
    assertThat(sent + conversation.sent().size()).isGreaterThanOrEqualTo(10_000_000 / 16_384);
  }

  @Test
  void roomIsGivenBackInLargePieces() {
    Conversation conversation = Conversation.with(1);
    conversation.hears(new Wire().headers(WHOLE, 1, "88"));
    Wire frame = new Wire().frame(0, 0, 1, new byte[16_384]);
    for (int i = 0; i < 31; i++) {
      conversation.hears(frame);
    }
    assertThat(conversation.sent()).isEmpty();
    conversation.hears(frame);
    assertThat(conversation.sent()).containsExactly("8/0/1 00080000");
    for (int i = 0; i < 512 - 33; i++) {
      conversation.hears(frame);
    }
    assertThat(conversation.sent()).noneMatch(one -> one.startsWith("8/0/0"));
    conversation.hears(frame);
    assertThat(conversation.sent()).containsExactly("8/0/0 00800000", "8/0/1 00080000");
  }

  @Test
  void roomTakenByStreamsThatAreOverIsGivenBackToo() {
    Conversation conversation = Conversation.with(0);
    conversation.session.cancel(conversation.get());
    conversation.sent();
    Wire frame = new Wire().frame(0, 0, 1, new byte[16_384]);
    for (int i = 0; i < 512; i++) {
      conversation.hears(frame);
    }
    assertThat(conversation.sent()).containsExactly("8/0/0 00800000");
  }

  @Test
  void aStreamGivenUpIsResetAndWhatStillComesIsIgnored() {
    Conversation conversation = Conversation.with(1);
    Http2Stream stream = conversation.get();
    conversation.sent();
    conversation.session.cancel(stream);
    assertThat(conversation.sent()).containsExactly("3/0/3 00000008");
    conversation.hears(
        new Wire()
            .headers(WHOLE, 3, "88")
            .data(END, 3, "late")
            .frame(3, 0, 3, "00000000")
            .headers(WHOLE | END, 1, "88"));
    assertThat(conversation.told).containsExactly("1 status 200", "1 body ", "1 ended");
  }

  @Test
  void aStreamGivenUpBetweenTwoPiecesOfAFrameIsToldNothingMore() {
    Conversation conversation = Conversation.with(0);
    Http2Stream stream = conversation.get();
    byte[] bytes = new Wire().headers(WHOLE, 1, "88").data(END, 1, "hello").bytes();
    conversation.session.receive(bytes, 0, bytes.length - 2);
    conversation.session.cancel(stream);
    Http2Stream other = conversation.get();
    assertThat(other).as("the object is used again").isSameAs(stream);
    conversation.session.receive(bytes, bytes.length - 2, bytes.length);
    assertThat(conversation.told).containsExactly("1 status 200", "1 body hel");
  }

  @Test
  void anAnswerBeforeTheWholeRequestEndsTheRequest() {
    Conversation conversation = Conversation.with(0);
    Http2Stream stream = conversation.post();
    conversation.session.send(stream, new byte[70_000], 0, 70_000, true, true);
    conversation.sent();
    conversation.hears(new Wire().headers(WHOLE | END, 1, "8c"));
    assertThat(conversation.told).containsExactly("1 status 400", "1 body ", "1 ended");
    assertThat(conversation.sent()).containsExactly("3/0/1 00000008");
    conversation.hears(new Wire().frame(8, 0, 0, "00010000"));
    assertThat(conversation.sent()).isEmpty();
  }

  @Test
  void theLengthOfABodyThatHeadOrNotModifiedOnlySpeakOfIsNotMissed() {
    Conversation conversation = Conversation.with(0);
    conversation.open(Conversation.request("HEAD", "/"), true);
    conversation.get();
    conversation.hears(
        new Wire()
            .headers(WHOLE | END, 1, "88 0f0d 01 35")
            .headers(WHOLE | END, 3, "8b 0f0d 01 35"));
    assertThat(conversation.told).contains("1 ended", "3 ended");
  }

  @Test
  void afterAPoliteEndNoStreamIsOpened() {
    Conversation conversation = Conversation.with(1);
    conversation.hears(new Wire().frame(7, 0, 0, "7fffffff 00000000"));
    assertThat(conversation.told).containsExactly("going away NO_ERROR");
    assertThat(conversation.session.isDraining()).isTrue();
    assertThat(conversation.session.free()).isZero();
    conversation.hears(new Wire().headers(WHOLE | END, 1, "88"));
    assertThat(conversation.told).endsWith("1 ended");
  }

  @Test
  void aClosedConnectionFailsWhatIsOpen() {
    Conversation conversation = Conversation.with(2);
    conversation.session.closed(Http2Exchange.Failure.CLOSED);
    assertThat(conversation.told).containsExactly("1 failed CLOSED", "3 failed CLOSED");
    assertThat(conversation.session.free()).isZero();
  }

  @Test
  void aFaultIsToldToTheServer() {
    Conversation conversation = Conversation.with(1);
    conversation.hears(new Wire().headers(WHOLE, 1, "be"));
    assertThat(conversation.sent()).containsExactly("7/0/0 0000000000000009");
  }

  @Test
  void fieldsThatHttp2ForbidsAreRefusedAtOnce() {
    Http2Request.Builder builder =
        Http2Request.builder(
            "GET", "http", List.of(Http2Request.Part.of("x")), List.of(Http2Request.Part.of("/")));
    assertThatThrownBy(() -> builder.field("Connection", "close"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Connection");
  }
}
