package dev.assay.chaos.fault;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.value.Share;
import dev.assay.api.value.Size;
import dev.assay.api.value.Template;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one fault is written, without its time: exactly one of the components but {@code place} is
 * there. Immutable.
 *
 * @param kill ends a service at once
 * @param stop asks a service to end
 * @param pause holds a service still
 * @param restart ends a service and starts it again
 * @param cpu takes processor time away
 * @param memory takes memory away
 * @param disk fills a file system
 * @param inodes takes the files that a file system can still hold
 * @param readOnly lets nobody write to a file or folder
 * @param clock sets the clock of a service wrong
 * @param partition lets packets get lost
 * @param latency delays
 * @param loss loses
 * @param bandwidth limits
 * @param dns lets names of hosts not be found
 * @param down refuses connections to a dependency
 * @param place where it stands
 */
@Doc("One thing to break. Exactly one of the keys is written.")
public record FaultConfiguration(
    @Doc("Ends a service, with all its processes, at once (SIGKILL).") @Nullable Ending kill,
    @Doc("Asks a service to end (SIGTERM) and kills what has not ended in its grace.")
        @Nullable Ending stop,
    @Doc("Holds all processes of a service still (SIGSTOP) and lets them go on (SIGCONT).")
        @Nullable Target pause,
    @Doc("Ends a service and starts it again at once.") @Nullable Target restart,
    @Doc("Keeps processors busy, or limits the processor time of a service.") @Nullable Cpu cpu,
    @Doc("Holds memory, or limits the memory of a service.") @Nullable Memory memory,
    @Doc("Fills a small file system of your own.") @Nullable Disk disk,
    @Doc("Takes the files (inodes) that a small file system of your own can still hold.")
        @Nullable Inodes inodes,
    @Doc("Lets nobody write to a file or folder.") @Nullable ReadOnly readOnly,
    @Doc("Sets the clock of a service wrong; waits go on as they were.") @Nullable ClockShift clock,
    @Doc("Lets nothing pass, in one direction or both, and tells nobody.")
        @Nullable Partition partition,
    @Doc("Delays what passes a link.") @Nullable Latency latency,
    @Doc("Loses a share of the packets of a link.") @Nullable Loss loss,
    @Doc("Limits how fast a link is.") @Nullable Bandwidth bandwidth,
    @Doc("Lets a Java service not find the addresses of names.") @Nullable Dns dns,
    @Doc("Cuts the connections of a link and refuses new ones: the dependency behind it is down.")
        @Nullable Down down,
    Place place) {

  /**
   * The end of a service.
   *
   * @param service its name
   * @param restartAfter how long until it is started again; null until the fault is undone
   * @param place where it stands
   */
  @Doc("The end of a service.")
  public record Ending(
      @Doc("The service.") @Shorthand String service,
      @Doc("How long until it is started again; without it, when the fault ends.")
          @Nullable Duration restartAfter,
      Place place) {}

  /**
   * A service.
   *
   * @param service its name
   * @param place where it stands
   */
  @Doc("A service.")
  public record Target(@Doc("The service.") @Shorthand String service, Place place) {}

  /**
   * Processor time; {@code busy} or {@code service} with {@code quota}.
   *
   * @param busy how many processors are kept busy
   * @param service whose time is limited
   * @param quota how much of one processor it keeps
   * @param place where it stands
   */
  @Doc("Processor time: 'busy' for the whole machine, or 'service' and 'quota'.")
  public record Cpu(
      @Doc("How many processors a program of Assay keeps busy, 1 to 1024.") @Nullable Integer busy,
      @Doc("The service whose processor time is limited.") @Nullable String service,
      @Doc("How much of one processor the service keeps, such as 20 %; 1 % at least.")
          @Nullable Share quota,
      Place place) {}

  /**
   * Memory; {@code hold} or {@code service} with {@code limit}.
   *
   * @param hold how much a program of Assay holds
   * @param service whose memory is limited
   * @param limit how much it may have
   * @param place where it stands
   */
  @Doc("Memory: 'hold' for the whole machine, or 'service' and 'limit'.")
  public record Memory(
      @Doc("How much memory a program of Assay holds. Some is always left to the machine.")
          @Nullable Size hold,
      @Doc("The service whose memory is limited.") @Nullable String service,
      @Doc(
              "How much more memory than now the kernel gives it before it reclaims or kills; at"
                  + " least 1 MiB.")
          @Nullable Size limit,
      Place place) {}

  /**
   * A full file system.
   *
   * @param of a folder of it
   * @param leave how much room stays
   * @param place where it stands
   */
  @Doc("A full file system.")
  public record Disk(
      @Doc(
              "A folder of the file system to fill. The file system of the machine (/) is never"
                  + " filled, nor one of which more than 4 GiB are free.")
          @Shorthand
          Template of,
      @Doc("How much room stays.") @Default("0 B") Size leave,
      Place place) {}

  /**
   * A file system without inodes.
   *
   * @param of a folder of it
   * @param leave how many stay
   * @param place where it stands
   */
  @Doc("A file system that can hold no more files.")
  public record Inodes(
      @Doc("A folder of the file system, of which at most 1000000 inodes are free.") @Shorthand
          Template of,
      @Doc("How many files can still be made.") @Default("0") int leave,
      Place place) {}

  /**
   * A file or folder that cannot be written.
   *
   * @param path which
   * @param place where it stands
   */
  @Doc("A file or folder that cannot be written.")
  public record ReadOnly(@Doc("The file or folder.") @Shorthand Template path, Place place) {}

  /**
   * A wrong clock.
   *
   * @param service whose
   * @param by how far it is ahead; negative where it is behind
   * @param place where it stands
   */
  @Doc("A wrong clock.")
  public record ClockShift(
      @Doc(
              "A service that runs on Java 24 or later, or was started under libfaketime as"
                  + " docs/chaos-faults.md says.")
          String service,
      @Doc("How far its clock is ahead, such as 1h; behind with a minus, such as -1h.") Duration by,
      Place place) {}

  /** Which packets. */
  public enum Direction {
    /** From the client and to it. */
    BOTH,
    /** From the client. */
    UP,
    /** To the client. */
    DOWN
  }

  /**
   * Packets that get lost; {@code link} or {@code port}.
   *
   * @param link a link of the workspace
   * @param port a TCP or UDP port of a server
   * @param peer its address
   * @param direction which
   * @param place where it stands
   */
  @Doc("A partition: of a link of the workspace, or of a port by the machine's packet filter.")
  public record Partition(
      @Doc("The link.") @Nullable String link,
      @Doc("The port of the server, for the packet filter; needs root and nft or iptables.")
          @Nullable Integer port,
      @Doc("The address of the server, where the port alone says too little.")
          @Nullable String peer,
      @Doc("Which packets get lost: those from the client are 'up'.") @Default("both")
          Direction direction,
      Place place) {}

  /**
   * Delay.
   *
   * @param link of which link
   * @param by how much more each way
   * @param direction which
   * @param place where it stands
   */
  @Doc("More delay than the link has.")
  public record Latency(
      @Doc("The link.") String link,
      @Doc("How much is added, in each direction that is meant.") Duration by,
      @Doc("Which direction is delayed.") @Default("both") Direction direction,
      Place place) {}

  /**
   * Loss.
   *
   * @param link of which link
   * @param share of packets
   * @param direction which
   * @param place where it stands
   */
  @Doc("Packets of a link that get lost. TCP feels it as stalls and a lower rate.")
  public record Loss(
      @Doc("The link.") String link,
      @Doc("The share of packets that gets lost, more than 0 % and less than 100 %.") Share share,
      @Doc("Which direction loses.") @Default("both") Direction direction,
      Place place) {}

  /**
   * Bandwidth.
   *
   * @param link of which link
   * @param to the rate
   * @param direction which
   * @param place where it stands
   */
  @Doc("A slower link.")
  public record Bandwidth(
      @Doc("The link.") String link,
      @Doc("The rate, such as 1 Mbit/s or 500 kbit/s.") String to,
      @Doc("Which direction is slower.") @Default("both") Direction direction,
      Place place) {}

  /**
   * Names that are not found.
   *
   * @param service who does not find them
   * @param fail the names
   * @param place where it stands
   */
  @Doc("Names of hosts that are not found.")
  public record Dns(
      @Doc("A service that runs on Java 24 or later and uses the JDK's resolver.") String service,
      @Doc("The names; all names where none is written.") List<String> fail,
      Place place) {

    /** Copies the list. */
    public Dns {
      fail = List.copyOf(fail);
    }
  }

  /**
   * A dependency that is down.
   *
   * @param link the link to it
   * @param place where it stands
   */
  @Doc("A dependency that is down.")
  public record Down(@Doc("The link to it.") @Shorthand String link, Place place) {}
}
