package dev.assay.gateway.provider;

import dev.assay.gateway.Message;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.text.Segmenter;
import dev.assay.smpp.text.Segments;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Turns messages into submits. Each session has its own. Not thread-safe. */
final class Submits {

  private static final int TON_INTERNATIONAL = 1;
  private static final int TON_ALPHANUMERIC = 5;
  private static final int NPI_ISDN = 1;
  private static final int SHORTEST_INTERNATIONAL = 7;
  private static final int LONGEST_NAME = 11;
  private static final DateTimeFormatter ABSOLUTE =
      DateTimeFormatter.ofPattern("yyMMddHHmmss").withZone(ZoneOffset.UTC);

  private int reference;
  private long validityOf = Long.MIN_VALUE;
  private String validity = "";

  /**
   * The submits of a message, one for each part.
   *
   * @throws IllegalArgumentException where it cannot be one
   */
  List<byte[]> of(Message message, boolean receipts) {
    reference = reference + 1 & 0xFF;
    Segments segments = Segmenter.automatic(Segments.Join.UDH8, reference).divide(message.text());
    Pdu.Builder template = Pdu.of(Command.SUBMIT_SM);
    source(template, message.from());
    String to = message.to().startsWith("+") ? message.to().substring(1) : message.to();
    template
        .set(Field.DEST_ADDR_TON, TON_INTERNATIONAL)
        .set(Field.DEST_ADDR_NPI, NPI_ISDN)
        .set(Field.DESTINATION_ADDR, to)
        .set(Field.REGISTERED_DELIVERY, receipts && message.receipt() ? 1 : 0)
        .set(Field.VALIDITY_PERIOD, validity(message.expires()));
    List<byte[]> all = new ArrayList<>(segments.parts().size());
    for (Pdu pdu : segments.submits(template.build())) {
      all.add(pdu.encode());
    }
    return all;
  }

  /** To the minute, so that it need not be written anew for each message. */
  private String validity(Instant expires) {
    long minute = Math.ceilDiv(expires.getEpochSecond(), 60);
    if (minute != validityOf) {
      validityOf = minute;
      validity = ABSOLUTE.format(Instant.ofEpochSecond(minute * 60)) + "000+";
    }
    return validity;
  }

  private static boolean digits(String sender) {
    for (int i = 0; i < sender.length(); i++) {
      char c = sender.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return !sender.isEmpty();
  }

  static void source(Pdu.Builder pdu, String from) {
    String sender = from.startsWith("+") ? from.substring(1) : from;
    if (digits(sender)) {
      // short numbers are known to one network only
      pdu.set(
              Field.SOURCE_ADDR_TON,
              sender.length() >= SHORTEST_INTERNATIONAL ? TON_INTERNATIONAL : 0)
          .set(Field.SOURCE_ADDR_NPI, NPI_ISDN)
          .set(Field.SOURCE_ADDR, sender);
    } else if (!sender.isEmpty()) {
      pdu.set(Field.SOURCE_ADDR_TON, TON_ALPHANUMERIC)
          .set(
              Field.SOURCE_ADDR,
              sender.length() > LONGEST_NAME ? sender.substring(0, LONGEST_NAME) : sender);
    }
  }
}
