package dev.assay.chaos.fault;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Facility;
import dev.assay.api.spi.Reference;
import dev.assay.api.spi.UndoAction;
import dev.assay.chaos.ChaosProblems;
import dev.assay.chaos.fault.FaultConfiguration.Cpu;
import dev.assay.chaos.fault.FaultConfiguration.Memory;
import dev.assay.chaos.fault.FaultConfiguration.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes faults of what is written. */
public final class Faults {

  private static final long MEBIBYTE = 1 << 20;

  private Faults() {}

  /** The fault that is written; it must be {@linkplain #validate valid}. */
  public static Fault of(FaultConfiguration written) {
    List<Supplier<Fault>> faults = new ArrayList<>();
    add(faults, written.kill(), ending -> ServiceFaults.kill(ending, false));
    add(faults, written.stop(), ending -> ServiceFaults.kill(ending, true));
    add(faults, written.pause(), ServiceFaults::pause);
    add(faults, written.restart(), ServiceFaults::restart);
    add(
        faults,
        written.cpu(),
        cpu -> cpu.busy() == null ? ServiceFaults.quota(cpu) : MachineFaults.busy(cpu));
    add(
        faults,
        written.memory(),
        memory -> memory.hold() == null ? ServiceFaults.limit(memory) : MachineFaults.hold(memory));
    add(faults, written.disk(), MachineFaults::disk);
    add(faults, written.inodes(), MachineFaults::inodes);
    add(faults, written.readOnly(), MachineFaults::readOnly);
    add(faults, written.clock(), ServiceFaults::clock);
    add(
        faults,
        written.partition(),
        partition ->
            partition.link() == null
                ? MachineFaults.partition(partition)
                : LinkFaults.partition(partition));
    add(faults, written.latency(), LinkFaults::latency);
    add(faults, written.loss(), LinkFaults::loss);
    add(faults, written.bandwidth(), LinkFaults::bandwidth);
    add(faults, written.dns(), ServiceFaults::dns);
    add(faults, written.down(), LinkFaults::down);
    if (faults.size() != 1) {
      throw new IllegalArgumentException("a fault has exactly one key, not " + faults.size());
    }
    return faults.getFirst().get();
  }

  private interface Maker<T> {
    Fault make(T written);
  }

  private static <T> void add(List<Supplier<Fault>> faults, @Nullable T written, Maker<T> maker) {
    if (written != null) {
      faults.add(() -> maker.make(written));
    }
  }

  private static int keys(FaultConfiguration written) {
    int keys = 0;
    for (Object key : all(written)) {
      keys += key == null ? 0 : 1;
    }
    return keys;
  }

  private static @Nullable Object[] all(FaultConfiguration written) {
    return new @Nullable Object[] {
      written.kill(),
      written.stop(),
      written.pause(),
      written.restart(),
      written.cpu(),
      written.memory(),
      written.disk(),
      written.inodes(),
      written.readOnly(),
      written.clock(),
      written.partition(),
      written.latency(),
      written.loss(),
      written.bandwidth(),
      written.dns(),
      written.down()
    };
  }

  /** Reports what the types of the components cannot say. */
  public static void validate(FaultConfiguration written, Consumer<Problem> problems) {
    int keys = keys(written);
    if (keys != 1) {
      problems.accept(
          wrong(
              written.place(),
              keys == 0
                  ? "the fault does not say what is broken"
                  : "the fault has " + keys + " keys",
              "write exactly one of: kill, stop, pause, restart, cpu, memory, disk, inodes, read"
                  + " only, clock, partition, latency, loss, bandwidth, dns, down"));
      return;
    }
    cpu(written.cpu(), problems);
    memory(written.memory(), problems);
    partition(written.partition(), problems);
    FaultConfiguration.Loss loss = written.loss();
    if (loss != null && (loss.share().ratio() <= 0 || loss.share().ratio() >= 1)) {
      problems.accept(
          wrong(
              loss.place(),
              "a loss of " + loss.share() + " is none, or is a partition",
              "write more than 0 % and less than 100 %, or `partition`"));
    }
    FaultConfiguration.Latency latency = written.latency();
    if (latency != null && (latency.by().isNegative() || latency.by().isZero())) {
      problems.accept(
          wrong(latency.place(), "a latency of " + latency.by() + " is none", "write more than 0"));
    }
    FaultConfiguration.ClockShift clock = written.clock();
    if (clock != null && clock.by().isZero()) {
      problems.accept(wrong(clock.place(), "the clock is not wrong", "write how far, such as 1h"));
    }
    FaultConfiguration.Bandwidth bandwidth = written.bandwidth();
    if (bandwidth != null) {
      LinkFaults.validate(bandwidth, problems);
    }
  }

  private static void cpu(@Nullable Cpu cpu, Consumer<Problem> problems) {
    if (cpu == null) {
      return;
    }
    Integer busy = cpu.busy();
    boolean whole = busy != null && cpu.service() == null && cpu.quota() == null;
    boolean one = busy == null && cpu.service() != null && cpu.quota() != null;
    if (!whole && !one) {
      problems.accept(
          wrong(cpu.place(), "cpu is not complete", "write `busy`, or `service` and `quota`"));
    } else if (busy != null && (busy < 1 || busy > 1024)) {
      problems.accept(wrong(cpu.place(), busy + " busy processors", "write 1 to 1024"));
    } else if (cpu.quota() != null && cpu.quota().ratio() < 0.01) {
      problems.accept(
          wrong(
              cpu.place(),
              "a quota of " + cpu.quota() + " is too little for the kernel",
              "write 1 % or more, or `pause` the service"));
    }
  }

  private static void memory(@Nullable Memory memory, Consumer<Problem> problems) {
    if (memory == null) {
      return;
    }
    boolean whole = memory.hold() != null && memory.service() == null && memory.limit() == null;
    boolean one = memory.hold() == null && memory.service() != null && memory.limit() != null;
    if (!whole && !one) {
      problems.accept(
          wrong(
              memory.place(), "memory is not complete", "write `hold`, or `service` and `limit`"));
    } else if (memory.limit() != null && memory.limit().bytes() < MEBIBYTE) {
      problems.accept(wrong(memory.place(), "a limit of " + memory.limit(), "write 1 MiB or more"));
    }
  }

  private static void partition(@Nullable Partition partition, Consumer<Problem> problems) {
    if (partition == null) {
      return;
    }
    Integer port = partition.port();
    if ((partition.link() == null) == (port == null)) {
      problems.accept(
          wrong(partition.place(), "the partition is not complete", "write `link`, or `port`"));
    } else if (port != null && (port < 1 || port > 65_535)) {
      problems.accept(wrong(partition.place(), "port " + port, "write 1 to 65535"));
    }
    String peer = partition.peer();
    if (peer != null
        && (partition.link() != null || !peer.matches("[0-9a-fA-F.:]{2,45}(/\\d+)?"))) {
      problems.accept(
          wrong(
              partition.place(),
              "the peer '" + peer + "' is no address, or stands with a link",
              "write an address such as 10.0.0.7, together with `port`"));
    }
  }

  private static Problem wrong(Place place, String what, String mend) {
    return ChaosProblems.WRONG_FAULT.at(place, what, mend);
  }

  /** The services and links that it names. */
  public static List<Reference> references(FaultConfiguration written) {
    List<Reference> references = new ArrayList<>();
    if (keys(written) == 1) {
      Fault fault = of(written);
      for (String target : fault.targets()) {
        String name = target.substring(target.indexOf(':') + 1);
        if (target.startsWith("service:")) {
          references.add(new Reference("services", name, fault.place()));
        } else if (target.startsWith("link:")) {
          references.add(new Reference("links", name, fault.place()));
        }
      }
    }
    return references;
  }

  /** How what faults wrote into the journal is undone. */
  public static List<UndoAction> undoActions() {
    return List.of(
        new Pause(),
        new Ended(),
        new Quota(ControlGroups.ofMachine()),
        new WriteProtection(),
        new FullDisk(),
        new NoInodes(),
        new PacketFilter(),
        new InsideJava(),
        new FakeTime());
  }

  /** What the machine lets faults do. */
  public static List<Facility> facilities() {
    return Powers.facilities();
  }
}
