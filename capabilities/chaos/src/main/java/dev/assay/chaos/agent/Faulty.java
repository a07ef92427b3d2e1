package dev.assay.chaos.agent;

import java.net.UnknownHostException;
import java.util.Date;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What rewritten code calls, loaded by the boot loader so that the JDK's own classes can. Its
 * static fields are the fault: there is one in a process. Thread-safe.
 */
@SuppressWarnings("JavaUtilDate")
public final class Faulty {

  /** Stands for every name. */
  static final String ALL = "*";

  private static final AtomicLong SHIFT = new AtomicLong();
  private static final AtomicReference<Set<String>> NAMES = new AtomicReference<>(Set.of());
  private static final AtomicBoolean INSTALLED = new AtomicBoolean();

  private Faulty() {}

  /** Whether this is the first time that it is asked. */
  static boolean install() {
    return INSTALLED.compareAndSet(false, true);
  }

  /** Sets how many milliseconds the wall clock is ahead. */
  static void shiftBy(long milliseconds) {
    SHIFT.set(milliseconds);
  }

  /** Sets the names that are not found. */
  static void hide(Set<String> names) {
    NAMES.set(Set.copyOf(names));
  }

  /** The wrong time for the right one, in milliseconds. */
  public static long shifted(long milliseconds) {
    return milliseconds + SHIFT.get();
  }

  /** The same for an adjustment in nanoseconds, where -1 says that there is none. */
  public static long shiftedNanos(long adjustment) {
    return adjustment == -1 ? adjustment : adjustment + SHIFT.get() * 1_000_000;
  }

  /** The right time for a wrong one, for waits until a time. */
  public static long unshifted(long milliseconds) {
    long shift = SHIFT.get();
    return shift > 0 && milliseconds < shift ? 0 : milliseconds - shift;
  }

  /** What references to {@code System::currentTimeMillis} are exchanged for. */
  public static long wallClock() {
    return new Date().getTime(); // which is rewritten itself
  }

  /** Called before a name is looked up; numbers are no names. */
  public static void lookUp(String host) throws UnknownHostException {
    Set<String> names = NAMES.get();
    if (names.isEmpty() || host == null || host.isEmpty()) {
      return;
    }
    boolean address = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    if (!address && (names.contains(ALL) || names.contains(host.toLowerCase(Locale.ROOT)))) {
      throw new UnknownHostException(host + ": Name or service not known (a fault of Assay)");
    }
  }
}
