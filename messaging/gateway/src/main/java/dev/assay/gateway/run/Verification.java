package dev.assay.gateway.run;

import dev.assay.gateway.State;
import dev.assay.gateway.store.GatewayStore;
import dev.assay.gateway.store.GatewayStore.Life;
import dev.assay.gateway.store.MessageId;
import dev.assay.gateway.store.StoredEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a look at every message found. Immutable.
 *
 * @param messages how many there are
 * @param states how many are in each state
 * @param resubmitted how often one was sent again in doubt
 * @param orphans how many receipts are of nobody, at least; at most 10,000 are counted
 * @param wrong the first messages that contradict themselves, each in a sentence
 * @param wrongCount how many there are
 */
public record Verification(
    long messages,
    Map<State, Long> states,
    long resubmitted,
    long orphans,
    List<String> wrong,
    long wrongCount) {

  private static final int NAMED = 20;
  private static final int MOST_ORPHANS = 10_000;

  /** Copies the collections. */
  public Verification {
    states = Map.copyOf(states);
    wrong = List.copyOf(wrong);
  }

  /** Whether nothing is wrong. */
  public boolean sound() {
    return wrongCount == 0;
  }

  /** Looks at all messages. */
  public static Verification of(GatewayStore store) {
    Map<State, Long> states = new EnumMap<>(State.class);
    List<String> wrong = new ArrayList<>();
    long[] counts = new long[2];
    long messages =
        store.walk(life -> {
          states.merge(life.message().state(), 1L, Long::sum);
          String says = contradiction(life);
          if (says != null) {
            counts[0]++;
            if (wrong.size() < NAMED) {
              wrong.add(MessageId.text(life.message().id()) + ": " + says);
            }
          }
          for (StoredEvent event : life.events()) {
            counts[1] += event.code().startsWith("resubmitted") ? 1 : 0;
          }
        });
    return new Verification(
        messages, states, counts[1], store.orphans(MOST_ORPHANS).size(), wrong, counts[0]);
  }

  private static @Nullable String contradiction(Life life) {
    List<StoredEvent> events = life.events();
    if (events.isEmpty()) {
      return "it has no events";
    }
    if (events.getFirst().state() != State.ACCEPTED) {
      return "its first event is " + events.getFirst().state().word();
    }
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).step() != i) {
        return "its event " + i + " is missing";
      }
      if (i > 0 && !events.get(i - 1).state().mayBecome(events.get(i).state())) {
        return "it went from "
            + events.get(i - 1).state().word()
            + " to "
            + events.get(i).state().word();
      }
    }
    State last = events.getLast().state();
    if (last != life.message().state()) {
      return "it is " + life.message().state().word() + ", and its last event is " + last.word();
    }
    if (events.size() != life.message().steps()) {
      return "it has " + events.size() + " events, and says " + life.message().steps();
    }
    return null;
  }
}
