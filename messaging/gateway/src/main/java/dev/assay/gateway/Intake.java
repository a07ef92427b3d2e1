package dev.assay.gateway;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What looks at a request of {@code POST /v1/messages} before it becomes a message: templates fill
 * in texts, schedules keep it for later, opt-outs refuse it. Asked in order, each with what the one
 * before made. Called on the threads of the API: quick, never blocking on a network.
 */
public interface Intake {

  /** The members of a request that it reads; others that nobody reads are refused. */
  List<String> members();

  /**
   * Whether {@link #take} has anything to do where none of its members is in the request, as an
   * opt-out has.
   */
  default boolean always() {
    return false;
  }

  /**
   * Whether {@link #take} may wait for the store where one of its members is in the request; then
   * it is called on a thread that may.
   */
  default boolean waits() {
    return false;
  }

  /**
   * Looks at a request.
   *
   * @param request as it came
   * @param draft what is known of the message so far; its text may be empty until an intake gives
   *     it
   */
  Taken take(Json.Obj request, Draft draft);

  /** What becomes of a request. */
  sealed interface Taken {

    /** It goes on. */
    record Send(Draft draft) implements Taken {}

    /**
     * It is not sent now, and durable already.
     *
     * @param id by which the client asks for it
     * @param details more of what is answered, or null
     */
    record Kept(String id, Json.@Nullable Obj details) implements Taken {}

    /** It is refused. */
    record Refuse(Problem problem) implements Taken {}
  }
}
