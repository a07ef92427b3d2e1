package dev.assay.gateway.store;

import dev.assay.api.json.Json;
import dev.assay.gateway.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes durable together, in the order of the lists. Used again. Not thread-safe. */
public final class Batch {

  final List<StoredMessage> messages = new ArrayList<>();
  final List<StoredEvent> events = new ArrayList<>();
  final List<Change> changes = new ArrayList<>();
  final List<Submission> submissions = new ArrayList<>();
  final List<Orphan> orphans = new ArrayList<>();
  final List<Orphan> adopted = new ArrayList<>();
  final List<Notice> callbacks = new ArrayList<>();
  final List<Tried> tried = new ArrayList<>();
  final List<Long> called = new ArrayList<>();
  final List<Once> once = new ArrayList<>();
  final List<Audit> audits = new ArrayList<>();
  final List<Paper> papers = new ArrayList<>();
  final List<Heard> heard = new ArrayList<>();

  /** An empty one. */
  public Batch() {}

  /**
   * Where a message now is.
   *
   * @param id which one
   * @param state where
   * @param steps how many events it has now
   * @param provider the channel
   * @param parts in how many parts
   * @param cost in millionths
   * @param code the last code
   */
  public record Change(
      long id, State state, int steps, String provider, int parts, long cost, String code) {}

  /**
   * A provider's id of a part of a message.
   *
   * @param provider the channel
   * @param providerId its id
   * @param message ours
   * @param part from 0
   */
  public record Submission(String provider, String providerId, long message, int part) {}

  /**
   * A status of a message that we do not know.
   *
   * @param provider who told
   * @param providerId of what
   * @param state what became of it
   * @param code why
   * @param at milliseconds since 1970
   */
  public record Orphan(String provider, String providerId, State state, String code, long at) {}

  /**
   * A status that a client is to be told.
   *
   * @param id grows; given by the engine
   * @param message of which message
   * @param tenant whose
   * @param url where to; empty for where the client's key says
   * @param body what is sent
   * @param attempts how often it was tried
   * @param due not before, in milliseconds since 1970
   * @param dead whether nobody tries any more
   */
  public record Notice(
      long id,
      long message,
      String tenant,
      String url,
      String body,
      int attempts,
      long due,
      boolean dead) {

    /** The same after another try. */
    Notice after(Tried last) {
      return new Notice(id, message, tenant, url, body, last.attempts(), last.due(), last.dead());
    }
  }

  /**
   * A callback that did not get through.
   *
   * @param id which one
   * @param attempts how often it was tried
   * @param due not before
   * @param dead whether nobody tries any more
   */
  public record Tried(long id, int attempts, long due, boolean dead) {}

  /**
   * A request that shall have its effect once.
   *
   * @param tenant whose
   * @param key the client's key of it
   * @param digest of what was asked
   * @param answer what was answered
   * @param at milliseconds since 1970
   */
  public record Once(String tenant, String key, String digest, String answer, long at) {}

  /**
   * Something that a person or a key did.
   *
   * @param at milliseconds since 1970
   * @param who did it
   * @param what in a word or two
   * @param detail more, without numbers or texts of people
   */
  public record Audit(long at, String who, String what, String detail) {}

  /**
   * A document.
   *
   * @param kind of which kind
   * @param key unique in it
   * @param due milliseconds since 1970, or null
   * @param body null removes it
   */
  public record Paper(String kind, String key, @Nullable Long due, Json.@Nullable Obj body) {}

  /**
   * A message from somebody.
   *
   * @param provider by which channel
   * @param from who
   * @param to our number
   * @param text what it says
   * @param at milliseconds since 1970
   */
  public record Heard(String provider, String from, String to, String text, long at) {}

  /** Adds a new message, in whatever state the events of this batch bring it to. */
  public void add(StoredMessage message) {
    messages.add(message);
  }

  /** Adds an event. */
  public void add(StoredEvent event) {
    events.add(event);
  }

  /** Changes a message that is there already. */
  public void add(Change change) {
    changes.add(change);
  }

  /** Notes a provider's id. */
  public void add(Submission submission) {
    submissions.add(submission);
  }

  /** Keeps a status of nobody. */
  public void add(Orphan orphan) {
    orphans.add(orphan);
  }

  /** Forgets a status of nobody, as its message is found. */
  public void adopt(Orphan orphan) {
    adopted.add(orphan);
  }

  /** Keeps a callback until it got through. */
  public void add(Notice callback) {
    callbacks.add(callback);
  }

  /** Keeps a callback for another try. */
  public void add(Tried callback) {
    tried.add(callback);
  }

  /** Forgets a callback that got through. */
  public void called(long id) {
    called.add(id);
  }

  /** Remembers what was answered. */
  public void add(Once answer) {
    once.add(answer);
  }

  /** Adds to the audit log. */
  public void add(Audit audit) {
    audits.add(audit);
  }

  /** Writes or removes a document. */
  public void add(Paper paper) {
    papers.add(paper);
  }

  /** Keeps a message of somebody. */
  public void add(Heard message) {
    heard.add(message);
  }

  /** The same, to be kept while this one is used again. */
  Batch copy() {
    Batch copy = new Batch();
    copy.messages.addAll(messages);
    copy.events.addAll(events);
    copy.changes.addAll(changes);
    copy.submissions.addAll(submissions);
    copy.orphans.addAll(orphans);
    copy.adopted.addAll(adopted);
    copy.callbacks.addAll(callbacks);
    copy.tried.addAll(tried);
    copy.called.addAll(called);
    copy.once.addAll(once);
    copy.audits.addAll(audits);
    copy.papers.addAll(papers);
    copy.heard.addAll(heard);
    return copy;
  }

  /** How many things it holds. */
  int size() {
    return messages.size()
        + events.size()
        + changes.size()
        + submissions.size()
        + orphans.size()
        + adopted.size()
        + callbacks.size()
        + tried.size()
        + called.size()
        + once.size()
        + audits.size()
        + papers.size()
        + heard.size();
  }

  /** Whether there is nothing to write. */
  public boolean isEmpty() {
    return messages.isEmpty()
        && events.isEmpty()
        && changes.isEmpty()
        && submissions.isEmpty()
        && orphans.isEmpty()
        && adopted.isEmpty()
        && callbacks.isEmpty()
        && tried.isEmpty()
        && called.isEmpty()
        && once.isEmpty()
        && audits.isEmpty()
        && papers.isEmpty()
        && heard.isEmpty();
  }

  /** Forgets all. */
  public void clear() {
    messages.clear();
    events.clear();
    changes.clear();
    submissions.clear();
    orphans.clear();
    adopted.clear();
    callbacks.clear();
    tried.clear();
    called.clear();
    once.clear();
    audits.clear();
    papers.clear();
    heard.clear();
  }
}
