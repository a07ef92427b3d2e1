package dev.assay.chaos.fault;

import dev.assay.chaos.fault.FaultConfiguration.Direction;
import dev.assay.chaos.fault.Injected.Effect;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Drops packets of a port by the machine's packet filter: with nft in a table of its own, which is
 * mended by deleting the table; with iptables by rules that carry the fault's name.
 */
final class PacketFilter implements Breakage {

  private static final String NAME = "name";
  private static final String TOOL = "tool";
  private static final String PORT = "port";
  private static final String PEER = "peer";
  private static final String UP = "up";
  private static final String DOWN = "down";

  @Override
  public String kind() {
    return "chaos-packets";
  }

  /** {@code nft} or {@code iptables}, whichever this machine has and lets us use. */
  static Optional<String> tool() {
    if (works("nft", "list", "tables")) {
      return Optional.of("nft");
    }
    return works("iptables", "-w", "2", "-S", "OUTPUT")
        ? Optional.of("iptables")
        : Optional.empty();
  }

  private static boolean works(String... words) {
    try {
      return onPath(words[0]) && run(null, words).code() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin", "/sbin"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder.isEmpty() ? "." : folder, program)));
  }

  static Map<String, String> details(
      String name, String tool, int port, @Nullable String peer, Direction direction) {
    return Map.of(
        NAME,
        name,
        TOOL,
        tool,
        PORT,
        Integer.toString(port),
        PEER,
        peer == null ? "" : peer,
        UP,
        Boolean.toString(direction != Direction.DOWN),
        DOWN,
        Boolean.toString(direction != Direction.UP));
  }

  @Override
  public void make(Map<String, String> details) throws IOException {
    if (nft(details)) {
      must(run(table(details), "nft", "-f", "-"));
      return;
    }
    for (List<String> rule : rules(details)) {
      List<String> words = new ArrayList<>(List.of("iptables", "-w", "2", "-I"));
      words.addAll(rule);
      must(run(null, words.toArray(String[]::new)));
    }
  }

  private static boolean nft(Map<String, String> details) {
    return "nft".equals(details.get(TOOL));
  }

  /**
   * Packets to the port are dropped where they leave and where they arrive, as a machine filters
   * only its own.
   */
  private static String table(Map<String, String> details) {
    String peer = details.getOrDefault(PEER, "");
    String family = peer.contains(":") ? "ip6" : "ip";
    String to = peer.isEmpty() ? "" : family + " daddr " + peer + " ";
    String from = peer.isEmpty() ? "" : family + " saddr " + peer + " ";
    String port = details.get(PORT);
    StringBuilder text = new StringBuilder("table inet " + details.get(NAME) + " {\n");
    for (String hook : List.of("input", "output")) {
      text.append("chain ").append(hook).append(" { type filter hook ").append(hook);
      text.append(" priority -10; policy accept;\n");
      if (Boolean.parseBoolean(details.get(UP))) {
        text.append(to).append("meta l4proto { tcp, udp } th dport ").append(port);
        text.append(" counter drop\n");
      }
      if (Boolean.parseBoolean(details.get(DOWN))) {
        text.append(from).append("meta l4proto { tcp, udp } th sport ").append(port);
        text.append(" counter drop\n");
      }
      text.append("}\n");
    }
    return text.append("}\n").toString();
  }

  private static List<List<String>> rules(Map<String, String> details) {
    List<List<String>> rules = new ArrayList<>();
    for (String chain : List.of("INPUT", "OUTPUT")) {
      for (String protocol : List.of("tcp", "udp")) {
        for (String way : List.of(UP, DOWN)) {
          if (Boolean.parseBoolean(details.get(way))) {
            rules.add(rule(details, chain, protocol, way.equals(UP)));
          }
        }
      }
    }
    return rules;
  }

  private static List<String> rule(
      Map<String, String> details, String chain, String protocol, boolean up) {
    List<String> words = new ArrayList<>(List.of(chain, "-p", protocol));
    String peer = details.getOrDefault(PEER, "");
    if (!peer.isEmpty()) {
      words.addAll(List.of(up ? "-d" : "-s", peer));
    }
    words.addAll(List.of(up ? "--dport" : "--sport", details.getOrDefault(PORT, "")));
    words.addAll(List.of("-m", "comment", "--comment", details.getOrDefault(NAME, "")));
    words.addAll(List.of("-j", "DROP"));
    return words;
  }

  @Override
  public Effect look(Map<String, String> details) {
    try {
      String name = details.getOrDefault(NAME, "");
      Ended ended =
          nft(details)
              ? run(null, "nft", "list", "table", "inet", name)
              : run(null, "iptables", "-w", "2", "-S");
      boolean there = ended.code() == 0 && ended.text().contains(name);
      return new Effect(
          there,
          (there ? "the packet filter drops packets of port " : "there is no rule for port ")
              + details.get(PORT));
    } catch (IOException broken) {
      return new Effect(false, "the packet filter does not answer: " + broken.getMessage());
    }
  }

  @Override
  public Optional<String> undo(String id, Map<String, String> details) throws IOException {
    if (!look(details).seen()) {
      return Optional.empty();
    }
    if (nft(details)) {
      must(run(null, "nft", "delete", "table", "inet", details.getOrDefault(NAME, "")));
    } else {
      for (List<String> rule : rules(details)) {
        List<String> words = new ArrayList<>(List.of("iptables", "-w", "2", "-D"));
        words.addAll(rule);
        run(null, words.toArray(String[]::new)); // one that was never made is no matter
      }
    }
    if (look(details).seen()) {
      throw new IOException("rules of " + details.get(NAME) + " are still there");
    }
    return Optional.of("let packets of port " + details.get(PORT) + " pass again");
  }

  private record Ended(int code, String text) {}

  private static void must(Ended ended) throws IOException {
    if (ended.code() != 0) {
      throw new IOException(ended.text().lines().findFirst().orElse("exit code " + ended.code()));
    }
  }

  private static Ended run(@Nullable String input, String... words) throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    try (var in = process.getInputStream()) {
      try (var out = process.outputWriter(StandardCharsets.UTF_8)) {
        out.write(input == null ? "" : input);
      }
      String text = new String(in.readNBytes(1 << 16), StandardCharsets.UTF_8);
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IOException(words[0] + " did not end within 10 s");
      }
      return new Ended(process.exitValue(), text);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(words[0] + " was interrupted", interrupted);
    } finally {
      process.destroyForcibly();
    }
  }
}
