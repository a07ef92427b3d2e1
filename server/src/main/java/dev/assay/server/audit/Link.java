package dev.assay.server.audit;

import dev.assay.api.evidence.EvidenceCodec;

/**
 * A place in the chain: {@code hash(n) = SHA-256(hash(n-1) LF n LF body)}, all as text in UTF-8,
 * with 64 zeros before the first. Immutable.
 */
record Link(long sequence, String hash) {

  static final Link FIRST = new Link(0, "0".repeat(64));

  Link next(String body) {
    long place = sequence + 1;
    return new Link(place, EvidenceCodec.sha256(hash + "\n" + place + "\n" + body));
  }
}
