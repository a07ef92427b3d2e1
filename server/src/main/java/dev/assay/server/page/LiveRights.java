package dev.assay.server.page;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends those away who watch a run and may not look at it any more: a role holds for what is open,
 * too. Asked once for all that one member watches. Thread-safe.
 */
final class LiveRights {

  private static final Logger LOG = LoggerFactory.getLogger(LiveRights.class);

  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * Who watches, and as what.
   *
   * @param name the same for all that may do the same
   * @param may whether they still may look; asks the database
   */
  record Watcher(String name, BooleanSupplier may) {}

  /** Looks, on another thread. */
  void look(List<LiveViewer> viewers, Executor elsewhere) {
    if (!viewers.isEmpty() && busy.compareAndSet(false, true)) {
      try {
        elsewhere.execute(() -> look(viewers));
      } catch (RejectedExecutionException over) {
        busy.set(false);
      }
    }
  }

  private void look(List<LiveViewer> viewers) {
    try {
      Map<String, Boolean> known = new HashMap<>();
      for (LiveViewer viewer : viewers) {
        Watcher who = viewer.watcher();
        if (!known.computeIfAbsent(who.name(), _ -> who.may().getAsBoolean())) {
          viewer.complete(); // a browser asks again, and is told
        }
      }
    } catch (RuntimeException away) {
      LOG.debug("nobody can say who may watch", away); // whoever was let in stays until it can
    } finally {
      busy.set(false);
    }
  }
}
