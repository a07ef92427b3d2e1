package dev.assay.load.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.load.websocket.FrameReader.Event;
import dev.assay.load.websocket.WebSocketSession.State;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class WebSocketSessionTest {

  private final FrameWriter writer = new FrameWriter(1);
  private final WebSocketSession session = new WebSocketSession(new FrameReader());

  @Test
  void aPingIsAnsweredByItselfEvenInsideAMessage() {
    byte[] bytes = HexFormat.of().parseHex("010141" + "890170" + "800142");
    int at = session.read(bytes, 0, bytes.length, writer);
    assertThat(session.event()).isEqualTo(Event.DATA);
    at = session.read(bytes, at, bytes.length, writer);
    assertThat(session.event()).isEqualTo(Event.DATA);
    assertThat(session.reader().complete()).isTrue();
    assertThat(at).isEqualTo(bytes.length);
    assertThat(FrameWriterTest.unmasked(written(), 0x8A)).isEqualTo("p".getBytes(UTF_8));
  }

  @Test
  void pingsAndPongsAloneAreNotTold() {
    byte[] bytes = HexFormat.of().parseHex("8a00" + "8900");
    assertThat(session.read(bytes, 0, bytes.length, writer)).isEqualTo(bytes.length);
    assertThat(session.event()).isEqualTo(Event.NONE);
    assertThat(session.state()).isEqualTo(State.OPEN);
  }

  @Test
  void aCloseOfTheServerIsAnsweredWithItsCode() {
    byte[] bytes = HexFormat.of().parseHex("880203e9");
    session.read(bytes, 0, bytes.length, writer);
    assertThat(session.event()).isEqualTo(Event.CLOSE);
    assertThat(session.reader().closeCode()).isEqualTo(1001);
    assertThat(session.state()).isEqualTo(State.CLOSED);
    assertThat(FrameWriterTest.unmasked(written(), 0x88)).containsExactly(0x03, 0xE9);
  }

  @Test
  void afterItsOwnCloseItReadsOnUntilTheServersAndSendsNothing() {
    session.close(1000, writer);
    session.close(1000, writer);
    assertThat(session.state()).isEqualTo(State.CLOSING);
    int sent = writer.size();
    byte[] bytes = HexFormat.of().parseHex("8900" + "810141" + "880203e8");
    int at = session.read(bytes, 0, bytes.length, writer);
    assertThat(session.event()).isEqualTo(Event.DATA);
    session.read(bytes, at, bytes.length, writer);
    assertThat(session.event()).isEqualTo(Event.CLOSE);
    assertThat(session.state()).isEqualTo(State.CLOSED);
    assertThat(writer.size()).isEqualTo(sent);
    assertThat(FrameWriterTest.unmasked(written(), 0x88)).containsExactly(0x03, 0xE8);
  }

  @Test
  void aBrokenRuleIsToldToTheServerWithTheCodeOfTheFault() {
    byte[] bytes = HexFormat.of().parseHex("8101ff");
    session.read(bytes, 0, bytes.length, writer);
    assertThat(session.event()).isEqualTo(Event.FAULT);
    assertThat(session.state()).isEqualTo(State.CLOSED);
    assertThat(FrameWriterTest.unmasked(written(), 0x88)).containsExactly(0x03, 0xEF);
  }

  private ByteBuffer written() {
    return ByteBuffer.wrap(writer.bytes(), 0, writer.size());
  }
}
