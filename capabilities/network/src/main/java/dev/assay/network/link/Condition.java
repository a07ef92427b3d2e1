package dev.assay.network.link;

/**
 * The state of a network link, both ways. Immutable.
 *
 * @param up from the client to the server
 * @param down from the server to the client
 */
public record Condition(DirectionCondition up, DirectionCondition down) {

  /** Passes everything at once. */
  public static final Condition NONE = both(DirectionCondition.NONE);

  /** Passes nothing. */
  public static final Condition OFFLINE = both(DirectionCondition.NONE.withOffline(true));

  /** The same both ways. */
  public static Condition both(DirectionCondition direction) {
    return new Condition(direction, direction);
  }

  /** The same with another way up. */
  public Condition withUp(DirectionCondition direction) {
    return new Condition(direction, down);
  }

  /** The same with another way down. */
  public Condition withDown(DirectionCondition direction) {
    return new Condition(up, direction);
  }

  /** The mean of a round trip's propagation delay in nanoseconds, without queues. */
  public double roundTrip() {
    return up.delay().mean() + down.delay().mean();
  }

  /**
   * Whether something that streams meet is modelled and not emulated: what TCP makes of losses.
   * Results that rest on it are to be labelled so.
   */
  public boolean modelled() {
    return up.loss().mean() > 0 || down.loss().mean() > 0;
  }
}
