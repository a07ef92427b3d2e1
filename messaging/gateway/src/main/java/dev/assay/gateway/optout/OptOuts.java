package dev.assay.gateway.optout;

import dev.assay.api.json.Json;
import dev.assay.api.spi.Clock;
import dev.assay.gateway.Documents;
import dev.assay.gateway.Documents.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What people said about messages from a sender, kept per sender and number. Thread-safe: what two
 * threads say of one number at once, the later one wins.
 */
public final class OptOuts {

  static final String KIND = "optout";

  static final Judgement ALLOWED = new Judgement(true, "");
  private static final int MOST_SENDERS = 1000;
  private static final Duration AGAIN = Duration.ofHours(24);

  private final Documents documents;
  private final Clock clock;

  /** Those that are kept there. */
  public OptOuts(Documents documents, Clock clock) {
    this.documents = documents;
    this.clock = clock;
  }

  /**
   * Whose messages to whom.
   *
   * @param sender the sender as recipients see it
   * @param number the recipient
   */
  public record Pair(String sender, String number) {

    /** Numbers are compared by their digits, all else without regard to capitals. */
    String key() {
      return numberKey() + address(sender);
    }

    String numberKey() {
      return address(number) + "\n";
    }

    private static String address(String written) {
      String bare = written.strip().replaceAll("[ ()./-]", "");
      return bare.matches("\\+?[0-9]{3,}")
          ? bare.replaceFirst("^\\+", "").replaceFirst("^00", "")
          : written.strip().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Whether something may be sent.
   *
   * @param allowed whether
   * @param reason why not, without the number; empty where it may
   */
  public record Judgement(boolean allowed, String reason) {}

  /**
   * Judges whether a message may be sent. Where it names no sender, as the route is to choose one,
   * nobody is written to who said no to any.
   */
  public Judgement judge(Pair pair) {
    if (!pair.sender().isBlank()) {
      return documents.get(KIND, pair.key()).map(OptOuts::judged).orElse(ALLOWED);
    }
    return of(pair.number()).stream()
        .map(OptOuts::judged)
        .filter(judgement -> !judgement.allowed())
        .findFirst()
        .orElse(ALLOWED);
  }

  static Judgement judged(Document document) {
    Json.Obj body = document.body();
    return body.text("state").equals("out")
        ? new Judgement(
            false,
            "the recipient said no to messages from "
                + body.text("sender")
                + " on "
                + body.text("at")
                + " (by "
                + body.text("by")
                + ")")
        : ALLOWED;
  }

  /** All that somebody said, of any sender; at most 1,000. */
  List<Document> of(String number) {
    String prefix = new Pair("", number).numberKey();
    return documents.list(KIND, prefix, MOST_SENDERS).stream()
        .filter(document -> document.key().startsWith(prefix))
        .toList();
  }

  /**
   * What was written down.
   *
   * @param answer whether it is to be answered
   * @param document what is kept now, or null where nothing changed
   */
  record Said(boolean answer, @Nullable Document document) {}

  /**
   * Writes down what somebody said.
   *
   * @param by how it was said, such as {@code word stop}
   * @return completes when it is durable; it is not to be answered where the same was said and
   *     answered within a day, nor where it is the START of somebody who never said STOP, as "yes"
   *     is one, too
   */
  CompletableFuture<Said> say(Pair pair, Words.Wish wish, String by) {
    Instant now = clock.now();
    Optional<Json.Obj> before = documents.get(KIND, pair.key()).map(Document::body);
    boolean out = before.map(body -> body.text("state").equals("out")).orElse(false);
    if (wish == Words.Wish.START && !out) {
      return CompletableFuture.completedFuture(new Said(false, null));
    }
    String state =
        switch (wish) {
          case STOP -> "out";
          case START -> "in";
          case HELP -> before.map(body -> body.text("state")).orElse("in");
        };
    String answeredName = "answered_" + wish.name().toLowerCase(Locale.ROOT);
    boolean sameState = before.map(body -> body.text("state").equals(state)).orElse(false);
    boolean answer =
        before
                .map(body -> body.findText(answeredName))
                .map(Instant::parse)
                .filter(at -> at.plus(AGAIN).isAfter(now))
                .isEmpty()
            || !sameState;
    Json.Builder body = Json.object();
    before.ifPresent(was -> was.members().forEach(body::put));
    body.put("sender", pair.sender()).put("number", pair.number()).put("state", state);
    if (!sameState || before.isEmpty()) {
      body.put("at", now.toString()).put("by", by);
    }
    if (answer) {
      body.put(answeredName, now.toString());
    }
    Document said = new Document(pair.key(), null, body.build());
    return documents.put(KIND, said).thenApply(_ -> new Said(answer, said));
  }
}
