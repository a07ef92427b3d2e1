package dev.assay.stats;

/** What points of load and throughput tell of how a system scales. */
public sealed interface Scalability permits ScalabilityLaw, Scalability.Unknown {

  /**
   * The points cannot tell.
   *
   * @param why a sentence without its full stop
   */
  record Unknown(String why) implements Scalability {}
}
