package dev.assay.network;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import dev.assay.network.packet.PacketProblems;
import dev.assay.network.profile.ImportProblems;
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

  /** A part of a company's proxy that cannot be what is written. */
  public static final ProblemType WEB_RULE =
      new ProblemType(
          "ASSAY-NETWORK-050",
          ProblemKind.USER,
          "A company's proxy cannot be made of what is written",
          "What a proxy blocks is a host (example.com), all hosts of a domain (*.example.com), an"
              + " address, a network (10.0.0.0/8) or a port (:25). A user comes with a password, and"
              + " its name holds no colon.");

  /** A file of a company's proxy that cannot be read or written. */
  public static final ProblemType WEB_FILE =
      new ProblemType(
          "ASSAY-NETWORK-051",
          ProblemKind.ENVIRONMENT,
          "A certificate file of a company's proxy cannot be used",
          "A proxy that opens TLS writes the certificate of its test CA to the file named by"
              + " `certificate`, whose folder must exist, and trusts the CAs in the file named by"
              + " `trust`, which holds certificates in PEM.");

  /** A populate file whose proxies cannot be made. */
  public static final ProblemType TOXIPROXY_CONFIG =
      new ProblemType(
          "ASSAY-NETWORK-060",
          ProblemKind.USER,
          "The proxies of a Toxiproxy file cannot be made",
          "The file is what toxiproxy-server takes with -config: a JSON array of objects with name,"
              + " listen, upstream and, where it is not to listen yet, enabled: false. Names occur once,"
              + " and every address to listen on must be free.");

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

  private NetworkProblems() {}

  static List<ProblemType> all() {
    List<ProblemType> all =
        new ArrayList<>(
            List.of(
                UNKNOWN_PROFILE,
                CIRCLE,
                CONDITION_VALUE,
                CANNOT_LISTEN,
                ADDRESS,
                WEB_RULE,
                WEB_FILE,
                TOXIPROXY_CONFIG));
    all.addAll(PacketProblems.all());
    all.addAll(ImportProblems.all());
    return List.copyOf(all);
  }
}
