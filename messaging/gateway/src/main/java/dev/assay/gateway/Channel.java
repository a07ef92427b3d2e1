package dev.assay.gateway;

import java.util.concurrent.CompletableFuture;

/**
 * One way to reach people through one provider. Thread-safe. What every channel must do is said in
 * the {@code ChannelKit} of the tests.
 */
public interface Channel extends AutoCloseable {

  /** Its name in {@code gateway.yaml}: unique in a gateway. */
  String name();

  /** What kind of channel it is: {@code sms}, {@code email}, {@code whatsapp} … */
  String kind();

  /**
   * Gives it a message. Never blocks, and never throws for what a message or a provider is like.
   *
   * @return completes once with the answer, never exceptionally, on any thread, in bounded time
   */
  CompletableFuture<Answer> send(Message message);

  /** How many messages may be without an answer at once; the gateway gives it no more. */
  default int most() {
    return 32;
  }

  /**
   * How many more it may be given before it can send them, so that the next one goes out as soon as
   * there is a place for it, and does not first become durable. After a crash nobody knows of these
   * either whether they went, so they are only given where what is in doubt is sent again.
   */
  default int ahead() {
    return 0;
  }

  /** Whether it would take a message now; where not, routes look for another. */
  default boolean ready() {
    return true;
  }

  /** Who is told what comes back; set once, before the first message. */
  void listen(ChannelListener listener);

  /** Gives back what it holds; what is without an answer is answered as in doubt. */
  @Override
  void close();
}
