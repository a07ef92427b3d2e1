package dev.assay.profile.process;

import java.util.List;

/**
 * What a service has used and holds at one moment, over all its processes. What is not known is -1.
 *
 * @param processes their ids, the started one first where it lives
 * @param cpuNanos processor time since they began, with that of children that have ended
 * @param memory bytes of resident memory, what they share counted once
 * @param peak the most bytes that one of them ever held
 * @param threads how many
 * @param files open files and sockets; of processes that let themselves be looked at
 */
public record ServiceReading(
    List<Long> processes, long cpuNanos, long memory, long peak, long threads, long files) {
  /** Copies the list. */
  public ServiceReading {
    processes = List.copyOf(processes);
  }
}
