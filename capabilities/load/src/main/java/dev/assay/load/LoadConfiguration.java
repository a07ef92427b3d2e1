package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Rate;
import dev.assay.api.value.Share;
import dev.assay.api.value.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a load check is written. Immutable. The model is written in the short form ({@code rate} or
 * {@code users} with {@code for}), or as {@code phases}, or searched with {@code capacity}.
 *
 * @param url the base address instead of the environment's
 * @param protocol what is spoken
 * @param streams requests at once on a connection of HTTP/2
 * @param rate as in a phase
 * @param duration as in a phase
 * @param to as in a phase
 * @param inSteps as in a phase
 * @param spike as in a phase
 * @param arrivals as in a phase
 * @param trace as in a phase
 * @param users as in a phase
 * @param usersTo as in a phase
 * @param thinkTime as in a phase
 * @param passes as in a phase
 * @param warmUp how long before the measurement
 * @param phases the phases
 * @param capacity the search for the highest rate
 * @param connections the most connections at once
 * @param timeout for a connection to open and for each request
 * @param maxWaiting arrivals that may wait for a connection
 * @param maxUsers users under way at once
 * @param headers of every request
 * @param auth how requests are authenticated
 * @param cookies whether users keep cookies
 * @param followRedirects how many
 * @param tls how TLS is spoken
 * @param feeders data for users
 * @param flow the steps of each user
 * @param scenarios several flows by name
 * @param proto files of gRPC's schemas
 * @param protoPaths where their imports are found
 * @param generator how this machine sends
 * @param through the network of each user
 * @param iOwnThisTarget permission for a target elsewhere
 * @param place where it stands
 */
@Doc(
    "Brings users by an open model (arrivals at a rate that the target cannot slow down) or a closed"
        + " one, and measures what they experience.")
public record LoadConfiguration(
    @Doc("The base address, where it is not the environment's url; also unix:/path/of.sock.")
        @Nullable Template url,
    @Doc("What is spoken: http/1.1 or h2 (by ALPN over TLS, else with prior knowledge).")
        @Default("http/1.1")
        String protocol,
    @Doc("The most requests at once on one connection of HTTP/2.") @Default("100") int streams,
    @Doc("Arrivals that begin in a second, such as 500/s. Each runs the whole flow.")
        @Nullable Rate rate,
    @Doc("How long is measured, more than 0 and at most 7 d.") @Key("for")
        @Nullable Duration duration,
    @Doc("The rate changes evenly from 'rate' to this.") @Nullable Rate to,
    @Doc("With 'to': the rate changes in so many equal steps instead.") @Nullable Integer inSteps,
    @Doc("A sudden rise of the rate.") LoadPhase.@Nullable Spike spike,
    @Doc("How arrivals are spread: evenly or as a Poisson process.") @Default("even")
        LoadPhase.Spread arrivals,
    @Doc("A file of recorded arrivals instead of a rate: seconds from the start, or ISO times.")
        @Nullable String trace,
    @Doc("Users who run the flow again and again (closed model).") @Nullable Integer users,
    @Doc("The number of users changes evenly from 'users' to this.") @Nullable Integer usersTo,
    @Doc("The pause of a user between two passes: 1s or 1s..3s.") @Default("0s") String thinkTime,
    @Doc("At most so many passes of all users together.") @Nullable Long passes,
    @Doc("How long the same model runs before it is measured; it is in no statistic.")
        @Default("0s")
        Duration warmUp,
    @Doc("Phases, one after the other, instead of the keys of one.") List<LoadPhase> phases,
    @Doc("Searches the highest rate that meets expectations, instead of a model.")
        @Nullable Capacity capacity,
    @Doc(
            "The most connections open at once to a server. They are opened when they are needed"
                + " and kept.")
        @Default("64")
        int connections,
    @Doc(
            "How long a connection may take to open, and a request to be answered; also how long"
                + " users under way are waited for after the last phase.")
        @Default("10s")
        Duration timeout,
    @Doc(
            "How many arrivals may wait for a free connection. Further ones are dropped, which is"
                + " counted as an error.")
        @Default("10000")
        int maxWaiting,
    @Doc("How many users may be under way at once; further arrivals are dropped.")
        @Default("100000")
        int maxUsers,
    @Doc("Headers of every request; a step's own header of the same name replaces one.")
        Map<String, Template> headers,
    @Doc("How requests are authenticated.") @Nullable Auth auth,
    @Doc("Whether each user keeps the cookies it is given.") @Default("false") boolean cookies,
    @Doc("How many redirects of a request are followed.") @Default("0") int followRedirects,
    @Doc("How TLS is spoken.") @Nullable Tls tls,
    @Doc("Data for users: each pass of a flow takes one record of each feeder that it uses.")
        Map<String, LoadFeeder> feeders,
    @Doc("The steps of each user, carried out in order.") List<LoadStep> flow,
    @Doc("Several flows by name, for phases that name one.") Map<String, List<LoadStep>> scenarios,
    @Doc("Files of gRPC's schemas (.proto or a compiled descriptor set).") List<String> proto,
    @Doc("Folders in which the imports of schemas are found.") List<String> protoPaths,
    @Doc("How this machine sends, where the best is not to be chosen.")
        @Nullable Generator generator,
    @Doc("The network that each user is on: a link of its own, with a connection of its own.")
        @Nullable LoadThrough through,
    @Doc(
            "Says that you may put load on a target that is neither this machine nor an environment"
                + " of the workspace; needed above 50/s.")
        @Default("false")
        boolean iOwnThisTarget,
    Place place) {

  /**
   * How this machine sends.
   *
   * @param loops how many event loops; null for as many as the load needs
   * @param sockets how sockets are reached
   */
  @Doc("How this machine sends. None of it is needed: what is best here is chosen.")
  public record Generator(
      @Doc("How many event loops share the work, 1 to 1024; as many as it needs where not written.")
          @Nullable Integer loops,
      @Doc("How sockets are reached: the best there is, or one by name.") @Default("best")
          Reach sockets) {

    /** How sockets are reached. */
    public enum Reach {
      /** The best that this machine has. */
      BEST,
      /** Epoll, on Linux. */
      EPOLL,
      /** io_uring, on newer Linux. */
      IO_URING,
      /** The JDK's own, everywhere. */
      NIO
    }
  }

  /**
   * How requests are authenticated.
   *
   * @param basic user and password
   * @param bearer a token
   */
  @Doc("How requests are authenticated: basic or bearer.")
  public record Auth(
      @Doc("User and password (RFC 7617).") @Nullable Basic basic,
      @Doc("A token (RFC 6750).") @Nullable Template bearer) {

    /**
     * User and password.
     *
     * @param user the user
     * @param password the password
     */
    @Doc("User and password.")
    public record Basic(
        @Doc("The name of the user.") Template user, @Doc("The password.") Template password) {}
  }

  /**
   * How TLS is spoken.
   *
   * @param trust certificates that are trusted
   * @param certificate the client's certificates
   * @param key the client's key
   * @param serverName the name that is asked for and checked
   * @param insecure whether any certificate is accepted
   * @param resume whether sessions are resumed
   * @param provider which implementation
   */
  @Doc("How TLS is spoken.")
  public record Tls(
      @Doc("A file of PEM certificates that are trusted instead of the usual ones.")
          @Nullable String trust,
      @Doc("A file with the client's PEM certificate and its chain.") @Nullable String certificate,
      @Doc("A file with the client's PEM key (PKCS #8).") @Nullable String key,
      @Doc("The name that is asked for (SNI) and checked, where it is not the host's.")
          @Nullable String serverName,
      @Doc("Whether any certificate for any host is accepted.") @Default("false") boolean insecure,
      @Doc("Whether new connections resume an earlier session.") @Default("true") boolean resume,
      @Doc("Which implementation: boringssl where there is one for this machine, or the jdk's.")
          @Default("best")
          Provider provider) {

    /** Which implementation of TLS. */
    public enum Provider {
      /** BoringSSL where there is one, else the JDK's. */
      BEST,
      /** BoringSSL. */
      BORINGSSL,
      /** The JDK's. */
      JDK
    }
  }

  /**
   * The search for the highest rate that meets expectations.
   *
   * @param from the lowest rate
   * @param to the highest rate
   * @param each how long each rate is tried
   * @param within how exact the answer should be
   * @param meets what must hold
   * @param probes the most rates
   * @param atMost how long the search may take
   */
  @Doc("Searches the highest rate that still meets expectations.")
  public record Capacity(
      @Doc("The rate it begins with.") Rate from,
      @Doc("The highest rate it tries.") Rate to,
      @Doc("How long each rate is tried.") @Default("10s") Duration each,
      @Doc("How exact the answer should be.") @Default("5 %") Share within,
      @Doc("What must hold, such as latency.p99: < 50 ms.") Map<String, Comparison> meets,
      @Doc("How many rates are tried at most, 1 to 200.") @Default("30") int probes,
      @Doc(
              "How long the search may take; the check's own timeout (10 min) ends it without an answer.")
          @Default("8 min")
          Duration atMost,
      @Doc("A rate to plan for: how many targets like this one it takes is told.")
          @Nullable Rate planFor,
      @Doc("What one such target costs an hour, in any currency; with 'plan for'.")
          @Nullable Double hourlyCost) {

    /** Copies the map. */
    public Capacity {
      meets = Collections.unmodifiableMap(new LinkedHashMap<>(meets));
    }
  }

  /** Copies the collections. */
  public LoadConfiguration {
    phases = List.copyOf(phases);
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    feeders = Collections.unmodifiableMap(new LinkedHashMap<>(feeders));
    flow = List.copyOf(flow);
    scenarios = Collections.unmodifiableMap(new LinkedHashMap<>(scenarios));
    proto = List.copyOf(proto);
    protoPaths = List.copyOf(protoPaths);
  }

  /** What is spoken: gRPC needs HTTP/2, whatever is written. */
  String spoken() {
    boolean calls =
        flow.stream().anyMatch(LoadStep::callsGrpc)
            || scenarios.values().stream().flatMap(List::stream).anyMatch(LoadStep::callsGrpc);
    return calls ? "h2" : protocol;
  }

  /** The same at the lowest rate of a search, to compile what all its probes share. */
  LoadConfiguration probing(Capacity search) {
    LoadPhase lowest =
        new LoadPhase(
            null,
            search.from(),
            null,
            null,
            null,
            arrivals,
            null,
            null,
            null,
            "0s",
            null,
            search.each(),
            null,
            false,
            false,
            place);
    return modelled(lowest, Duration.ZERO, List.of());
  }

  /** The same with its last phases going on until so much has passed since the first began. */
  LoadConfiguration lasting(Duration whole) {
    if (shortForm()) {
      LoadPhase longer =
          new LoadPhase(
              null, rate, to, inSteps, spike, arrivals, trace, users, usersTo, thinkTime, null,
              whole, null, false, false, place);
      return modelled(longer, warmUp, List.of());
    }
    List<LoadPhase> longer = new ArrayList<>(phases);
    for (int i = longer.size() - 1; i >= 0; i--) {
      longer.set(i, longer.get(i).lasting(whole));
      if (!longer.get(i).alongside()) {
        break;
      }
    }
    return modelled(null, warmUp, longer);
  }

  /** The same with another model: one phase in the short form, or several. */
  private LoadConfiguration modelled(
      @Nullable LoadPhase one, Duration before, List<LoadPhase> several) {
    return new LoadConfiguration(
        url,
        protocol,
        streams,
        one == null ? null : one.rate(),
        one == null ? null : one.duration(),
        one == null ? null : one.to(),
        one == null ? null : one.inSteps(),
        one == null ? null : one.spike(),
        arrivals,
        one == null ? null : one.trace(),
        one == null ? null : one.users(),
        one == null ? null : one.usersTo(),
        one == null ? "0s" : one.thinkTime(),
        one == null ? null : one.passes(),
        before,
        several,
        capacity,
        connections,
        timeout,
        maxWaiting,
        maxUsers,
        headers,
        auth,
        cookies,
        followRedirects,
        tls,
        feeders,
        flow,
        scenarios,
        proto,
        protoPaths,
        generator,
        through,
        iOwnThisTarget,
        place);
  }

  /** Whether a model is written in the short form. */
  boolean shortForm() {
    return rate != null || trace != null || users != null;
  }

  /** The phases, those of the short form included. */
  List<LoadPhase> model() {
    if (!shortForm()) {
      return phases;
    }
    List<LoadPhase> model = new ArrayList<>();
    if (warmUp.isPositive()) {
      // The warm-up has the rate that the measurement begins with.
      model.add(
          new LoadPhase(
              "warm up", rate, null, null, null, arrivals, null, users, null, thinkTime, null,
              warmUp, null, true, false, place));
    }
    model.add(
        new LoadPhase(
            null, rate, to, inSteps, spike, arrivals, trace, users, usersTo, thinkTime, passes,
            duration, null, false, false, place));
    return model;
  }
}
