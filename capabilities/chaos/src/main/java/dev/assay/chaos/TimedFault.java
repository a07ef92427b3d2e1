package dev.assay.chaos;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import dev.assay.chaos.fault.FaultConfiguration;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fault and its time: the components of {@link FaultConfiguration} with those of a schedule.
 * Immutable.
 *
 * @param at when it begins, from the start of the method
 * @param length how long it lasts
 * @param when what must hold for it to begin instead of a time
 * @param every how long from one begin to the next
 * @param times how often it happens
 * @param intensity how it rises
 */
@Doc("A fault and when it happens. Exactly one of the keys that break something is written.")
public record TimedFault(
    @Doc(
            "When it begins, counted from the start of the method; at the start where neither this nor `when` is written.")
        @Nullable Duration at,
    @Doc("How long it lasts; then it is undone.") @Key("for") @Default("10s") Duration length,
    @Doc(
            "Begins once these hold on the last window of the steady check: `errors: \"> 5 %\"`. So one fault can follow from another.")
        Map<String, String> when,
    @Doc("How long it is from one begin to the next, with `times`.") @Nullable Duration every,
    @Doc("How often it happens.") @Default("1") int times,
    @Doc("How it rises while it lasts: `0..100 % in 5 steps`.") @Nullable String intensity,
    @Doc("Ends a service, with all its processes, at once (SIGKILL).")
        FaultConfiguration.@Nullable Ending kill,
    @Doc("Asks a service to end (SIGTERM) and kills what has not ended in its grace.")
        FaultConfiguration.@Nullable Ending stop,
    @Doc("Holds all processes of a service still (SIGSTOP) and lets them go on (SIGCONT).")
        FaultConfiguration.@Nullable Target pause,
    @Doc("Ends a service and starts it again at once.") FaultConfiguration.@Nullable Target restart,
    @Doc("Keeps processors busy, or limits the processor time of a service.")
        FaultConfiguration.@Nullable Cpu cpu,
    @Doc("Holds memory, or limits the memory of a service.")
        FaultConfiguration.@Nullable Memory memory,
    @Doc("Fills a small file system of your own.") FaultConfiguration.@Nullable Disk disk,
    @Doc("Takes the files (inodes) that a small file system of your own can still hold.")
        FaultConfiguration.@Nullable Inodes inodes,
    @Doc("Lets nobody write to a file or folder.") FaultConfiguration.@Nullable ReadOnly readOnly,
    @Doc("Sets the clock of a Java service wrong; waits and timers go on as they were.")
        FaultConfiguration.@Nullable ClockShift clock,
    @Doc("Lets nothing pass, in one direction or both, and tells nobody.")
        FaultConfiguration.@Nullable Partition partition,
    @Doc("Delays what passes a link.") FaultConfiguration.@Nullable Latency latency,
    @Doc("Loses a share of the packets of a link.") FaultConfiguration.@Nullable Loss loss,
    @Doc("Limits how fast a link is.") FaultConfiguration.@Nullable Bandwidth bandwidth,
    @Doc("Lets a Java service not find the addresses of names.")
        FaultConfiguration.@Nullable Dns dns,
    @Doc("Cuts the connections of a link and refuses new ones: the dependency behind it is down.")
        FaultConfiguration.@Nullable Down down,
    Place place) {

  /** Copies the map, keeping its order. */
  public TimedFault {
    when = Collections.unmodifiableMap(new LinkedHashMap<>(when));
  }

  /** What is broken, without its time. */
  FaultConfiguration fault() {
    return new FaultConfiguration(
        kill, stop, pause, restart, cpu, memory, disk, inodes, readOnly, clock, partition, latency,
        loss, bandwidth, dns, down, place);
  }

  /** Whether it waits for something instead of a time. */
  boolean triggered() {
    return !when.isEmpty();
  }

  /** When it first begins; only where it is not triggered. */
  Duration begin() {
    return at == null ? Duration.ZERO : at;
  }

  /** When the last of it ends. */
  Duration end() {
    return begin()
        .plus(length)
        .plus(every == null ? Duration.ZERO : every.multipliedBy(times - 1L));
  }
}
