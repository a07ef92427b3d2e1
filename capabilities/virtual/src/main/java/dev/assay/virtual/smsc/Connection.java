package dev.assay.virtual.smsc;

import dev.assay.smpp.codec.Command;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What a virtual SMSC keeps for one session; used by the session's thread only. */
final class Connection {

  private final int ordinal;
  private final SplittableRandom random;
  private final Map<Command, Integer> counts = new EnumMap<>(Command.class);
  private final Map<Long, Outgoing> underway = new HashMap<>();
  private int all;
  private @Nullable Account account;
  private Fault.@Nullable Kind twist;

  Connection(int ordinal, SplittableRandom random) {
    this.ordinal = ordinal;
    this.random = random;
  }

  int ordinal() {
    return ordinal;
  }

  SplittableRandom random() {
    return random;
  }

  @Nullable Account account() {
    return account;
  }

  void account(Account bound) {
    account = bound;
  }

  /** What was sent and is not answered yet, by token. */
  Map<Long, Outgoing> underway() {
    return underway;
  }

  /** Counts a PDU. */
  void count(@Nullable Command command) {
    all++;
    if (command != null) {
      counts.merge(command, 1, Integer::sum);
    }
  }

  /** Whether a fault is due at the PDU that was just counted. */
  boolean due(Fault fault, @Nullable Command command) {
    Command on = fault.on();
    if (!fault.counted() || on != null && on != command) {
      return false;
    }
    int count = on == null ? all : counts.getOrDefault(on, 0);
    return fault.every() ? count % fault.number() == 0 : count == fault.number();
  }

  /** What is wrong with the answer to the PDU that is being handled, or null. */
  Fault.@Nullable Kind twist() {
    return twist;
  }

  void twist(Fault.@Nullable Kind kind) {
    twist = kind;
  }
}
