package dev.assay.gateway.channel;

import dev.assay.gateway.Answer;
import dev.assay.gateway.Message;
import java.net.http.HttpRequest;

/** How one provider of the web wants messages, and how it answers. Thread-safe. */
interface Dialect {

  /** The kind of channel: {@code slack}, {@code whatsapp} … */
  String kind();

  /**
   * The request that carries a message.
   *
   * @throws IllegalArgumentException where the message cannot be said so; tells why, without texts
   *     or numbers of people
   */
  HttpRequest.Builder request(Message message);

  /**
   * What an answer of the provider means. Whether it wants to be asked again later, by its
   * Retry-After, is looked at before.
   */
  Answer answer(Reply reply, Message message);

  /** Whether the provider drops a message that it is given twice, so that none is in doubt. */
  boolean dropsDuplicates();

  /** Whether a message that is taken is delivered, as nothing comes back of it. */
  boolean takenIsDelivered();

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param body what it says
   */
  record Reply(int status, String body) {
    boolean good() {
      return status / 100 == 2;
    }
  }
}
