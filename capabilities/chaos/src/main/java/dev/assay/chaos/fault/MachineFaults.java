package dev.assay.chaos.fault;

import dev.assay.api.problem.Place;
import dev.assay.api.value.Size;
import dev.assay.api.value.Template;
import dev.assay.chaos.ChaosProblems;
import dev.assay.chaos.fault.FaultConfiguration.Cpu;
import dev.assay.chaos.fault.FaultConfiguration.Disk;
import dev.assay.chaos.fault.FaultConfiguration.Inodes;
import dev.assay.chaos.fault.FaultConfiguration.Memory;
import dev.assay.chaos.fault.FaultConfiguration.Partition;
import dev.assay.chaos.fault.FaultConfiguration.ReadOnly;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Faults of the machine: of its processors, memory, file systems and packet filter. */
final class MachineFaults {

  private static final long MOST_ROOM = 4L << 30;
  private static final long MOST_INODES = 1_000_000;

  private MachineFaults() {}

  /** A name that no other fault has. */
  static String unique(FaultContext context) {
    return "assay-"
        + ProcessHandle.current().pid()
        + "-"
        + Long.toHexString(context.clock().nanos());
  }

  /** Whether a folder has such a name. */
  static boolean isUnique(Path folder) {
    return folder.getFileName() != null
        && folder.getFileName().toString().matches("assay-\\d+-[0-9a-f]+");
  }

  static Fault busy(Cpu written) {
    int processors = Objects.requireNonNull(written.busy());
    return new WrittenFault(
        "cpu",
        "keep " + processors + " processors busy",
        Set.of("machine"),
        written.place(),
        context -> new Pressure(context, "cpu", processors).prepared(),
        intensity ->
            busy(
                new Cpu(
                    (int) Math.max(1, Math.round(processors * intensity)),
                    null,
                    null,
                    written.place())));
  }

  static Fault hold(Memory written) {
    Size size = Objects.requireNonNull(written.hold());
    return new WrittenFault(
        "memory",
        "hold " + size + " of memory",
        Set.of("machine"),
        written.place(),
        context -> {
          long most = Pressure.mostMemory();
          if (size.bytes() > most) {
            throw ChaosProblems.TOO_DANGEROUS.failure(
                written.place(),
                "holding " + size + " would leave too little memory to this machine",
                "write at most " + new Size(Math.max(0, most)));
          }
          return new Pressure(context, "memory", size.bytes()).prepared();
        },
        intensity ->
            hold(
                new Memory(
                    new Size(Math.max(1, Math.round(size.bytes() * intensity))),
                    null,
                    null,
                    written.place())));
  }

  static Fault disk(Disk written) {
    return new WrittenFault(
        "disk",
        "fill the file system of " + written.of() + " up to " + written.leave(),
        Set.of("path:" + written.of()),
        written.place(),
        context -> {
          Path folder = harmless(context, written.of(), written.place());
          long room = room(folder, written.place());
          if (room > MOST_ROOM || room <= written.leave().bytes()) {
            throw ChaosProblems.TOO_DANGEROUS.failure(
                written.place(),
                new Size(room) + " are free on the file system of " + folder,
                "use one of which between `leave` and 4 GiB are free, such as a tmpfs of its own");
          }
          return Break.of(
              new FullDisk(),
              Map.of(
                  FullDisk.FILE, folder.resolve("." + unique(context)).toString(),
                  FullDisk.LEAVE, Long.toString(written.leave().bytes())));
        },
        null);
  }

  private static long room(Path folder, Place place) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException broken) {
      throw unreadable(folder, place, broken);
    }
  }

  static Fault inodes(Inodes written) {
    return new WrittenFault(
        "inodes",
        "take the inodes of the file system of " + written.of(),
        Set.of("path:" + written.of()),
        written.place(),
        context -> {
          Path folder = harmless(context, written.of(), written.place());
          SystemCalls.Inodes inodes = inodesOf(folder, written.place());
          if (inodes.total() == 0
              || inodes.free() > MOST_INODES
              || inodes.free() <= written.leave()) {
            throw ChaosProblems.TOO_DANGEROUS.failure(
                written.place(),
                "the file system of "
                    + folder
                    + (inodes.total() == 0
                        ? " has no limit of inodes"
                        : " has " + inodes.free() + " free inodes"),
                "use one with between `leave` and 1000000, such as a tmpfs with nr_inodes");
          }
          return Break.of(
              new NoInodes(),
              Map.of(
                  NoInodes.FOLDER, folder.resolve("." + unique(context)).toString(),
                  NoInodes.LEAVE, Integer.toString(written.leave())));
        },
        null);
  }

  private static SystemCalls.Inodes inodesOf(Path folder, Place place) {
    try {
      return new SystemCalls().inodes(folder);
    } catch (IOException broken) {
      throw unreadable(folder, place, broken);
    }
  }

  /** The folder, on a file system that neither the machine nor the journal needs. */
  private static Path harmless(FaultContext context, Template written, Place place) {
    Path folder = real(context, written, place);
    if (!Files.isDirectory(folder)) {
      throw ChaosProblems.NO_TARGET.failure(
          place, "'" + folder + "' is no folder", "name a folder of the file system");
    }
    try {
      FileStore store = Files.getFileStore(folder);
      if (store.equals(Files.getFileStore(Path.of("/")))
          || store.equals(Files.getFileStore(context.folder()))
          || store.equals(Files.getFileStore(context.scratch()))) {
        throw ChaosProblems.TOO_DANGEROUS.failure(
            place,
            "'" + folder + "' is on the file system of this machine or of the workspace",
            "use a file system of its own, such as a tmpfs or a loop file");
      }
      return folder;
    } catch (IOException broken) {
      throw unreadable(folder, place, broken);
    }
  }

  private static RuntimeException unreadable(Path folder, Place place, IOException broken) {
    return ChaosProblems.NO_TARGET.failure(
        place, "'" + folder + "' cannot be looked at: " + broken.getMessage(), "allow reading it");
  }

  private static Path real(FaultContext context, Template written, Place place) {
    Path path = context.folder().resolve(context.fill(written));
    try {
      return path.toRealPath();
    } catch (IOException missing) {
      throw ChaosProblems.NO_TARGET.failure(
          place, "there is no '" + path + "'", "create it before the fault, or correct the path");
    }
  }

  static Fault readOnly(ReadOnly written) {
    return new WrittenFault(
        "read only",
        "let nobody write to " + written.path(),
        Set.of("path:" + written.path()),
        written.place(),
        context -> {
          Path path = real(context, written.path(), written.place());
          if (!Powers.mounts() && Powers.writesEverywhere()) {
            throw ChaosProblems.NOT_ALLOWED.failure(
                written.place(),
                "permissions do not bind root, and this root may not mount",
                "run as an ordinary user, or as root with CAP_SYS_ADMIN");
          }
          try {
            WriteProtection protection = new WriteProtection();
            Map<String, String> details = WriteProtection.details(path, Powers.mounts());
            if (protection.look(details).seen()) {
              throw ChaosProblems.NO_TARGET.failure(
                  written.place(), "'" + path + "' cannot be written already", "name another one");
            }
            return Break.of(protection, details);
          } catch (IOException broken) {
            throw unreadable(path, written.place(), broken);
          }
        },
        null);
  }

  static Fault partition(Partition written) {
    int port = Objects.requireNonNull(written.port());
    return new WrittenFault(
        "partition",
        "drop packets of port " + port,
        Set.of("port:" + port),
        written.place(),
        context -> {
          String tool =
              PacketFilter.tool()
                  .orElseThrow(() ->
                      ChaosProblems.NOT_ALLOWED.failure(
                          written.place(),
                          "there is no packet filter that Assay may use",
                          "run as root with nftables or iptables, or put a link of the workspace"
                              + " between and name that"));
          return Break.of(
              new PacketFilter(),
              PacketFilter.details(
                  unique(context).replace('-', '_'),
                  tool,
                  port,
                  written.peer(),
                  written.direction()));
        },
        null);
  }
}
