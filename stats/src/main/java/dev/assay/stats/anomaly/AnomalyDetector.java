package dev.assay.stats.anomaly;

/**
 * Scores the points of one series as they come, by the past alone. For each of several unlike
 * statistics it knows what has been usual ({@link Past}):
 *
 * <ul>
 *   <li>the step from the points just before;
 *   <li>the distance from the level of the last few hundred;
 *   <li>the distance of the last dozen's level from that;
 *   <li>the spread of the last dozen, and its lack, as of a flat line;
 *   <li>the distance from what is usual at this time of the day and of the week, of a point and of
 *       several ({@link Cycle}), once the series has shown that it follows the clock.
 * </ul>
 *
 * Up and down are separate: a metric that often leaps may never have fallen. How unusual a point is
 * is its most unusual statistic and half of the second, so that where two agree counts for more.
 * One alarm comes for each {@link Episode}. Memory and time of a point are bounded. Not
 * thread-safe.
 *
 * <p>Sources: Lavin and Ahmad, "Evaluating real-time anomaly detection algorithms: the Numenta
 * anomaly benchmark" (ICMLA 2015) for what is asked of it; see also {@link Past}.
 */
public final class AnomalyDetector {

  /** The score from which an alarm is meant: four chances in 10,000, where two statistics agree. */
  public static final double ALARM = 0.54;

  private static final int LEARNING = 50;
  private static final double FAST = 0.7;
  private static final double SLOW = 0.006;
  private static final double SECOND = 0.5;

  /** How unusual a point is that scores one half. */
  private static final double HALF = 4;

  private static final double DAY = 86_400;

  /** How much less is thought of a flat line, and of a single point's time of day. */
  private static final double FLAT = 0.7;

  private static final double SINGLE = 0.8;

  private final Recent recent = new Recent();
  private final Cycle day = new Cycle(DAY, 96);
  private final Cycle week = new Cycle(7 * DAY, 336);
  private final Sides step = new Sides();
  private final Sides distance = new Sides();
  private final Sides level = new Sides();
  private final Past spread = new Past();
  private final Past flat = new Past();
  private final Sides ofDay = new Sides();
  private final Sides levelOfDay = new Sides();
  private final Sides ofWeek = new Sides();
  private final Sides levelOfWeek = new Sides();
  private final Episode episode = new Episode();

  private long count;
  private double fast;
  private double slow;
  private double slowVariance;
  private double most;
  private double second;

  /** What has been usual of a statistic above 0 and below. */
  private static final class Sides {
    private final Past up = new Past();
    private final Past down = new Past();

    double next(double value) {
      double surprise = value > 0 ? up.surprise(value) : down.surprise(-value);
      up.add(value);
      down.add(-value);
      return surprise;
    }
  }

  /**
   * How unusual the next point is.
   *
   * @param seconds its time since 1970
   * @param value NaN or infinite where it is missing: then nothing is learnt
   * @return 0 to 1; at the first points of a series 0
   */
  public double score(double seconds, double value) {
    if (!Double.isFinite(value) || !Double.isFinite(seconds)) {
      return 0;
    }
    if (count == 0) {
      fast = value;
      slow = value;
    }
    recent.add(value);
    day.add(seconds, value);
    week.add(seconds, value);
    most = 0;
    second = 0;
    vote(step.next(value - fast));
    vote(distance.next(value - slow));
    if (recent.full()) {
      voteOfTheLastDozen();
    }
    if (day.known()) {
      vote(SINGLE * ofDay.next(day.residual()));
      vote(levelOfDay.next(day.level()));
    }
    if (week.known() && week.better(day)) {
      vote(ofWeek.next(week.residual()));
      vote(levelOfWeek.next(week.level()));
    }
    learn(value);
    double unusual = most + SECOND * second;
    double told = count <= LEARNING ? 0 : episode.told(unusual, count);
    return told / (told + HALF);
  }

  private void voteOfTheLastDozen() {
    double wide = recent.spread();
    vote(level.next(recent.level() - slow));
    vote(spread.surprise(wide));
    spread.add(wide);
    double usual = Math.sqrt(slowVariance);
    double lack = usual > 0 ? usual / (wide + 1e-6 * usual) : 0;
    vote(FLAT * flat.surprise(lack));
    flat.add(lack);
  }

  private void vote(double surprise) {
    if (surprise > most) {
      second = most;
      most = surprise;
    } else {
      second = Math.max(second, surprise);
    }
  }

  private void learn(double value) {
    count++;
    fast += Math.max(1.0 / count, FAST) * (value - fast);
    double rate = Math.max(1.0 / count, SLOW);
    slow += rate * (value - slow);
    slowVariance += rate * (recent.spread() * recent.spread() - slowVariance);
  }
}
