package dev.assay.virtual.smsc;

import dev.assay.smpp.codec.Pdu;

/**
 * A deliver_sm on its way to an account.
 *
 * @param pdu the PDU
 * @param id of the message that it is the receipt of; empty for a message of a subscriber
 * @param closes whether that message waits for nothing more after it
 */
record Outgoing(Pdu pdu, String id, boolean closes) {
  boolean receipt() {
    return !id.isEmpty();
  }
}
