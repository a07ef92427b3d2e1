package dev.assay.smpp.codec;

/** One of the destinations of a submit_multi (SMPP 5.0, section 4.7.8). Immutable. */
public sealed interface Destination {

  /**
   * A number.
   *
   * @param ton type of number, 0 to 255
   * @param npi numbering plan, 0 to 255
   * @param address at most 20 characters
   */
  record Address(int ton, int npi, String address) implements Destination {}

  /**
   * A distribution list that the message centre knows.
   *
   * @param name at most 20 characters
   */
  record DistributionList(String name) implements Destination {}
}
