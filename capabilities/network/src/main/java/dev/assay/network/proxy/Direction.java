package dev.assay.network.proxy;

/** Which way bytes travel through a proxy. */
public enum Direction {
  /** From the client to the upstream server. */
  UP,
  /** From the upstream server to the client. */
  DOWN
}
