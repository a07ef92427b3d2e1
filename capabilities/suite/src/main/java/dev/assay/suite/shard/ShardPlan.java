package dev.assay.suite.shard;

import java.util.List;

/**
 * All tests, divided: each is in exactly one shard.
 *
 * @param shards as many as were asked for, some empty where there are fewer tests; the first has
 *     the longest test
 * @param bound seconds that no division can beat for its slowest shard: the mean, the longest test,
 *     or two tests that must meet
 */
public record ShardPlan(List<Shard> shards, double bound) {

  /** Copies the list. */
  public ShardPlan {
    shards = List.copyOf(shards);
  }

  /** What the slowest shard is expected to take. */
  public double slowest() {
    return shards.stream().mapToDouble(Shard::seconds).max().orElse(0);
  }

  /** How many times longer than the bound the slowest shard takes: 1 at best. */
  public double imbalance() {
    return bound > 0 ? slowest() / bound : 1;
  }
}
