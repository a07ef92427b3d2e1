package dev.assay.load.request;

/**
 * A value of a response that the user keeps.
 *
 * @param source where it is found
 * @param slot which of the user's values it becomes
 * @param what the source in words, such as {@code $.id}
 */
public record Save(Source source, int slot, String what) {}
