package dev.assay.gateway.engine;

import dev.assay.api.problem.Problem;
import dev.assay.gateway.Draft;
import dev.assay.gateway.route.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are to be accepted together, all or none.
 *
 * @param tenant whose
 * @param messages at least one
 * @param key the client's key of the request, or null
 * @param digest of the request
 * @param reply who is told
 */
public record Accept(
    String tenant, List<Routed> messages, @Nullable String key, String digest, Reply reply) {

  /**
   * A message, and where it goes.
   *
   * @param draft the message
   * @param decision with at least one candidate
   */
  public record Routed(Draft draft, Decision decision) {}

  /** Is told once, on the engine's thread, so it must be quick. */
  public interface Reply {

    /** They are durable. */
    void accepted(long[] ids);

    /** The same request was answered before, by these. */
    default void replayed(long[] ids) {
      accepted(ids);
    }

    /**
     * They are not accepted, and never will be.
     *
     * @param status of HTTP
     */
    void refused(Problem problem, int status);
  }
}
