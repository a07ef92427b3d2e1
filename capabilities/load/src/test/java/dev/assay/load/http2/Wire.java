package dev.assay.load.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes the bytes of a server by hand, apart from the code under test. */
final class Wire {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Begins as every server does. */
  static Wire greeting() {
    return new Wire().frame(4, 0, 0, "");
  }

  Wire frame(int type, int flags, int stream, String hexPayload) {
    return frame(type, flags, stream, hex(hexPayload));
  }

  Wire frame(int type, int flags, int stream, byte[] payload) {
    raw(int24(payload.length));
    bytes.write(type);
    bytes.write(flags);
    raw(int32(stream));
    raw(payload);
    return this;
  }

  Wire headers(int flags, int stream, String hexBlock) {
    return frame(1, flags, stream, hexBlock);
  }

  Wire data(int flags, int stream, String text) {
    return frame(0, flags, stream, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Wire raw(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  Wire text(String more) {
    return raw(more.getBytes(StandardCharsets.ISO_8859_1));
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  static String hex(Http2Output output) {
    return HexFormat.of().formatHex(output.bytes(), 0, output.size());
  }

  static byte[] int32(int value) {
    return new byte[] {
      (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
    };
  }

  private static byte[] int24(int value) {
    return new byte[] {(byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
  }
}
