package dev.assay.observe.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which monitors are due. What was missed (the process was down, the machine slept) is carried out
 * once, at once, and the rest of it counted; what comes due while the same monitor still runs is
 * left out and counted. Pure: it is told the time. For one thread.
 */
public final class Clockwork {

  /** How many missed moments are counted at the most. */
  private static final int MOST_COUNTED = 100_000;

  private final Map<String, Hand> hands = new LinkedHashMap<>();

  /** One monitor's place. */
  private static final class Hand {
    private final MonitorSchedule schedule;
    private @Nullable Instant moment;
    private boolean running;
    private long overlaps;
    private long misfires;

    Hand(MonitorSchedule schedule) {
      this.schedule = schedule;
    }
  }

  /**
   * A monitor that is due.
   *
   * @param monitor its name
   * @param moment the moment it is due at, without jitter
   * @param missed how many moments before that were missed
   */
  public record Due(String monitor, Instant moment, int missed) {}

  /**
   * How often it did not go as planned.
   *
   * @param misfires moments that were missed
   * @param overlaps moments at which the one before still ran
   */
  public record Counts(long misfires, long overlaps) {}

  /**
   * Adds a monitor.
   *
   * @param last when it was carried out last; null where it never was
   * @param now the time
   */
  public void add(String monitor, MonitorSchedule schedule, @Nullable Instant last, Instant now) {
    Hand hand = new Hand(schedule);
    hand.moment = schedule.next(last == null || last.isAfter(now) ? now : last);
    hands.put(monitor, hand);
  }

  /** What is due now. Each of them runs until {@link #ended}. */
  public List<Due> due(Instant now) {
    List<Due> due = new ArrayList<>();
    hands.forEach((name, hand) -> {
      Instant moment = hand.moment;
      if (moment == null || hand.schedule.jittered(moment).isAfter(now)) {
        return;
      }
      // With jitter the newest moment may still be ahead of its own jitter: it is then taken now.
      int later = hand.schedule.between(moment, now, MOST_COUNTED);
      hand.moment = hand.schedule.next(now);
      if (hand.running) {
        hand.overlaps += later + 1L;
        return;
      }
      hand.misfires += later;
      hand.running = true;
      due.add(new Due(name, moment, later));
    });
    return due;
  }

  /** A monitor's check ended. */
  public void ended(String monitor) {
    Hand hand = hands.get(monitor);
    if (hand != null) {
      hand.running = false;
    }
  }

  /** When the next is due; null where none ever is again. */
  public @Nullable Instant next() {
    return hands.values().stream()
        .map(hand -> hand.moment == null ? null : hand.schedule.jittered(hand.moment))
        .filter(moment -> moment != null)
        .min(Instant::compareTo)
        .orElse(null);
  }

  /** How often a monitor did not go as planned. */
  public Counts counts(String monitor) {
    Hand hand = hands.get(monitor);
    return hand == null ? new Counts(0, 0) : new Counts(hand.misfires, hand.overlaps);
  }
}
