package dev.assay.load.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HandshakeTest {

  private static final long NONCE = 0x1234_5678_9ABC_DEF0L;
  private static final List<String> CHAT = List.of("chat", "superchat");

  private final HandshakeKeys keys = new HandshakeKeys(1);

  @Test
  void theExampleOfTheStandardIsAccepted() {
    byte[] key = "dGhlIHNhbXBsZSBub25jZQ==".getBytes(US_ASCII);
    assertThat(keys.answers(key, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=".getBytes(US_ASCII))).isTrue();
    assertThat(keys.answers(key, "s3pPLMBiTxaQ9kYGzzhZRbK+xOp=".getBytes(US_ASCII))).isFalse();
    assertThat(keys.answers(key, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo".getBytes(US_ASCII))).isFalse();
  }

  @Test
  void keysAreSixteenBytesThatDifferAndRepeatWithTheSeed() {
    HandshakeKeys again = new HandshakeKeys(1);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      String key = key(keys.next());
      assertThat(key).isEqualTo(key(again.next()));
      assertThat(Base64.getDecoder().decode(key)).hasSize(16);
      seen.add(key);
    }
    assertThat(seen).hasSize(1000);
  }

  @Test
  void aProperAnswerOpensTheWebSocketAndTheJudgeServesAgain() throws Exception {
    Handshake handshake = new Handshake(keys, List.of());
    for (long nonce = 0; nonce < 3; nonce++) {
      handshake.begin(nonce);
      told(handshake, "UPGRADE", "WebSocket");
      told(handshake, "connection", "keep-alive, upgrade");
      told(handshake, "Sec-WebSocket-Accept", accept(nonce));
      assertThat(handshake.fault(101)).isNull();
    }
    handshake.begin(3);
    assertThat(handshake.fault(101)).isEqualTo(WebSocketFault.UPGRADE);
  }

  @Test
  void anythingButAProperAnswerIsAFault() throws Exception {
    String right = accept(NONCE);
    assertThat(judged(200, "Upgrade: websocket", "Connection: Upgrade"))
        .isEqualTo(WebSocketFault.REFUSED);
    assertThat(judged(101, "Connection: Upgrade", "Sec-WebSocket-Accept: " + right))
        .isEqualTo(WebSocketFault.UPGRADE);
    assertThat(judged(101, "Upgrade: h2c", "Connection: Upgrade"))
        .isEqualTo(WebSocketFault.UPGRADE);
    assertThat(judged(101, "Upgrade: websocket", "Connection: close"))
        .isEqualTo(WebSocketFault.UPGRADE);
    assertThat(judged(101, "Upgrade: websocket", "Connection: Upgrade"))
        .isEqualTo(WebSocketFault.ACCEPT);
    assertThat(open("Sec-WebSocket-Accept: " + accept(NONCE + 1))).isEqualTo(WebSocketFault.ACCEPT);
    assertThat(open("Sec-WebSocket-Accept: " + right, "Sec-WebSocket-Accept: x"))
        .isEqualTo(WebSocketFault.ACCEPT);
    assertThat(
            open("Sec-WebSocket-Accept: " + right, "Sec-WebSocket-Extensions: permessage-deflate"))
        .isEqualTo(WebSocketFault.EXTENSION);
    assertThat(open("Sec-WebSocket-Accept: " + right, "Sec-WebSocket-Protocol: chat"))
        .as("chosen without being offered")
        .isEqualTo(WebSocketFault.SUBPROTOCOL);
  }

  @Test
  void oneOfTheSubprotocolsOfferedMustBeChosen() throws Exception {
    assertThat(chosen("superchat")).isNull();
    assertThat(chosen("Chat")).isEqualTo(WebSocketFault.SUBPROTOCOL);
    assertThat(chosen("chat, superchat")).isEqualTo(WebSocketFault.SUBPROTOCOL);
    Handshake none = begun(CHAT);
    assertThat(none.fault(101)).isEqualTo(WebSocketFault.SUBPROTOCOL);
  }

  private WebSocketFault chosen(String subprotocol) throws Exception {
    Handshake handshake = begun(CHAT);
    told(handshake, "Sec-WebSocket-Protocol", subprotocol);
    return handshake.fault(101);
  }

  private Handshake begun(List<String> subprotocols) throws Exception {
    Handshake handshake = new Handshake(keys, subprotocols);
    handshake.begin(NONCE);
    told(handshake, "Upgrade", "websocket");
    told(handshake, "Connection", "Upgrade");
    told(handshake, "Sec-WebSocket-Accept", accept(NONCE));
    return handshake;
  }

  private WebSocketFault open(String... more) {
    String[] headers = new String[more.length + 2];
    headers[0] = "Upgrade: websocket";
    headers[1] = "Connection: Upgrade";
    System.arraycopy(more, 0, headers, 2, more.length);
    return judged(101, headers);
  }

  private WebSocketFault judged(int status, String... headers) {
    Handshake handshake = new Handshake(keys, List.of());
    handshake.begin(NONCE);
    for (String header : headers) {
      String[] parts = header.split(": ", 2);
      told(handshake, parts[0], parts[1]);
    }
    return handshake.fault(status);
  }

  private static void told(Handshake handshake, String name, String value) {
    byte[] line = (name + ":" + value).getBytes(US_ASCII);
    assertThat(Handshake.concerns(line, 0, name.length())).isTrue();
    handshake.header(line, 0, name.length(), name.length() + 1, line.length);
  }

  private String key(long nonce) {
    byte[] key = new byte[HandshakeKeys.KEY_LENGTH];
    keys.write(nonce, key, 0);
    return new String(key, US_ASCII);
  }

  private String accept(long nonce) throws Exception {
    String text = key(nonce) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(US_ASCII));
    return Base64.getEncoder().encodeToString(digest);
  }
}
