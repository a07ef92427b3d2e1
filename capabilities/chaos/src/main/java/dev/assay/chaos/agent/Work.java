package dev.assay.chaos.agent;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What the agent does once the boot loader knows its classes, of which this is one: rewrites what
 * is loaded, sets the fault, and tests it in the service before it says that it is in effect.
 */
@SuppressWarnings("JavaUtilDate") // programs that use it are what is tested
public final class Work {

  /** With the name of the fault, the system property that says what is in effect. */
  public static final String SAID = "assay.chaos.agent.";

  private static final long SECOND = 1000;
  private static final int TOGETHER = 200;

  private Work() {}

  /** Makes or ends a fault, and says in the property of {@link #SAID} what is in effect. */
  public static void begin(String argument, Instrumentation instrumentation) {
    if (Faulty.install()) {
      Rewriting rewriting = new Rewriting();
      instrumentation.addTransformer(rewriting, true);
      rewriteLoaded(instrumentation);
    }
    String value = argument.substring(argument.indexOf('=') + 1);
    String said =
        argument.startsWith("clock=")
            ? shift(value.isEmpty() ? 0 : Long.parseLong(value))
            : hide(value);
    System.setProperty(SAID + argument.substring(0, argument.indexOf('=')), said);
  }

  private static void rewriteLoaded(Instrumentation instrumentation) {
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (instrumentation.isModifiableClass(type) && !type.isArray() && !type.isHidden()) {
        loaded.add(type);
      }
    }
    for (int from = 0; from < loaded.size(); from += TOGETHER) {
      rewrite(loaded.subList(from, Math.min(loaded.size(), from + TOGETHER)), instrumentation);
    }
  }

  /** Many at once, as all threads stand still each time; halved where one of them is refused. */
  private static void rewrite(List<Class<?>> types, Instrumentation instrumentation) {
    try {
      instrumentation.retransformClasses(types.toArray(new Class<?>[0]));
    } catch (UnmodifiableClassException | LinkageError | InternalError refused) {
      int half = types.size() / 2;
      if (half > 0) {
        rewrite(types.subList(0, half), instrumentation);
        rewrite(types.subList(half, types.size()), instrumentation);
      }
      // the self-test says whether those that count could be rewritten
    }
  }

  private static String shift(long milliseconds) {
    long date = new Date().getTime();
    long instant = instant();
    long monotonic = System.nanoTime();
    Faulty.shiftBy(milliseconds);
    String wrong = wrong(milliseconds, date, instant, monotonic);
    if (wrong != null) {
      Faulty.shiftBy(0);
      return "failed: " + wrong;
    }
    return "clock=" + milliseconds;
  }

  private static @Nullable String wrong(
      long milliseconds, long date, long instant, long monotonic) {
    String before = System.getProperty(SAID + "clock", "clock=0");
    long old = before.startsWith("clock=") ? Long.parseLong(before.substring(6)) : 0;
    if (!near(new Date().getTime() - date, milliseconds - old)) {
      return "java.util.Date did not move";
    }
    if (!near(instant() - instant, milliseconds - old)) {
      return "java.time.Instant did not move";
    }
    if (!near((System.nanoTime() - monotonic) / 1_000_000, 0)) {
      return "System.nanoTime moved";
    }
    long began = System.nanoTime();
    LockSupport.parkUntil(Faulty.wallClock() + 20);
    long waited = (System.nanoTime() - began) / 1_000_000;
    return near(waited, 20) ? null : "a wait of 20 ms took " + waited + " ms";
  }

  /** What the machine is slow by is not what a shift is wrong by. */
  private static boolean near(long value, long wanted) {
    return value >= wanted - SECOND && value <= wanted + 5 * SECOND;
  }

  /** By reflection, as Assay itself asks one clock alone, and this is to test another's. */
  private static long instant() {
    try {
      Object now = Class.forName("java.time.Instant").getMethod("now").invoke(null);
      return (long) now.getClass().getMethod("toEpochMilli").invoke(now);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String hide(String names) {
    Faulty.hide(names.isEmpty() ? Set.of() : Set.of(names.split(",")));
    return "names=" + names;
  }
}
