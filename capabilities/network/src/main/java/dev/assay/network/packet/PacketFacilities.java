package dev.assay.network.packet;

import dev.assay.api.spi.Facility;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What this machine lets links on packets do; each is tried in a namespace that is gone at once.
 */
public final class PacketFacilities {

  private static final String RIGHTS =
      "run as root, in a container with --cap-add NET_ADMIN --cap-add SYS_ADMIN";

  private PacketFacilities() {}

  /** Looks at all of them. */
  public static List<Facility> look() {
    return List.of(
        facility(
            "network namespaces (links on packets)",
            RIGHTS + ", and install iproute2",
            "unshare --net ip link set lo up"),
        tun(),
        facility(
            "netem (delay and loss by the kernel)",
            "load the module sch_netem; links on packets work without it",
            "unshare --net tc qdisc add dev lo root netem delay 1ms"),
        facility(
            "tbf (rates by the kernel)",
            "load the module sch_tbf; links on packets work without it",
            "unshare --net tc qdisc add dev lo root tbf rate 1mbit burst 32kb latency 400ms"));
  }

  private static Facility tun() {
    String what = "TUN devices (links on packets)";
    if (!Files.exists(Path.of("/dev/net/tun"))) {
      return new Facility(
          false,
          what + ": there is no /dev/net/tun",
          "load the module tun, in a container --device /dev/net/tun");
    }
    return facility(what, RIGHTS, "unshare --net ip tuntap add dev assay0 mode tun");
  }

  private static Facility facility(String what, String mend, String command) {
    Tool.Answer answer = Tool.run(List.of(command.split(" ")));
    return answer.fine()
        ? new Facility(true, what, "")
        : new Facility(false, what + ": " + answer.line(), mend);
  }
}
