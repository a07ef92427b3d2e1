package dev.assay.network.packet;

import dev.assay.api.problem.Where;
import dev.assay.api.spi.UndoJournal;
import dev.assay.network.link.DirectionCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kernel's own emulation on a device, netem, where the kernel has it: what leaves the device is
 * delayed, lost and limited. Thread-safe.
 */
public final class Qdisc implements AutoCloseable {

  /** What ours is numbered, so that no other is ever removed. */
  static final String HANDLE = "a55a:";

  private final String device;
  private final Optional<String> namespace;
  private final UndoJournal.Entry entry;

  private Qdisc(String device, Optional<String> namespace, UndoJournal.Entry entry) {
    this.device = device;
    this.namespace = namespace;
    this.entry = entry;
  }

  /**
   * Puts netem on a device in place of the queue that it has by default.
   *
   * @param device an interface, such as {@code eth0}
   * @param namespace the namespace that it is in; empty for this process's
   * @param condition of what leaves it
   * @param journal gets the device before anything is changed
   * @throws dev.assay.api.problem.ProblemException if netem has no equal for the condition, if
   *     there is another queue already, or if the kernel does not let us; nothing is changed then
   */
  public static Qdisc open(
      String device,
      Optional<String> namespace,
      DirectionCondition condition,
      UndoJournal journal) {
    List<String> netem = NetemWords.of(condition);
    if (!device.matches("[A-Za-z0-9_.@-]{1,15}")) {
      throw PacketProblems.FAILED.failure(
          Where.named(device), "this is no name of a device", "name one that `ip link` shows");
    }
    Tool.Answer before = Tool.run(tc(namespace, "qdisc", "show", "dev", device, "root"));
    if (!before.fine() || before.output().matches("(?s)qdisc \\S+ (?!0:).*")) {
      throw PacketProblems.FAILED.failure(
          Where.named(device),
          before.fine()
              ? "there is a queue already: " + before.line()
              : "tc says: " + before.line(),
          "name a device without a queue of its own");
    }
    UndoJournal.Entry entry = journal.before(QdiscUndo.KIND, details(device, namespace));
    List<String> words =
        new ArrayList<>(
            tc(namespace, "qdisc", "add", "dev", device, "root", "handle", HANDLE, "netem"));
    words.addAll(netem);
    Tool.Answer answer = Tool.run(words);
    if (!answer.fine()) {
      remove(device, namespace);
      entry.done();
      throw PacketProblems.FAILED.failure(
          Where.named(String.join(" ", words)),
          "the kernel has no netem or refused it: " + answer.line(),
          "load the module sch_netem, or use the link model on packets instead");
    }
    return new Qdisc(device, namespace, entry);
  }

  private static Map<String, String> details(String device, Optional<String> namespace) {
    return namespace
        .map(name -> Map.of("device", device, "namespace", name))
        .orElse(Map.of("device", device));
  }

  private static List<String> tc(Optional<String> namespace, String... rest) {
    List<String> words = new ArrayList<>(List.of("tc"));
    namespace.ifPresent(name -> words.addAll(List.of("-n", name)));
    words.addAll(List.of(rest));
    return words;
  }

  /**
   * Removes ours from a device, and no other.
   *
   * @return what was done, or empty where there is none of ours
   * @throws IllegalStateException if it remains
   */
  static Optional<String> remove(String device, Optional<String> namespace) {
    if (!ours(device, namespace)) {
      return Optional.empty();
    }
    Tool.Answer answer = Tool.run(tc(namespace, "qdisc", "del", "dev", device, "root"));
    if (!answer.fine() && ours(device, namespace)) {
      throw new IllegalStateException("the queue of " + device + " remains: " + answer.line());
    }
    return Optional.of("removed the emulated network from the device " + device);
  }

  private static boolean ours(String device, Optional<String> namespace) {
    return Tool.run(tc(namespace, "qdisc", "show", "dev", device))
        .output()
        .contains(" " + HANDLE + " ");
  }

  /** Gives the device its own queue back. */
  @Override
  public void close() {
    remove(device, namespace);
    entry.done();
  }
}
