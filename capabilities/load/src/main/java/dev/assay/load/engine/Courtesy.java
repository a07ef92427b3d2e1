package dev.assay.load.engine;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Lets threads that help step back behind those that measure: where a machine has fewer cores than
 * the process has threads to run, an arrival is taken up late because a report is being put
 * together. Linux only (setpriority(2), whose "process" is one thread there), and only downwards,
 * which everybody may.
 *
 * <p>Only threads that start no others: what a thread starts inherits its priority, and neither the
 * loops of a later check nor the services of a run may.
 */
public final class Courtesy {

  private static final int NICE = 10;
  private static final int ONE_THREAD = 0;
  private static final int CALLING = 0;

  private Courtesy() {}

  /** Some work that may fail. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    void run() throws Exception;
  }

  /**
   * Does something on a thread of its own that steps back behind those that measure, and returns
   * when it is done.
   *
   * @throws Exception what the work throws
   */
  public static void behind(String thread, Work work) throws Exception {
    FutureTask<Void> task =
        new FutureTask<>(() -> {
          stepBack();
          work.run();
          return null;
        });
    Thread.ofPlatform().daemon().name(thread).start(task);
    try {
      task.get();
    } catch (InterruptedException interrupted) {
      task.cancel(true);
      throw interrupted;
    } catch (ExecutionException broken) {
      if (broken.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw broken;
    }
  }

  /**
   * The calling thread. Those that compile stay where they are: behind a loop that takes a whole
   * core they would never compile it. A machine that cannot do this does without.
   */
  private static void stepBack() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return; // elsewhere it would be the whole process
    }
    try {
      int ignored = (int) setPriority().invokeExact(ONE_THREAD, CALLING, NICE);
    } catch (Throwable unavailable) {
      // then it takes part as before
    }
  }

  @SuppressWarnings("restricted") // the launcher allows it; elsewhere the JVM warns, once
  private static MethodHandle setPriority() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("setpriority"),
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT));
  }
}
