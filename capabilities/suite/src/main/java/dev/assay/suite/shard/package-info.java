/**
 * Which worker runs which tests, so that all are done at about the same time.
 *
 * <p>Pure: the same durations give the same shards, in whatever order they are named, so a shard
 * that is tried again gets the same tests. Must not know how workers are found or how tests are
 * run. A better way to divide is one more first division in {@link
 * dev.assay.suite.shard.ShardPlanner}; a better guess of durations is in {@link
 * dev.assay.suite.shard.Durations}.
 */
@NullMarked
package dev.assay.suite.shard;

import org.jspecify.annotations.NullMarked;
