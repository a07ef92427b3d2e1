package dev.assay.server.observe;

import dev.assay.observe.alert.FailingWay;
import dev.assay.observe.alert.Notification;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs when a way by which a project tells people begins to fail, fails otherwise, is given up, and
 * works again; not each attempt. Thread-safe.
 */
final class ToldLog implements BiConsumer<Notification, @Nullable FailingWay> {

  private static final Logger LOG = LoggerFactory.getLogger(ToldLog.class);

  private final String project;
  private final Map<String, String> failing = new ConcurrentHashMap<>();

  ToldLog(String project) {
    this.project = project;
  }

  @Override
  public void accept(Notification notification, @Nullable FailingWay failure) {
    String receiver = notification.way().receiver();
    String kind = notification.way().kind();
    String way = notification.way().key();
    if (failure == null) {
      if (failing.remove(way) != null) {
        LOG.info("project {}: {} is told by {} again", project, receiver, kind);
      }
    } else if (failure.next() == null) {
      LOG.warn(
          "project {}: {} is not told by {}: {}; given up after {} tries since {}, until there is"
              + " something new or it is time to repeat it",
          project,
          receiver,
          kind,
          failure.why(),
          failure.tries(),
          failure.since());
      failing.put(way, failure.why());
    } else if (!failure.why().equals(failing.put(way, failure.why()))) {
      LOG.warn(
          "project {}: {} is not told by {}: {}; it is tried again, more and more seldom",
          project,
          receiver,
          kind,
          failure.why());
    }
  }
}
