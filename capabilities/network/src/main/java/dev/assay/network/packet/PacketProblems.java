package dev.assay.network.packet;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem that links on packets can report. */
public final class PacketProblems {

  static final ProblemType NOT_HERE =
      new ProblemType(
          "ASSAY-NETWORK-012",
          ProblemKind.ENVIRONMENT,
          "This machine does not let Assay link packets",
          "A link on packets needs Linux, the rights of root (CAP_NET_ADMIN and CAP_SYS_ADMIN), the"
              + " program ip of iproute2, and the device /dev/net/tun. In a container give it"
              + " --cap-add NET_ADMIN --cap-add SYS_ADMIN --device /dev/net/tun. `assay doctor` says"
              + " which of them is missing. The proxies of `assay network` need none of it: they put"
              + " the bytes of connections on the same link.");

  static final ProblemType FAILED =
      new ProblemType(
          "ASSAY-NETWORK-013",
          ProblemKind.ENVIRONMENT,
          "A link on packets could not be made",
          "A command of ip or tc that makes namespaces, devices or queues failed, with the message"
              + " shown. What had been made before it was removed again. The usual reason is a missing"
              + " right in a container, or addresses of 198.18.0.0/15 that are already in use here.");

  static final ProblemType NO_NETEM =
      new ProblemType(
          "ASSAY-NETWORK-014",
          ProblemKind.USER,
          "The kernel's netem cannot do what the condition asks",
          "netem has constant, uniform, normal and Pareto delays, rates, independent losses and the"
              + " channel of Gilbert and Elliott. It has no log-normal delay, no percentiles of one's"
              + " own without a compiled table, no traces, no CoDel inside of it, and Pareto delays"
              + " only of shape 3. The link model of Assay has all of them and works on packets too;"
              + " use it instead.");

  private PacketProblems() {}

  /** All of them, for {@code assay explain}. */
  public static List<ProblemType> all() {
    return List.of(NOT_HERE, FAILED, NO_NETEM);
  }
}
