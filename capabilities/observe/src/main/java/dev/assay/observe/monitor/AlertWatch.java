package dev.assay.observe.monitor;

import dev.assay.api.verdict.Decision;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether the results of a monitor make an alert. What is no pass is a failure: a check that could
 * not be carried out proves nothing. For one thread.
 */
public final class AlertWatch {

  private final FlapRule rule;
  private final Deque<Boolean> last = new ArrayDeque<>();
  private int passesInRow;
  private boolean open;

  /** Nothing was seen yet. */
  public AlertWatch(FlapRule rule) {
    this.rule = rule;
  }

  /** What a result changed. */
  public enum Change {
    /** Nothing. */
    NONE,
    /** The alert opened. */
    OPENED,
    /** The alert closed. */
    CLOSED
  }

  /** Takes the next result. */
  public Change take(Decision decision) {
    boolean failed = decision != Decision.PASS;
    last.addLast(failed);
    if (last.size() > rule.of()) {
      last.removeFirst();
    }
    passesInRow = failed ? 0 : passesInRow + 1;
    if (open) {
      if (passesInRow < rule.close()) {
        return Change.NONE;
      }
      open = false;
      last.clear();
      return Change.CLOSED;
    }
    open = failures() >= rule.failures();
    return open ? Change.OPENED : Change.NONE;
  }

  /** How many of the results looked at are no pass. */
  public int failures() {
    return (int) last.stream().filter(failed -> failed).count();
  }

  /** How many results are looked at. */
  public int seen() {
    return last.size();
  }

  /** Whether the alert is open. */
  public boolean open() {
    return open;
  }
}
