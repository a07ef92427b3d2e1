package dev.assay.load.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageScannerTest {

  private static final int LONGEST = 1000;

  private final MessageScanner scanner = new MessageScanner(LONGEST);

  @Test
  void messagesAreFoundWhereverTheBodyIsSplit() {
    byte[] body = body(message(3), message(0), message(200), message(1));
    List<byte[]> whole = scan(body, new int[0]);
    assertThat(whole).hasSize(4);
    assertThat(whole.get(2)).isEqualTo(message(200));
    for (int first = 0; first <= body.length; first++) {
      for (int second = first; second <= body.length; second += 7) {
        List<byte[]> split = scan(body, new int[] {first, second});
        assertThat(split).hasSize(4).usingElementComparator(Arrays::compare).isEqualTo(whole);
      }
    }
    assertThat(scanner.fault()).isNull();
  }

  @Test
  void messagesAreFoundByteByByte() {
    byte[] body = body(message(300), message(0), message(5));
    int[] everywhere = new int[body.length];
    Arrays.setAll(everywhere, i -> i);
    assertThat(scan(body, everywhere))
        .usingElementComparator(Arrays::compare)
        .containsExactly(message(300), message(0), message(5));
  }

  @Test
  void messagesThatNobodyWantsAreOnlyCounted() {
    byte[] body = body(message(600), message(2));
    scanner.begin(false);
    int at = scanner.scan(body, 0, 400);
    assertThat(at).isEqualTo(400);
    assertThat(scanner.complete()).isFalse();
    at = scanner.scan(body, 400, body.length);
    assertThat(scanner.complete()).isTrue();
    assertThat(scanner.length()).isEqualTo(600);
    assertThat(scanner.scan(body, at, body.length)).isEqualTo(body.length);
    assertThat(scanner.length()).isEqualTo(2);
  }

  @Test
  void aCompressedMessageIsAFault() {
    assertThat(fault(new byte[] {1, 0, 0, 0, 1, 9})).isEqualTo(MessageScanner.Fault.COMPRESSED);
  }

  @Test
  void aPageOfHtmlIsAFault() {
    assertThat(fault("<html></html>".getBytes())).isEqualTo(MessageScanner.Fault.FLAG);
  }

  @Test
  void aMessageThatIsTooLongIsAFaultBeforeItIsKept() {
    assertThat(fault(new byte[] {0, 0, 0, 3, (byte) 0xe9}))
        .isEqualTo(MessageScanner.Fault.TOO_LONG);
    assertThat(fault(new byte[] {0, -1, -1, -1, -1, 9})).isEqualTo(MessageScanner.Fault.TOO_LONG);
  }

  @Test
  void aBodyThatEndsWithinAMessageIsAFault() {
    byte[] body = body(message(3));
    for (int end = 1; end < body.length; end++) {
      assertThat(fault(Arrays.copyOf(body, end))).isEqualTo(MessageScanner.Fault.TRUNCATED);
    }
    assertThat(fault(new byte[0])).isNull();
    assertThat(fault(body)).isNull();
  }

  @Test
  void garbageNeverThrowsAndAlwaysGoesOn() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] body = new byte[random.nextInt(60)];
      random.nextBytes(body);
      if (body.length > 5 && random.nextBoolean()) {
        Arrays.fill(body, 0, 4, (byte) 0);
      }
      scanner.begin(random.nextBoolean());
      int at = 0;
      while (at < body.length) {
        int to = random.nextInt(at + 1, body.length + 1);
        int next = scanner.scan(body, at, to);
        assertThat(next).isGreaterThan(at).isLessThanOrEqualTo(to);
        at = next;
      }
      scanner.end();
    }
  }

  private MessageScanner.@Nullable Fault fault(byte[] body) {
    scan(body, new int[0]);
    scanner.end();
    return scanner.fault();
  }

  private List<byte[]> scan(byte[] body, int[] splits) {
    List<byte[]> messages = new ArrayList<>();
    scanner.begin(true);
    int from = 0;
    for (int i = 0; i <= splits.length; i++) {
      int to = i < splits.length ? splits[i] : body.length;
      // A copy of its own, so that nothing can be read from what came before.
      byte[] chunk = Arrays.copyOfRange(body, from, to);
      int at = 0;
      while (at < chunk.length) {
        at = scanner.scan(chunk, at, chunk.length);
        if (scanner.complete()) {
          messages.add(Arrays.copyOfRange(scanner.message(), scanner.from(), scanner.to()));
        }
      }
      from = to;
    }
    return messages;
  }

  private static byte[] message(int length) {
    byte[] message = new byte[length];
    for (int i = 0; i < length; i++) {
      message[i] = (byte) (i * 7 + length);
    }
    return message;
  }

  private static byte[] body(byte[]... messages) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      body.write(0);
      body.write(message.length >>> 24);
      body.write(message.length >>> 16);
      body.write(message.length >>> 8);
      body.write(message.length);
      body.writeBytes(message);
    }
    return body.toByteArray();
  }
}
