package dev.assay.server.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a body as text in UTF-8, whatever it is called, and not more of it than it may have. */
public final class BoundedBody {

  private BoundedBody() {}

  /**
   * All of it; a byte order mark is passed over.
   *
   * @param most bytes that it may have
   * @throws BadBodyException if it is longer (413), or no text in UTF-8
   */
  public static String text(InputStream in, int most) throws IOException, BadBodyException {
    byte[] sent = in.readNBytes(most + 1);
    if (sent.length > most) {
      String bound = most >= 1 << 20 ? (most >> 20) + " MiB" : (most >> 10) + " KiB";
      throw new BadBodyException(413, "the body is longer than " + bound, "send less");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(sent)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException other) {
      throw new BadBodyException(400, "the body is no text in UTF-8", "send it in UTF-8");
    }
  }
}
