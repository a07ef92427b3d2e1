package dev.assay.chaos.fault;

import dev.assay.api.spi.Facility;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What this process may do on this machine. Looks each time. */
final class Powers {

  /** Numbers of capabilities(7). */
  private static final int DAC_OVERRIDE = 1;

  private static final int SYS_ADMIN = 21;

  private Powers() {}

  private static boolean has(int capability) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("CapEff:")) {
          long mask = Long.parseUnsignedLong(line.substring(7).strip(), 16);
          return (mask >> capability & 1) == 1;
        }
      }
    } catch (IOException notLinux) {
      // none
    }
    return false;
  }

  /** Whether it may mount file systems. */
  static boolean mounts() {
    return has(SYS_ADMIN);
  }

  /** Whether permissions of files do not bind it. */
  static boolean writesEverywhere() {
    return has(DAC_OVERRIDE);
  }

  static boolean linux() {
    return Files.isDirectory(Path.of("/proc/self"));
  }

  /** The hierarchy of a controller in which groups can be made. */
  static Optional<ControlGroups.Hierarchy> group(String controller) {
    return ControlGroups.ofMachine()
        .find(controller)
        .filter(hierarchy -> Files.isWritable(hierarchy.root()));
  }

  /** For {@code assay doctor}. */
  static List<Facility> facilities() {
    List<Facility> all = new ArrayList<>();
    add(all, linux(), "signals and /proc, to kill, stop and pause services", "run on Linux");
    for (String controller : List.of("cpu", "memory")) {
      Optional<ControlGroups.Hierarchy> found = group(controller);
      add(
          all,
          found.isPresent(),
          "control groups (cgroup"
              + found.map(one -> one.second() ? " v2" : " v1").orElse("")
              + ") to limit "
              + controller
              + " of services",
          "run as root, with the cgroup file system writable");
    }
    add(
        all,
        mounts() || !writesEverywhere(),
        mounts()
            ? "mounts, to make files read-only"
            : "permissions, to make files read-only for services of this user",
        "run as an ordinary user, or as root with CAP_SYS_ADMIN");
    Optional<String> filter = PacketFilter.tool();
    add(
        all,
        filter.isPresent(),
        "a packet filter" + filter.map(" "::concat).orElse("") + ", to partition ports",
        "run as root with nftables (Debian: apt-get install nftables); links of the workspace can"
            + " be partitioned without");
    add(
        all,
        attaches(),
        "attaching to Java services, to set their clocks and hide names from them",
        "run Assay on a full JDK, with the module jdk.attach");
    return all;
  }

  static boolean attaches() {
    return ModuleLayer.boot().findModule("jdk.attach").isPresent();
  }

  private static void add(List<Facility> all, boolean there, String what, String mend) {
    all.add(new Facility(there, what, there ? "" : mend));
  }
}
