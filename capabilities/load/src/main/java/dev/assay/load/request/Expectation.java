package dev.assay.load.request;

import dev.assay.load.extract.ValueTest;
import org.jspecify.annotations.Nullable;

/**
 * What a response must have, besides its status. Immutable.
 *
 * @param source where the value is found
 * @param test what it must meet; null where the probe of the body says itself whether it holds
 * @param what the expectation in words, such as {@code body $.state = shipped}
 */
public record Expectation(Source source, @Nullable ValueTest test, String what) {}
