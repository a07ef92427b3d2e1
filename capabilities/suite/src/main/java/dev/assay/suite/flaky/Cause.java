package dev.assay.suite.flaky;

/** Why a flaky test is flaky, as far as reruns can tell; after Luo et al., 2014. */
public enum Cause {
  /** Waiting, concurrency, randomness: each attempt fails by itself. */
  TIMING,
  /** What other tests leave behind: fails again in the same order, passes alone. */
  ORDER,
  /** The clock or the zone: fails again until they differ. */
  TIME,
  /** The network, the disk, a slow machine: fails again for a while, however it is run. */
  SURROUNDINGS
}
