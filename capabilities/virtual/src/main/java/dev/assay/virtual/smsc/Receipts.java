package dev.assay.virtual.smsc;

import dev.assay.smpp.text.MessageState;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Which receipts a virtual SMSC sends. Immutable.
 *
 * @param after how long after the answer to the submit
 * @param states how likely each final state is; what is left of 1 is DELIVERED
 * @param duplicates the share that comes twice
 * @param missing the share that never comes
 * @param early the share that comes before the answer to its submit
 * @param malformed the share whose text is cut and garbled
 * @param ids how the id is written in receipts
 * @param optional whether the optional parameters say it, too
 */
public record Receipts(
    Delay after,
    Map<MessageState, Double> states,
    double duplicates,
    double missing,
    double early,
    double malformed,
    Ids ids,
    boolean optional) {

  /** How ids are written. */
  public enum Ids {
    /** The same decimal digits in answers and receipts. */
    DECIMAL,
    /** The same hexadecimal digits in both. */
    HEX,
    /** Hexadecimal in the answer, decimal in the receipt. */
    HEX_THEN_DECIMAL
  }

  /** DELIVRD at once for all. */
  public static Receipts prompt() {
    return new Receipts(Delay.NONE, Map.of(), 0, 0, 0, 0, Ids.DECIMAL, true);
  }

  /** Copies the map. */
  public Receipts {
    states = states.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(states));
  }

  /** One of the states. */
  MessageState state(SplittableRandom random) {
    double point = random.nextDouble();
    for (MessageState state : MessageState.values()) {
      point -= states.getOrDefault(state, 0.0);
      if (point < 0) {
        return state;
      }
    }
    return MessageState.DELIVERED;
  }
}
