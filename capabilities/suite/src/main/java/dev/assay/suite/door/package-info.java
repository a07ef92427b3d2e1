/**
 * How programs ask for orders, shards and what is flaky: what a JSON object of a question means,
 * and the JSON object of its answer. The protocol is told in {@code docs/suite-doors.md}.
 *
 * <p>Accepts the names that other tools use for the same thing. Must not know where questions come
 * from, nor decide anything: that is done in {@code order}, {@code shard} and {@code flaky}. A new
 * member of a question is read in the class of its door; a new word for a result is in {@link
 * dev.assay.suite.door.Members}.
 */
@NullMarked
package dev.assay.suite.door;

import org.jspecify.annotations.NullMarked;
