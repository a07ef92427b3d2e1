package dev.assay.gateway.store;

import dev.assay.gateway.store.Batch.Change;
import dev.assay.gateway.store.Batch.Notice;
import dev.assay.gateway.store.Batch.Orphan;
import dev.assay.gateway.store.Batch.Paper;
import dev.assay.gateway.store.Batch.Tried;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Batches one after another as what is left of them in the end: one row for a message that took
 * many steps, none for a callback that came and went. Not thread-safe.
 */
final class Fold {

  /** A message: new, or changed, or both. */
  static final class Life {

    @Nullable StoredMessage message;
    @Nullable Change change;
    final StringBuilder events = new StringBuilder();
  }

  private record Place(String kind, String key) {}

  final Map<Long, Life> lives = new LinkedHashMap<>();
  final List<Batch.Submission> submissions = new ArrayList<>();
  final Map<Long, Notice> callbacks = new LinkedHashMap<>();
  final Map<Long, Tried> tried = new LinkedHashMap<>();
  final List<Long> called = new ArrayList<>();
  final List<Orphan> orphans = new ArrayList<>();

  /** Those that were in the store before; removed before {@link #orphans} are added. */
  final List<Orphan> adopted = new ArrayList<>();

  final List<Batch.Once> once = new ArrayList<>();
  final List<Batch.Audit> audits = new ArrayList<>();
  final List<Batch.Heard> heard = new ArrayList<>();
  private final Map<Place, Paper> papers = new LinkedHashMap<>();

  /** Takes the next batch. */
  Fold add(Batch batch) {
    for (StoredMessage each : batch.messages) {
      life(each.id()).message = each;
    }
    for (StoredEvent each : batch.events) {
      EventLines.append(life(each.message()).events, each);
    }
    for (Change each : batch.changes) {
      life(each.id()).change = each;
    }
    submissions.addAll(batch.submissions);
    callbacks(batch);
    orphans.addAll(batch.orphans);
    for (Orphan each : batch.adopted) {
      orphans.removeIf(held ->
          held.provider().equals(each.provider()) && held.providerId().equals(each.providerId()));
      adopted.add(each);
    }
    once.addAll(batch.once);
    audits.addAll(batch.audits);
    heard.addAll(batch.heard);
    for (Paper each : batch.papers) {
      papers.put(new Place(each.kind(), each.key()), each);
    }
    return this;
  }

  private void callbacks(Batch batch) {
    for (Notice each : batch.callbacks) {
      callbacks.put(each.id(), each);
    }
    for (Tried each : batch.tried) {
      Notice held = callbacks.get(each.id());
      if (held == null) {
        tried.put(each.id(), each);
      } else {
        callbacks.put(each.id(), held.after(each));
      }
    }
    for (long each : batch.called) {
      if (callbacks.remove(each) == null) {
        tried.remove(each);
        called.add(each);
      }
    }
  }

  private Life life(long id) {
    return lives.computeIfAbsent(id, _ -> new Life());
  }

  Iterable<Paper> papers() {
    return papers.values();
  }
}
