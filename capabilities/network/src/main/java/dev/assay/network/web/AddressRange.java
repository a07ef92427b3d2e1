package dev.assay.network.web;

import java.net.InetAddress;
import java.util.Optional;

/**
 * The addresses that begin with the same bits (RFC 4632 section 3.1, RFC 4291 section 2.3).
 * Immutable.
 *
 * @param network the first address
 * @param bits how many bits are fixed
 */
record AddressRange(InetAddress network, int bits) {

  /** A literal address, or one with {@code /bits}; empty where the text is neither. */
  static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    try {
      InetAddress network = InetAddress.ofLiteral(address);
      int longest = network.getAddress().length * 8;
      int bits = slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1));
      if (bits >= 0 && bits <= longest) {
        return Optional.of(new AddressRange(network, bits));
      }
    } catch (IllegalArgumentException e) {
      // not an address: the caller tries other forms
    }
    return Optional.empty();
  }

  boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
