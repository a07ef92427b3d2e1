package dev.assay.gateway.store;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.gateway.State;
import dev.assay.gateway.store.Batch.Audit;
import dev.assay.gateway.store.Batch.Change;
import dev.assay.gateway.store.Batch.Heard;
import dev.assay.gateway.store.Batch.Notice;
import dev.assay.gateway.store.Batch.Once;
import dev.assay.gateway.store.Batch.Orphan;
import dev.assay.gateway.store.Batch.Paper;
import dev.assay.gateway.store.Batch.Submission;
import dev.assay.gateway.store.Batch.Tried;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A batch as octets, for the log. What is written here is read by later versions. */
final class BatchCodec {

  private static final int VERSION = 1;
  private static final State[] STATES = State.values();

  private BatchCodec() {}

  /** Appends a batch. */
  static void write(Batch batch, Bytes to) {
    to.whole(VERSION);
    to.whole(batch.messages.size());
    batch.messages.forEach(each -> message(each, to));
    to.whole(batch.events.size());
    batch.events.forEach(each -> event(each, to));
    to.whole(batch.changes.size());
    batch.changes.forEach(each -> change(each, to));
    to.whole(batch.submissions.size());
    for (Submission each : batch.submissions) {
      to.text(each.provider());
      to.text(each.providerId());
      to.whole(each.message());
      to.whole(each.part());
    }
    to.whole(batch.callbacks.size());
    batch.callbacks.forEach(each -> notice(each, to));
    to.whole(batch.tried.size());
    for (Tried each : batch.tried) {
      to.whole(each.id());
      to.whole(each.attempts());
      to.whole(each.due());
      to.flag(each.dead());
    }
    to.whole(batch.called.size());
    batch.called.forEach(each -> to.whole(each));
    rare(batch, to);
  }

  private static void rare(Batch batch, Bytes to) {
    orphans(batch.orphans, to);
    orphans(batch.adopted, to);
    to.whole(batch.once.size());
    for (Once each : batch.once) {
      to.text(each.tenant());
      to.text(each.key());
      to.text(each.digest());
      to.text(each.answer());
      to.whole(each.at());
    }
    to.whole(batch.audits.size());
    for (Audit each : batch.audits) {
      to.whole(each.at());
      to.text(each.who());
      to.text(each.what());
      to.text(each.detail());
    }
    to.whole(batch.papers.size());
    for (Paper each : batch.papers) {
      to.text(each.kind());
      to.text(each.key());
      Long due = each.due();
      to.flag(due != null);
      to.whole(due == null ? 0 : due);
      Json.Obj body = each.body();
      to.textOrNull(body == null ? null : JsonWriter.canonical(body));
    }
    to.whole(batch.heard.size());
    for (Heard each : batch.heard) {
      to.text(each.provider());
      to.text(each.from());
      to.text(each.to());
      to.text(each.text());
      to.whole(each.at());
    }
  }

  private static void message(StoredMessage of, Bytes to) {
    to.whole(of.id());
    to.whole(of.state().ordinal());
    to.whole(of.steps());
    to.text(of.tenant());
    to.text(of.from());
    to.text(of.to());
    to.text(of.text());
    to.whole(of.expires());
    to.text(of.provider());
    to.text(of.country());
    to.whole(of.parts());
    to.whole(of.cost());
    to.text(of.code());
    to.text(of.reference());
    to.textOrNull(of.callback());
    to.flag(of.receipt());
    to.whole(of.channels().size());
    of.channels().forEach(to::text);
    to.whole(of.properties().size());
    of.properties()
        .forEach((name, value) -> {
          to.text(name);
          to.text(value);
        });
  }

  private static void event(StoredEvent of, Bytes to) {
    to.whole(of.message());
    to.whole(of.step());
    to.whole(of.state().ordinal());
    to.whole(of.at());
    to.text(of.provider());
    to.text(of.code());
  }

  private static void change(Change of, Bytes to) {
    to.whole(of.id());
    to.whole(of.state().ordinal());
    to.whole(of.steps());
    to.text(of.provider());
    to.whole(of.parts());
    to.whole(of.cost());
    to.text(of.code());
  }

  private static void notice(Notice of, Bytes to) {
    to.whole(of.id());
    to.whole(of.message());
    to.text(of.tenant());
    to.text(of.url());
    to.text(of.body());
    to.whole(of.attempts());
    to.whole(of.due());
    to.flag(of.dead());
  }

  private static void orphans(List<Orphan> orphans, Bytes to) {
    to.whole(orphans.size());
    for (Orphan each : orphans) {
      to.text(each.provider());
      to.text(each.providerId());
      to.whole(each.state().ordinal());
      to.text(each.code());
      to.whole(each.at());
    }
  }

  /**
   * Reads a batch.
   *
   * @throws IllegalArgumentException if it is none, or one of a later version
   */
  static Batch read(Bytes from) {
    int version = from.number();
    if (version != VERSION) {
      throw new IllegalArgumentException("it has version " + version + ", not " + VERSION);
    }
    Batch batch = new Batch();
    for (int left = from.number(); left > 0; left--) {
      batch.messages.add(message(from));
    }
    for (int left = from.number(); left > 0; left--) {
      batch.events.add(
          new StoredEvent(
              from.whole(), from.number(), state(from), from.whole(), from.text(), from.text()));
    }
    for (int left = from.number(); left > 0; left--) {
      batch.changes.add(
          new Change(
              from.whole(),
              state(from),
              from.number(),
              from.text(),
              from.number(),
              from.whole(),
              from.text()));
    }
    for (int left = from.number(); left > 0; left--) {
      batch.submissions.add(new Submission(from.text(), from.text(), from.whole(), from.number()));
    }
    for (int left = from.number(); left > 0; left--) {
      batch.callbacks.add(
          new Notice(
              from.whole(),
              from.whole(),
              from.text(),
              from.text(),
              from.text(),
              from.number(),
              from.whole(),
              from.flag()));
    }
    for (int left = from.number(); left > 0; left--) {
      batch.tried.add(new Tried(from.whole(), from.number(), from.whole(), from.flag()));
    }
    for (int left = from.number(); left > 0; left--) {
      batch.called.add(from.whole());
    }
    rare(from, batch);
    return batch;
  }

  private static void rare(Bytes from, Batch batch) {
    orphans(from, batch.orphans);
    orphans(from, batch.adopted);
    for (int left = from.number(); left > 0; left--) {
      batch.once.add(new Once(from.text(), from.text(), from.text(), from.text(), from.whole()));
    }
    for (int left = from.number(); left > 0; left--) {
      batch.audits.add(new Audit(from.whole(), from.text(), from.text(), from.text()));
    }
    for (int left = from.number(); left > 0; left--) {
      batch.papers.add(paper(from));
    }
    for (int left = from.number(); left > 0; left--) {
      batch.heard.add(new Heard(from.text(), from.text(), from.text(), from.text(), from.whole()));
    }
  }

  private static void orphans(Bytes from, List<Orphan> to) {
    for (int left = from.number(); left > 0; left--) {
      to.add(new Orphan(from.text(), from.text(), state(from), from.text(), from.whole()));
    }
  }

  private static Paper paper(Bytes from) {
    String kind = from.text();
    String key = from.text();
    boolean isDue = from.flag();
    long due = from.whole();
    String body = from.textOrNull();
    return new Paper(
        kind, key, isDue ? due : null, body == null ? null : JsonReader.read(body).asObject());
  }

  private static StoredMessage message(Bytes from) {
    return new StoredMessage(
        from.whole(),
        state(from),
        from.number(),
        from.text(),
        from.text(),
        from.text(),
        from.text(),
        from.whole(),
        from.text(),
        from.text(),
        from.number(),
        from.whole(),
        from.text(),
        from.text(),
        from.textOrNull(),
        from.flag(),
        texts(from),
        properties(from));
  }

  private static List<String> texts(Bytes from) {
    List<String> texts = new ArrayList<>();
    for (int left = from.number(); left > 0; left--) {
      texts.add(from.text());
    }
    return texts;
  }

  private static Map<String, String> properties(Bytes from) {
    Map<String, String> properties = new HashMap<>();
    for (int left = from.number(); left > 0; left--) {
      properties.put(from.text(), from.text());
    }
    return properties;
  }

  private static State state(Bytes from) {
    int ordinal = from.number();
    if (ordinal < 0 || ordinal >= STATES.length) {
      throw new IllegalArgumentException("there is no state " + ordinal);
    }
    return STATES[ordinal];
  }
}
