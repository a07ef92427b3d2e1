package dev.assay.server.observe;

import dev.assay.observe.alert.Notification;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs when a way by which a project tells people begins to fail, fails otherwise, and works again;
 * not each attempt, as it is tried for as long as it fails. Thread-safe.
 */
final class ToldLog implements BiConsumer<Notification, @Nullable String> {

  private static final Logger LOG = LoggerFactory.getLogger(ToldLog.class);

  private final String project;
  private final Map<String, String> failing = new ConcurrentHashMap<>();

  ToldLog(String project) {
    this.project = project;
  }

  @Override
  public void accept(Notification notification, @Nullable String failure) {
    String receiver = notification.way().receiver();
    String kind = notification.way().kind();
    String way = notification.way().key();
    if (failure == null) {
      if (failing.remove(way) != null) {
        LOG.info("project {}: {} is told by {} again", project, receiver, kind);
      }
    } else if (!failure.equals(failing.put(way, failure))) {
      LOG.warn(
          "project {}: {} is not told by {}: {}; it is tried again until it works",
          project,
          receiver,
          kind,
          failure);
    }
  }
}
