package dev.assay.virtual.smsc;

import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Tag;
import dev.assay.smpp.codec.Tlv;
import dev.assay.smpp.text.MessageState;
import dev.assay.smpp.text.MessageText;
import dev.assay.smpp.text.Receipt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** Writes the deliver_sm of receipts. */
final class ReceiptPdu {

  private static final int RECEIPT = 0x04;

  private ReceiptPdu() {}

  /**
   * The receipt of a message.
   *
   * @param id as receipts write it
   * @param malformed whether it is cut and garbled
   */
  static Pdu of(
      Message message,
      String id,
      MessageState state,
      Instant now,
      boolean optional,
      boolean malformed) {
    boolean delivered = state == MessageState.DELIVERED;
    Receipt receipt =
        new Receipt(
            id,
            state,
            state.receipt(),
            LocalDateTime.ofInstant(message.accepted(), ZoneOffset.UTC),
            LocalDateTime.ofInstant(now, ZoneOffset.UTC),
            1,
            delivered ? 1 : 0,
            delivered ? "000" : "001",
            MessageText.of(message.submit()).orElse(""));
    byte[] text = receipt.write().getBytes(StandardCharsets.ISO_8859_1);
    Pdu.Builder pdu =
        Pdu.of(Command.DELIVER_SM)
            .set(Field.SOURCE_ADDR_TON, message.submit().number(Field.DEST_ADDR_TON))
            .set(Field.SOURCE_ADDR_NPI, message.submit().number(Field.DEST_ADDR_NPI))
            .set(Field.SOURCE_ADDR, short21(message.destination()))
            .set(Field.DEST_ADDR_TON, message.submit().number(Field.SOURCE_ADDR_TON))
            .set(Field.DEST_ADDR_NPI, message.submit().number(Field.SOURCE_ADDR_NPI))
            .set(Field.DESTINATION_ADDR, short21(message.source()))
            .set(Field.ESM_CLASS, RECEIPT);
    if (malformed) {
      return pdu.set(Field.SHORT_MESSAGE, garbled(text)).build();
    }
    pdu.set(Field.SHORT_MESSAGE, text);
    if (optional) {
      pdu.add(Tlv.text(Tag.RECEIPTED_MESSAGE_ID, id))
          .add(Tlv.number(Tag.MESSAGE_STATE, state.code()));
    }
    return pdu.build();
  }

  /** data_sm has longer addresses than deliver_sm. */
  private static String short21(String address) {
    return address.length() > 20 ? address.substring(0, 20) : address;
  }

  /** Cut within the id, with bytes that no alphabet has. */
  private static byte[] garbled(byte[] text) {
    byte[] cut = Arrays.copyOf(text, Math.min(text.length, 6));
    cut[cut.length - 1] = (byte) 0xFF;
    return cut;
  }
}
