package dev.assay.api.spi;

import dev.assay.api.problem.Problem;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the services of the run while a check that {@linkplain CheckType#wantsMachine() measures
 * time} runs, and adds what it sees to the evidence of that check. It is configured under its name
 * in a service, or in a check for that check alone; the configuration record is as that of a {@link
 * CheckType}. Implementations are immutable and thread-safe.
 *
 * <p>Its measurements carry the label {@code service}, which an expectation can name in brackets:
 * {@code service.memory[shop].max}.
 *
 * @param <C> the configuration
 */
public interface ServiceObserver<C extends Record> {

  /** The key in a service and in a check, unlike every check type's name: {@code profile}. */
  String name();

  /** One sentence for the reference page. */
  String summary();

  /** The configuration record. */
  Class<C> configuration();

  /** The metrics that it may add to any check that it observes. */
  List<Metric> metrics();

  /** Reports what the types of the components cannot say. */
  default void validate(C configuration, Consumer<Problem> problems) {}

  /**
   * Begins to look; called right before the check begins, and the check waits for it. What cannot
   * be observed is a {@code Finding}, not an exception: observing never breaks a check.
   *
   * @param context that of the check
   * @param services the services that run, in the order they were started
   * @param own what the check itself says, or null
   * @param sink takes the evidence, until the watch is closed
   */
  Watch watch(CheckContext context, List<Service<C>> services, @Nullable C own, EvidenceSink sink);

  /**
   * A running service.
   *
   * @param <C> the configuration
   * @param name its name
   * @param process says which process was started; another one after the service was started again
   * @param command what was started, with values filled in, secrets too
   * @param configuration what the workspace says under the observer's name, or null
   */
  record Service<C extends Record>(
      String name, LongSupplier process, List<String> command, @Nullable C configuration) {
    /** Copies the command. */
    public Service {
      command = List.copyOf(command);
    }

    /** The process that was started last; what the service consists of may be its descendants. */
    public long pid() {
      return process.getAsLong();
    }
  }

  /** An observation under way. */
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    /**
     * Ends it: emits what is left, and returns when nothing of it runs any more. At most 30
     * seconds; quickly where the check's cancellation was requested.
     */
    @Override
    void close();
  }
}
