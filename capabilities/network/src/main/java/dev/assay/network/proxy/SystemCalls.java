package dev.assay.network.proxy;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The calls of the C library of Linux that neither the JDK nor Netty has. Thread-safe. */
final class SystemCalls {

  private static final int AF_INET = 2;
  private static final int RAW_CLOSE_ON_EXEC_NOT_BLOCKING = 3 | 0x80000 | 0x800;
  private static final int IPPROTO_TCP = 6;
  private static final int PR_SET_TIMERSLACK = 29;

  private SystemCalls() {}

  /** A raw socket that gets a copy of all TCP packets of IPv4 (raw(7)); empty without the right. */
  static Optional<Integer> rawTcpSocket() {
    ValueLayout integer = ValueLayout.JAVA_INT;
    try {
      MethodHandle socket =
          call("socket", FunctionDescriptor.of(integer, integer, integer, integer));
      int made = (int) socket.invokeExact(AF_INET, RAW_CLOSE_ON_EXEC_NOT_BLOCKING, IPPROTO_TCP);
      return made < 0 ? Optional.empty() : Optional.of(made);
    } catch (Throwable unavailable) {
      return Optional.empty();
    }
  }

  /**
   * Lets timers of the calling thread fire when they are due, and not up to 50 µs later so that
   * some can be served at once (prctl(2), PR_SET_TIMERSLACK). A system that has no such thing does
   * without.
   */
  static void promptTimers() {
    ValueLayout integer = ValueLayout.JAVA_INT;
    ValueLayout word = ValueLayout.JAVA_LONG;
    try {
      MethodHandle prctl =
          call("prctl", FunctionDescriptor.of(integer, integer, word, word, word, word));
      int _ = (int) prctl.invokeExact(PR_SET_TIMERSLACK, 1L, 0L, 0L, 0L);
    } catch (Throwable unavailable) {
      // then timers are a little later
    }
  }

  @SuppressWarnings("restricted") // the launcher enables native access
  private static MethodHandle call(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    MemorySegment address = linker.defaultLookup().findOrThrow(name);
    return linker.downcallHandle(address, type);
  }
}
