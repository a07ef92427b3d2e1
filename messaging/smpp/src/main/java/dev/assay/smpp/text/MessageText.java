package dev.assay.smpp.text;

import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Pdu;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;

/** Reads the text of a message. */
public final class MessageText {

  private static final int HEADER_INDICATOR = 0x40;

  private MessageText() {}

  /** The user data header of a message, where its esm_class says that it has one. */
  public static Optional<UserDataHeader> header(Pdu pdu) {
    return (pdu.number(Field.ESM_CLASS) & HEADER_INDICATOR) == 0
        ? Optional.empty()
        : UserDataHeader.read(pdu.message());
  }

  /** The text of a message, or empty where it is no text. */
  public static Optional<String> of(Pdu pdu) {
    Optional<UserDataHeader> header = header(pdu);
    byte[] message = pdu.message();
    int from = header.map(UserDataHeader::octets).orElse(0);
    return decode(
        Encoding.of(pdu.number(Field.DATA_CODING)),
        Arrays.copyOfRange(message, from, message.length),
        header.map(UserDataHeader::locking).orElse(Language.DEFAULT),
        header.map(UserDataHeader::single).orElse(Language.DEFAULT));
  }

  /** The text of bytes without a header, or empty where they are no text. */
  public static Optional<String> decode(
      Encoding encoding, byte[] bytes, Language locking, Language single) {
    if (encoding == Encoding.GSM7) {
      return Optional.of(GsmAlphabet.of(locking, single).decode(bytes, 0, bytes.length));
    }
    Charset charset = encoding.charset();
    return charset == null ? Optional.empty() : Optional.of(new String(bytes, charset));
  }
}
