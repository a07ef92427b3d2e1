package dev.assay.smpp.codec;

/**
 * A destination that a submit_multi did not reach. Immutable.
 *
 * @param ton type of number, 0 to 255
 * @param npi numbering plan, 0 to 255
 * @param address at most 20 characters
 * @param status why
 */
public record Failure(int ton, int npi, String address, int status) {}
