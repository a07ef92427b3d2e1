package dev.assay.network.web;

/** How a proxy treats what it blocks. */
public enum Refusal {
  /** A page with status 403, as most companies do. */
  PAGE,
  /** No answer at all, for as long as the client waits. */
  DROP,
  /** The connection is reset. */
  RESET
}
