package dev.assay.gateway.store;

import dev.assay.gateway.Documents.Document;
import dev.assay.gateway.State;
import dev.assay.gateway.store.Batch.Audit;
import dev.assay.gateway.store.Batch.Heard;
import dev.assay.gateway.store.Batch.Notice;
import dev.assay.gateway.store.Batch.Once;
import dev.assay.gateway.store.Batch.Orphan;
import dev.assay.gateway.store.Batch.Submission;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps messages and all about them. One gateway at a time has it open for writing. {@link #commit}
 * is called by one thread at a time; everything else is thread-safe and sees what is durable. Every
 * method may throw a {@link dev.assay.api.problem.ProblemException} where the store cannot be used;
 * a {@link #commit} that threw may still have become durable, so nothing more may be written after
 * it.
 */
public interface GatewayStore extends AutoCloseable {

  /** Makes all of it durable, or nothing; returns when it is on the disk. */
  void commit(Batch batch);

  /** The largest id of a message, or 0. */
  long lastMessage();

  /** The largest id of a callback, or 0. */
  long lastCallback();

  /** A message. */
  Optional<StoredMessage> find(long id);

  /** The events of a message, the first first. */
  List<StoredEvent> events(long id);

  /**
   * Messages that no provider has yet (accepted, routed or submitted), in the order of their ids.
   *
   * @param after beginning after this id
   */
  List<StoredMessage> unsent(long after, int most);

  /**
   * Messages that a provider has and that are not settled, expired before a moment, in the order of
   * that. What a provider has only since a second may be missing.
   *
   * @param after beginning after this one, as it was when it was read; null for all
   */
  List<StoredMessage> overdue(@Nullable StoredMessage after, long expiredBefore, int most);

  /**
   * Messages by what is known of them, the latest first. A number is looked for from the latest
   * message back, as far as {@code since}.
   */
  List<StoredMessage> search(Search search);

  /**
   * What messages are looked for.
   *
   * @param tenant whose; null for anybody's
   * @param to the recipient, or null
   * @param reference the client's own, or null
   * @param state in which state, or null
   * @param since accepted at that time or later
   * @param before only smaller ids; {@link Long#MAX_VALUE} for all
   * @param most at most so many
   */
  record Search(
      @Nullable String tenant,
      @Nullable String to,
      @Nullable String reference,
      @Nullable State state,
      Instant since,
      long before,
      int most) {}

  /** Whose a provider's id is. */
  Optional<Submission> submission(String provider, String providerId);

  /** Statuses of nobody, the latest first. */
  List<Orphan> orphans(int most);

  /** A status of nobody that came before its message was known to be the provider's. */
  Optional<Orphan> orphan(String provider, String providerId);

  /** What was answered to a request with that key. */
  Optional<Once> once(String tenant, String key);

  /** A tenant's callbacks that are not dead, beginning after an id, in the order of their ids. */
  List<Notice> callbacks(String tenant, long after, int most);

  /** Whose callbacks are there that are not dead. */
  List<String> callbackTenants();

  /** Callbacks that nobody tries any more, the latest first. */
  List<Notice> deadLetters(int most);

  /** The audit log, the latest first. */
  List<Audit> audits(int most);

  /** Messages from people, the latest first. */
  List<Heard> heard(int most);

  /** How many messages are in each state, of those accepted at that time or later. */
  Map<State, Long> count(Instant since);

  /** Messages, parts and cost by provider, country and state, of those accepted since. */
  List<Tally> tally(@Nullable String tenant, Instant since);

  /**
   * A line of a report.
   *
   * @param provider the channel; empty where none was chosen
   * @param country two letters; empty where unknown
   * @param state where they are
   * @param messages how many
   * @param parts how many parts
   * @param cost in millionths
   */
  record Tally(
      String provider, String country, State state, long messages, long parts, long cost) {}

  /** A document. */
  Optional<Document> document(String kind, String key);

  /** Documents of a kind in the order of their keys. */
  List<Document> documents(String kind, String after, int most);

  /** Documents that are due. */
  List<Document> due(String kind, Instant at, int most);

  /**
   * Shows every message with its events, in the order of their ids.
   *
   * @return how many there were
   */
  long walk(Consumer<Life> each);

  /**
   * A message and all that happened to it.
   *
   * @param message as it is
   * @param events the first first
   */
  record Life(StoredMessage message, List<StoredEvent> events) {}

  /**
   * Called where {@link #commit} is: forgets who got a number's messages and what they said; the
   * events stay.
   *
   * @return how many messages it were
   */
  int erase(String tenant, String number);

  /**
   * Called where {@link #commit} is: forgets settled messages that were accepted before, with their
   * events and ids.
   *
   * @return how many it were, at most {@code most}
   */
  int forget(Instant before, int most);

  @Override
  void close();
}
