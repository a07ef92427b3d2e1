package dev.assay.network.packet;

import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.UndoJournal;
import dev.assay.network.link.Condition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A link on packets: a network namespace for clients, joined to another one or to this machine by
 * TUN devices whose packets pass through the link model in this process. Nothing but the kernel's
 * own TCP, UDP and ICMP speaks over it. Thread-safe.
 *
 * <p>The namespaces are in the undo journal before they are made; the devices end with the process.
 */
public final class PacketLink implements AutoCloseable {

  /** What is at the far end. */
  public enum Far {
    /** A namespace of its own, so that client and server see nothing else. */
    NAMESPACE,
    /** This machine: the client reaches what listens on all addresses here, and nothing else. */
    HOST
  }

  /** The block of RFC 2544 for measurements between networks, in links of four addresses. */
  private static final int LINKS = 1 << 15;

  /** One for each letter of a device's name. */
  private static final int ATTEMPTS = 26;

  private final String clientNamespace;
  private final Optional<String> serverNamespace;
  private final String clientAddress;
  private final String serverAddress;
  private final List<UndoJournal.Entry> entries;
  private final PacketRelay relay;

  private PacketLink(Plan plan, List<UndoJournal.Entry> entries, PacketRelay relay) {
    clientNamespace = plan.client();
    serverNamespace = plan.server();
    clientAddress = plan.clientAddress();
    serverAddress = plan.serverAddress();
    this.entries = List.copyOf(entries);
    this.relay = relay;
  }

  /**
   * Names and addresses of one link.
   *
   * @param client the client's namespace
   * @param server the server's, unless it is this machine
   * @param device what both devices' names begin with
   * @param clientAddress of the client
   * @param serverAddress of the server
   */
  private record Plan(
      String client,
      Optional<String> server,
      String device,
      String clientAddress,
      String serverAddress) {

    static Plan of(int number, Far far) {
      long pid = ProcessHandle.current().pid();
      String name = Namespaces.PREFIX + pid + "-" + number;
      // 198.18.0.0/15: spread over the block by process, so that runs side by side differ
      int block = Math.floorMod(pid * 53 + number, LINKS);
      int base = (198 << 24 | 18 << 16) + block * 4;
      return new Plan(
          name + "-client",
          far == Far.NAMESPACE ? Optional.of(name + "-server") : Optional.empty(),
          "asy" + pid % 10_000_000 + (char) ('a' + number),
          address(base + 1),
          address(base + 2));
    }

    private static String address(int bits) {
      return (bits >>> 24)
          + "."
          + (bits >>> 16 & 255)
          + "."
          + (bits >>> 8 & 255)
          + "."
          + (bits & 255);
    }

    String clientDevice() {
      return device + "c";
    }

    String serverDevice() {
      return device + "s";
    }

    /** Whether something of the same name or address is here already. */
    boolean taken() {
      return Namespaces.exists(client)
          || server.isPresent() && Namespaces.exists(server.orElseThrow())
          || !Tool.run("ip", "-o", "address", "show", "to", serverAddress + "/30")
              .output()
              .isBlank();
    }
  }

  /**
   * Makes a link. One at a time in a process, so that two never take the same names.
   *
   * @param condition its first state; up is from the client
   * @param seed of everything random on it
   * @param far what is at the other end
   * @param journal gets the namespaces before they are made
   * @throws dev.assay.api.problem.ProblemException if this machine does not let us; nothing is left
   */
  public static synchronized PacketLink open(
      Condition condition, long seed, Far far, Clock clock, UndoJournal journal) {
    Namespaces.missing()
        .ifPresent(reason -> {
          throw PacketProblems.NOT_HERE.failure(
              Where.named("a link on packets"),
              reason,
              "run as root on Linux with /dev/net/tun, or use a proxy instead");
        });
    Plan plan = free(far);
    List<UndoJournal.Entry> entries = new ArrayList<>();
    PacketRelay relay = null;
    try {
      make(plan.client(), entries, journal);
      plan.server().ifPresent(server -> make(server, entries, journal));
      relay = new PacketRelay(plan.clientDevice(), plan.serverDevice(), condition, seed, clock);
      configure(plan);
      return new PacketLink(plan, entries, relay);
    } catch (RuntimeException | IOException failed) {
      if (relay != null) {
        relay.close();
      }
      removeAll(plan, entries);
      throw failed instanceof RuntimeException known
          ? known
          : PacketProblems.FAILED.failure(
              Where.named("/dev/net/tun"),
              String.valueOf(failed.getMessage()),
              "see `assay doctor` for what this machine allows");
    }
  }

  private static Plan free(Far far) {
    for (int number = 0; number < ATTEMPTS; number++) {
      Plan plan = Plan.of(number, far);
      if (!plan.taken()) {
        return plan;
      }
    }
    throw PacketProblems.FAILED.failure(
        Where.named("198.18.0.0/15"),
        ATTEMPTS + " links are open already, or the addresses are in use",
        "close some, or run `assay mend`");
  }

  private static void make(String namespace, List<UndoJournal.Entry> entries, UndoJournal journal) {
    entries.add(journal.before(NamespaceUndo.KIND, Map.of("namespace", namespace)));
    Namespaces.must("ip", "netns", "add", namespace);
    Namespaces.must("ip", "-n", namespace, "link", "set", "lo", "up");
  }

  private static void configure(Plan plan) {
    end(plan.clientDevice(), Optional.of(plan.client()), plan.clientAddress());
    end(plan.serverDevice(), plan.server(), plan.serverAddress());
    Namespaces.must(
        "ip", "-n", plan.client(), "route", "add", "default", "via", plan.serverAddress());
    plan.server()
        .ifPresent(server ->
            Namespaces.must(
                "ip", "-n", server, "route", "add", "default", "via", plan.clientAddress()));
  }

  private static void end(String device, Optional<String> namespace, String address) {
    // no link-local IPv6: its packets would be on the link, too
    Namespaces.must("ip", "link", "set", device, "addrgenmode", "none");
    namespace.ifPresent(name -> Namespaces.must("ip", "link", "set", device, "netns", name));
    List<String> ip = new ArrayList<>(List.of("ip"));
    namespace.ifPresent(name -> ip.addAll(List.of("-n", name)));
    must(ip, "address", "add", address + "/30", "dev", device);
    must(ip, "link", "set", device, "mtu", "1500", "up");
  }

  private static void must(List<String> ip, String... rest) {
    List<String> words = new ArrayList<>(ip);
    words.addAll(List.of(rest));
    Namespaces.must(words.toArray(String[]::new));
  }

  private static void removeAll(Plan plan, List<UndoJournal.Entry> entries) {
    List<String> names = new ArrayList<>(List.of(plan.client()));
    plan.server().ifPresent(names::add);
    for (int i = 0; i < entries.size(); i++) {
      Namespaces.remove(names.get(i));
      entries.get(i).done();
    }
  }

  /** The client's namespace. */
  public String clientNamespace() {
    return clientNamespace;
  }

  /** The server's namespace; empty where the far end is this machine. */
  public Optional<String> serverNamespace() {
    return serverNamespace;
  }

  /** The client's IPv4 address. */
  public String clientAddress() {
    return clientAddress;
  }

  /** The server's IPv4 address, at which the client reaches it. */
  public String serverAddress() {
    return serverAddress;
  }

  /** The words that run a command in the client's namespace. */
  public List<String> inClient(List<String> command) {
    return in(clientNamespace, command);
  }

  /** The words that run a command at the far end. */
  public List<String> inServer(List<String> command) {
    return serverNamespace.map(name -> in(name, command)).orElse(command);
  }

  private static List<String> in(String namespace, List<String> command) {
    List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    words.addAll(command);
    return List.copyOf(words);
  }

  /** Goes on in another state; what is on its way arrives as it would have. */
  public void change(Condition condition) {
    relay.change(condition);
  }

  /** What has passed from the client. */
  public PacketCounts up() {
    return relay.up();
  }

  /** What has passed to the client. */
  public PacketCounts down() {
    return relay.down();
  }

  /**
   * Ends what still runs in the namespaces, and removes them.
   *
   * @throws IllegalStateException if one remains; it is then in the journal still
   */
  @Override
  public void close() {
    relay.close();
    try {
      Namespaces.remove(clientNamespace);
    } finally {
      serverNamespace.ifPresent(Namespaces::remove);
    }
    entries.forEach(UndoJournal.Entry::done);
  }
}
