package dev.assay.gateway;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Clock;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The gateway as an extension sees it. Thread-safe. */
public interface Host {

  /** The time. */
  Clock clock();

  /** The folder of {@code gateway.yaml}, against which paths in it are resolved. */
  Path folder();

  /** What lasts. */
  Documents documents();

  /** Adds a way to reach people; only while {@link Extension#open} runs. */
  void add(Channel channel);

  /** Adds what looks at requests, after those that are there; only while opening. */
  void add(Intake intake);

  /** Adds paths of the API; only while opening. */
  void add(Resource resource);

  /**
   * Adds who hears what people write to us, after it is durable; only while opening. The provider
   * is told that it was taken when all have completed; where one fails, it brings it again.
   */
  void hear(Function<Incoming, CompletableFuture<Void>> listener);

  /**
   * Accepts a message, as {@code POST /v1/messages} does.
   *
   * @param key tried again with the same key, it is the same message
   * @return its id when it is durable; fails with a {@link dev.assay.api.problem.ProblemException}
   */
  CompletableFuture<String> submit(Draft draft, String key);

  /** Tells the operator something that a person should look at. */
  void note(Problem problem);

  /** Paths of the API below one prefix. */
  interface Resource {

    /** What they begin with, such as {@code /v1/templates}; nobody else's. */
    String prefix();

    /**
     * Whether it is called without a key, because whoever calls it proves himself in another way,
     * such as by a signature.
     */
    default boolean open() {
      return false;
    }

    /**
     * Answers a request; called on a thread that may block for the time of a query.
     *
     * @throws dev.assay.api.problem.ProblemException answered as the client's fault where its kind
     *     is USER
     */
    Reply answer(Request request);
  }

  /**
   * A request.
   *
   * @param tenant whose key it came with
   * @param scope what the key may do: {@code send}, {@code read} or {@code admin}
   * @param method {@code GET}, {@code POST} …
   * @param path without what it was asked with
   * @param query by name; the last of a name
   * @param headers by name in small letters
   * @param body as it came
   */
  record Request(
      String tenant,
      Set<String> scope,
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      byte[] body) {}

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param body its JSON
   */
  record Reply(int status, Json body) {}
}
