package dev.assay.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.virtual.smsc.Behaviour;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests as they come over the wire: whole, in pieces, one behind the other, and wrong. */
class RequestsTest {

  private static final String BODY =
      "{\"to\":\"+4917012345678\",\"from\":\"Shop\",\"text\":\"Hi\"}";
  private static final String PLAIN =
      "POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: "
          + BODY.length()
          + "\r\n\r\n"
          + BODY;

  @TempDir private Path folder;
  private Rig rig;
  private Socket socket;

  @BeforeEach
  void begin() throws IOException {
    rig = new Rig(folder);
    int smsc = rig.smsc(Behaviour.plain()).address().getPort();
    int port = rig.with("alpha", Rig.provider(smsc)).start().address().getPort();
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    socket.setTcpNoDelay(true);
  }

  @AfterEach
  void end() throws Exception {
    socket.close();
    rig.close();
  }

  private void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** The status of the next answer, whose body is read. */
  private int status() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        return -1;
      }
      head.append((char) octet);
    }
    String lower = head.toString().toLowerCase(java.util.Locale.ROOT);
    int at = lower.indexOf("content-length:");
    if (at >= 0) {
      int length = Integer.parseInt(lower.substring(at + 15, lower.indexOf("\r\n", at)).strip());
      in.readNBytes(length);
    }
    return Integer.parseInt(head.substring(9, 12));
  }

  @Test
  void aRequestMayComeInPieces() throws IOException {
    for (int i = 0; i < PLAIN.length(); i += 7) {
      write(PLAIN.substring(i, Math.min(PLAIN.length(), i + 7)));
    }

    assertThat(status()).isEqualTo(202);
  }

  @Test
  void manyMayComeAtOnceAndOthersBetweenThem() throws IOException {
    write(PLAIN + PLAIN + "GET /health HTTP/1.1\r\nHost: x\r\n\r\n" + PLAIN);

    assertThat(status()).isEqualTo(202);
    assertThat(status()).isEqualTo(202);
    assertThat(status()).isEqualTo(200);
    assertThat(status()).isEqualTo(202);
  }

  @Test
  void aBodyMayComeInChunks() throws IOException {
    write(
        "POST /v1/messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            + Integer.toHexString(BODY.length())
            + "\r\n"
            + BODY
            + "\r\n0\r\n\r\n");

    assertThat(status()).isEqualTo(202);
  }

  @Test
  void twoLengthsThatDifferAreRefused() throws IOException {
    write(
        "POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: "
            + BODY.length()
            + "\r\n\r\n"
            + BODY);

    assertThat(status()).isNotEqualTo(202);
  }

  @Test
  void aLengthAndChunksAreNotBothBelieved() throws IOException {
    write(
        "POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: "
            + BODY.length()
            + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");

    assertThat(status()).isNotEqualTo(202);
  }

  @Test
  void whatIsWrongIsToldAndTheConnectionGoesOn() throws IOException {
    write("POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n[]" + PLAIN);

    assertThat(status()).isEqualTo(413);
    assertThat(status()).isEqualTo(202);
  }

  @Test
  void aConnectionThatIsToCloseCloses() throws IOException {
    write(PLAIN.replace("Host: x", "Host: x\r\nConnection: close"));

    assertThat(status()).isEqualTo(202);
    assertThat(status()).isEqualTo(-1);
  }
}
