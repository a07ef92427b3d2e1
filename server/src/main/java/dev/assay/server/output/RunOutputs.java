package dev.assay.server.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The newest lines that runs print, of the {@value #RUNS} runs that printed last: some 512 KiB each
 * at the most. In memory only: a server that starts anew has what is printed from then on.
 * Thread-safe.
 */
@Component
public final class RunOutputs {

  /** Of so many runs lines are kept. */
  static final int RUNS = 64;

  private record Key(String project, String run) {}

  private final ReentrantLock lock = new ReentrantLock();

  /** The one that printed longest ago first. */
  private final Map<Key, RunOutput> outputs = new LinkedHashMap<>();

  /** Of no run at first. */
  public RunOutputs() {}

  /**
   * Takes lines.
   *
   * @param after the place behind which they stand, 0 for none
   * @return the place of the last line of the run
   */
  public long take(String project, String run, long after, List<PrintedLine> lines) {
    if (lines.isEmpty()) {
      return last(project, run);
    }
    RunOutput output;
    lock.lock();
    try {
      Key key = new Key(project, run);
      RunOutput known = outputs.remove(key);
      output = known == null ? new RunOutput() : known;
      var _ = outputs.put(key, output);
      if (outputs.size() > RUNS) {
        var _ = outputs.remove(outputs.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
    return output.take(after, lines);
  }

  private @Nullable RunOutput find(String project, String run) {
    lock.lock();
    try {
      return outputs.get(new Key(project, run));
    } finally {
      lock.unlock();
    }
  }

  /** The place of the last line of a run; 0 where there is none. */
  public long last(String project, String run) {
    RunOutput output = find(project, run);
    return output == null ? 0 : output.last();
  }

  /** The newest lines of a run behind a place, at most so many, the oldest of them first. */
  public List<PrintedLine> newest(String project, String run, long after, int most) {
    RunOutput output = find(project, run);
    return output == null ? List.of() : output.newest(after, most);
  }

  /** The oldest lines of a run behind a place that are still there, at most so many. */
  public List<PrintedLine> oldest(String project, String run, long after, int most) {
    RunOutput output = find(project, run);
    return output == null ? List.of() : output.oldest(after, most);
  }

  /** How many characters of a project are kept. */
  public long characters(String project) {
    lock.lock();
    try {
      return outputs.entrySet().stream()
          .filter(held -> held.getKey().project().equals(project))
          .mapToLong(held -> held.getValue().characters())
          .sum();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what a run printed. */
  public void forget(String project, String run) {
    lock.lock();
    try {
      var _ = outputs.remove(new Key(project, run));
    } finally {
      lock.unlock();
    }
  }
}
