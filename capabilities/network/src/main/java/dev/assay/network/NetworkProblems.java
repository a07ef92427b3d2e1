package dev.assay.network;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import dev.assay.network.packet.PacketProblems;
import dev.assay.network.profile.ImportProblems;
import dev.assay.network.toxiproxy.ToxiproxyProblems;
import dev.assay.network.web.WebProblems;
import java.util.ArrayList;
import java.util.List;

/** Every kind of problem that the network room can report. */
public final class NetworkProblems {

  /** A name that is neither a condition of the workspace nor a profile. */
  public static final ProblemType UNKNOWN_PROFILE =
      new ProblemType(
          "ASSAY-NETWORK-001",
          ProblemKind.USER,
          "There is no such network",
          "A network is named by a condition of the workspace or by a profile that Assay knows, such"
              + " as 3g, 4g or satellite. `assay network --profiles` lists them with their figures and"
              + " sources.");

  /** An address that a proxy cannot listen on. */
  public static final ProblemType CANNOT_LISTEN =
      new ProblemType(
          "ASSAY-NETWORK-030",
          ProblemKind.ENVIRONMENT,
          "A proxy cannot listen there",
          "A proxy listens on an address of this machine and a port that nobody else listens on;"
              + " ports below 1024 are for root. Port 0 takes any that is free.");

  /** A text that is no address of a server, or names an unknown host. */
  public static final ProblemType ADDRESS =
      new ProblemType(
          "ASSAY-NETWORK-031",
          ProblemKind.USER,
          "That is no address",
          "An address is a host and a port with a colon between them: 127.0.0.1:5432, localhost:80 or"
              + " [::1]:80. Where a proxy listens, the host may be missing; it is loopback then.");

  /** An option of a command that cannot be used as it is given. */
  public static final ProblemType OPTION =
      new ProblemType(
          "ASSAY-NETWORK-032",
          ProblemKind.USER,
          "An option of a network cannot be used",
          "Times are written with a unit (100ms, 2s), rates as 1.6mbit or '1.6 Mbit/s' (0 for no"
              + " limit), shares as 1%. A delay is given either for the round trip (--rtt) or for each"
              + " way (--delay), its variation either as a standard deviation of the round trip"
              + " (--jitter) or as the most it differs each way (--spread).");

  /** Conditions that begin with each other. */
  static final ProblemType CIRCLE =
      new ProblemType(
          "ASSAY-NETWORK-010",
          ProblemKind.USER,
          "Conditions are like each other in a circle",
          "'like' names the condition that another begins with. Followed from one to the next, it must"
              + " end at a profile or at a condition without 'like'. A condition may have the name of a"
              + " profile and be like it; it then changes the profile for this workspace.");

  /** A value of a condition that no link can have. */
  static final ProblemType CONDITION_VALUE =
      new ProblemType(
          "ASSAY-NETWORK-011",
          ProblemKind.USER,
          "A condition cannot be used as it is written",
          "A value is out of the range that a link can have, or keys exclude each other. Rates are"
              + " 100 bit/s to 1 Tbit/s ('unlimited' lifts one), delays 0 s to 60 s, shares 0 % to"
              + " 100 %. A delay has one distribution: constant, uniform with spread, normal or log"
              + " normal with deviation, pareto with shape or deviation, or percentiles. Losses are a"
              + " share, or have 'bad after' and 'good after'. A direction has a rate or a trace.");

  /** Keys of a link that do not go together. */
  static final ProblemType LINK =
      new ProblemType(
          "ASSAY-NETWORK-033",
          ProblemKind.USER,
          "A link cannot be made of what is written",
          "A link for tcp or udp leads to one server, which `to` names. A link with `protocol: http`"
              + " is a proxy for HTTP: its clients say where they want to go, so it has no `to`, and"
              + " what it demands and refuses stands under `http`.");

  private NetworkProblems() {}

  static List<ProblemType> all() {
    List<ProblemType> all =
        new ArrayList<>(
            List.of(
                UNKNOWN_PROFILE, CIRCLE, CONDITION_VALUE, CANNOT_LISTEN, ADDRESS, OPTION, LINK));
    all.addAll(PacketProblems.all());
    all.addAll(ImportProblems.all());
    all.addAll(WebProblems.all());
    all.addAll(ToxiproxyProblems.all());
    return List.copyOf(all);
  }
}
