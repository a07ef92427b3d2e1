package dev.assay.load.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ResponseScannerTest {

  private static final String OK = "HTTP/1.1 200 OK\r\n";

  /** A stream, whether it answers HEAD, and what must come of it. */
  record Case(String name, String stream, boolean head, Result result) {
    @Override
    public String toString() {
      return name;
    }
  }

  record Result(
      boolean ended,
      ResponseScanner.Fault fault,
      int status,
      long body,
      boolean reusable,
      int left) {}

  private static Case good(String name, String stream, int status, long body) {
    return new Case(name, stream, false, new Result(true, null, status, body, true, 0));
  }

  private static Case once(String name, String stream, int status, long body) {
    return new Case(name, stream, false, new Result(true, null, status, body, false, 0));
  }

  private static Case bad(String name, String stream, ResponseScanner.Fault fault) {
    return new Case(name, stream, false, new Result(true, fault, -1, -1, false, 0));
  }

  static Stream<Case> corpus() {
    String chunks = "5\r\nhello\r\n1a;x=\"y\"\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n";
    return Stream.of(
        good("a length", OK + "Content-Length: 5\r\n\r\nhello", 200, 5),
        good("an empty body", OK + "content-length:0\r\n\r\n", 200, 0),
        good("no reason", "HTTP/1.1 201\r\nContent-Length: 1\r\n\r\nx", 201, 1),
        good("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", 200, 2),
        good("the same length twice", OK + "Content-Length: 2, 2\r\n\r\nhi", 200, 2),
        good("chunks", OK + "Transfer-Encoding: chunked\r\n\r\n" + chunks + "\r\n", 200, 31),
        good(
            "chunks with trailers",
            OK + "TRANSFER-ENCODING: gzip, Chunked\r\n\r\n" + chunks + "A: b\r\nC: d\r\n\r\n",
            200,
            31),
        good(
            "interim responses",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                + OK
                + "Content-Length: 3\r\n\r\nabc",
            200,
            3),
        good("no content", "HTTP/1.1 204 No Content\r\n\r\n", 204, 0),
        good("not modified", "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n", 304, 0),
        new Case(
            "HEAD",
            OK + "Content-Length: 1000\r\n\r\n",
            true,
            new Result(true, null, 200, 0, true, 0)),
        new Case(
            "a second response behind the first",
            OK + "Content-Length: 1\r\n\r\nx" + OK,
            false,
            new Result(true, null, 200, 1, true, OK.length())),
        good(
            "fields that look alike",
            OK + "Content-Lengthy: 7\r\nConnections: close\r\nTE: x\r\nContent-Length: 1\r\n\r\nx",
            200,
            1),
        good("a folded line", OK + "X: a\r\n  b\r\nContent-Length: 1\r\n\r\nx", 200, 1),
        once("close", OK + "Connection: Close\r\nContent-Length: 1\r\n\r\nx", 200, 1),
        once(
            "close in a list", OK + "Connection: foo , close\r\nContent-Length: 0\r\n\r\n", 200, 0),
        once("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, 1),
        good(
            "HTTP/1.0 kept alive",
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx",
            200,
            1),
        once(
            "a length beside chunks",
            OK + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "\r\n",
            200,
            31),
        once("a body until the close", OK + "\r\nwhatever comes", 200, 14),
        bad("garbage", "SSH-2.0-OpenSSH_9.2\r\n", ResponseScanner.Fault.STATUS_LINE),
        bad("another version", "HTTP/2.0 200 OK\r\n\r\n", ResponseScanner.Fault.STATUS_LINE),
        bad("no status", "HTTP/1.1 abc OK\r\n\r\n", ResponseScanner.Fault.STATUS_LINE),
        bad("an empty line first", "\r\n" + OK, ResponseScanner.Fault.STATUS_LINE),
        bad("a line without a name", OK + "nonsense\r\n\r\n", ResponseScanner.Fault.HEADER),
        bad("a name with a space", OK + "A B: c\r\n\r\n", ResponseScanner.Fault.HEADER),
        bad(
            "a folded length",
            OK + "Content-Length: 1\r\n 2\r\n\r\n",
            ResponseScanner.Fault.HEADER),
        bad("no number", OK + "Content-Length: five\r\n\r\n", ResponseScanner.Fault.LENGTH),
        bad("a negative length", OK + "Content-Length: -1\r\n\r\n", ResponseScanner.Fault.LENGTH),
        bad("two lengths", OK + "Content-Length: 1, 2\r\n\r\n", ResponseScanner.Fault.LENGTH),
        bad(
            "a length beyond all bounds",
            OK + "Content-Length: 9999999999999999999\r\n\r\n",
            ResponseScanner.Fault.LENGTH),
        bad(
            "a chunk without a size",
            OK + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
            ResponseScanner.Fault.CHUNK),
        bad(
            "a chunk longer than it says",
            OK + "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
            ResponseScanner.Fault.CHUNK),
        bad("an upgrade", "HTTP/1.1 101 Switching\r\n\r\n", ResponseScanner.Fault.UPGRADE),
        bad(
            "a header bomb",
            OK + "X: " + "a".repeat(ResponseScanner.LONGEST_HEAD) + "\r\n\r\n",
            ResponseScanner.Fault.OVERSIZE),
        bad(
            "interim responses without end",
            "HTTP/1.1 100 Continue\r\n\r\n".repeat(3000),
            ResponseScanner.Fault.OVERSIZE));
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void isReadAsTheStandardSays(Case example) {
    byte[] stream = bytes(example.stream());
    assertThat(read(example, List.of(stream))).isEqualTo(example.result());
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void isReadTheSameWhereverItIsSplit(Case example) {
    byte[] stream = bytes(example.stream());
    int step = stream.length > 4096 ? 997 : 1;
    for (int cut = 0; cut <= stream.length; cut += step) {
      assertThat(read(example, List.of(slice(stream, 0, cut), slice(stream, cut, stream.length))))
          .as("split at %d", cut)
          .isEqualTo(example.result());
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void isReadTheSameByteByByteAndInRandomPieces(Case example) {
    byte[] stream = bytes(example.stream());
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 20; round++) {
      int longest = 1 + round * 3;
      Stream.Builder<byte[]> pieces = Stream.builder();
      for (int at = 0; at < stream.length; ) {
        int end = Math.min(stream.length, at + 1 + random.nextInt(longest));
        pieces.add(slice(stream, at, end));
        at = end;
      }
      assertThat(read(example, pieces.build().toList())).isEqualTo(example.result());
    }
  }

  @Test
  void aStreamThatEndsTooEarlyIsNeverAResponse() {
    String stream = OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n\r\n";
    byte[] bytes = bytes(stream);
    for (int cut = 0; cut < bytes.length; cut++) {
      ResponseScanner scanner = new ResponseScanner();
      scanner.begin(false);
      scanner.scan(bytes, 0, cut);
      scanner.endOfStream();
      assertThat(scanner.ended()).as("cut at %d", cut).isFalse();
    }
  }

  @Test
  void anUpgradeThatWasAskedForIsAnAnswerAndTheRestIsLeft() {
    byte[] stream = bytes("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n\u0081\u0002hi");
    for (int cut = 0; cut <= stream.length; cut++) {
      ResponseScanner scanner = new ResponseScanner();
      scanner.beginUpgrade(null);
      int read = scanner.scan(stream, 0, cut);
      read += read < cut ? 0 : scanner.scan(stream, cut, stream.length) - cut;
      assertThat(scanner.upgraded()).as("split at %d", cut).isTrue();
      assertThat(scanner.fault()).isNull();
      assertThat(scanner.reusable()).as("for another request").isFalse();
      assertThat(stream.length - read).isEqualTo(4);
    }
  }

  @Test
  void anUpgradeThatIsRefusedIsAnOrdinaryAnswer() {
    byte[] stream = bytes("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno");
    ResponseScanner scanner = new ResponseScanner();
    scanner.beginUpgrade(null);
    assertThat(scanner.scan(stream, 0, stream.length)).isEqualTo(stream.length);
    assertThat(scanner.ended()).isTrue();
    assertThat(scanner.upgraded()).isFalse();
    assertThat(scanner.reusable()).isTrue();
  }

  @Test
  void randomBytesNeverHangOrThrow() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 20_000; round++) {
      byte[] stream = bytes(OK + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
      for (int flips = 0; flips < 3; flips++) {
        stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
      }
      ResponseScanner scanner = new ResponseScanner();
      scanner.begin(false);
      int end = scanner.scan(stream, 0, stream.length);
      assertThat(end).isBetween(0, stream.length);
      assertThat(scanner.ended() || end == stream.length).isTrue();
    }
  }

  private static Result read(Case example, List<byte[]> pieces) {
    ResponseScanner scanner = new ResponseScanner();
    // One scanner serves many responses: what the one before left must not show.
    scanner.begin(false);
    scanner.scan(bytes("HTTP/1.0 500 X\r\nConnection: close\r\nContent-Le"), 0, 45);
    scanner.begin(example.head());
    int left = 0;
    for (byte[] piece : pieces) {
      left += piece.length - scanner.scan(piece, 0, piece.length);
    }
    scanner.endOfStream();
    boolean broken = scanner.fault() != null;
    return new Result(
        scanner.ended(),
        scanner.fault(),
        broken ? -1 : scanner.status(),
        broken ? -1 : scanner.bodyBytes(),
        scanner.reusable(),
        broken ? 0 : left);
  }

  private static byte[] slice(byte[] stream, int from, int to) {
    return java.util.Arrays.copyOfRange(stream, from, to);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
