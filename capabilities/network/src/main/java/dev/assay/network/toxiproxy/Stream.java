package dev.assay.network.toxiproxy;

import java.util.Locale;

/** A direction, in Toxiproxy's words and order. */
enum Stream {
  /** From the client to the server. */
  UPSTREAM,
  /** From the server to the client. */
  DOWNSTREAM;

  /** The direction of that name, in any case. */
  static Stream named(String name) {
    for (Stream stream : values()) {
      if (stream.label().equals(name.toLowerCase(Locale.ROOT))) {
        return stream;
      }
    }
    throw ApiFailure.invalidStream();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
