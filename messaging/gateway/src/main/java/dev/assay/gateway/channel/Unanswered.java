package dev.assay.gateway.channel;

import dev.assay.gateway.Answer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The messages that a channel was given and has not answered. Thread-safe. */
final class Unanswered {

  private final Map<Long, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  /** One of them. */
  final class Flight {
    private final long number = numbers.incrementAndGet();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    private Flight() {
      open.put(number, answer);
    }

    /** What the gateway waits for. */
    CompletableFuture<Answer> answer() {
      return answer;
    }

    /** Answers it; the first answer counts. */
    void land(Answer came) {
      open.remove(number);
      answer.complete(came);
    }
  }

  /** A message begins its way. */
  Flight begin() {
    return new Flight();
  }

  /** Nobody waits for answers any more. */
  void close() {
    open.values()
        .forEach(answer -> answer.complete(new Answer.InDoubt("the gateway ended meanwhile")));
    open.clear();
  }
}
