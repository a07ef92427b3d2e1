package dev.assay.network.web;

/** How a proxy treats requests to upgrade a connection, such as to WebSocket (RFC 6455). */
public enum Upgrades {
  /** They pass, and so does what follows. */
  PASS,
  /** Their headers are removed, so that the server sees a plain request. */
  STRIP
}
