package dev.assay.network.proxy;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.OptionalLong;

/** The calls of the C library of Linux that neither the JDK nor Netty has. Thread-safe. */
final class SystemCalls {

  private static final int AF_INET = 2;
  private static final int RAW_CLOSE_ON_EXEC_NOT_BLOCKING = 3 | 0x80000 | 0x800;
  private static final int IPPROTO_TCP = 6;
  private static final int PR_SET_TIMERSLACK = 29;

  private static final int PRIO_PROCESS = 0;
  private static final int CALLING = 0;
  private static final int SCHED_OTHER = 0;
  private static final long SHORTEST_TURN = 100_000;
  private static final long ATTRIBUTES = 48;

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

  /**
   * Lets the calling thread run in turns of 0.1 ms, the shortest there are: since Linux 6.12
   * whoever asks for shorter turns is let in sooner after waking, with the same share of the
   * processor (sched_setattr(2), sched_runtime of SCHED_OTHER). A system that has no such thing
   * does without.
   */
  static void shortTurns() {
    ValueLayout.OfInt integer = ValueLayout.JAVA_INT;
    ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
    OptionalLong number = numberOfSetAttributes();
    if (number.isEmpty()) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle getPriority =
          call("getpriority", FunctionDescriptor.of(integer, integer, integer));
      int nice = (int) getPriority.invokeExact(PRIO_PROCESS, CALLING);
      MemorySegment attributes = arena.allocate(ATTRIBUTES, Long.BYTES);
      attributes.set(integer, 0, (int) ATTRIBUTES);
      attributes.set(integer, 4, SCHED_OTHER);
      attributes.set(integer, 16, nice);
      attributes.set(word, 24, SHORTEST_TURN);
      MethodHandle setAttributes =
          call(
              "syscall",
              FunctionDescriptor.of(word, word, word, ValueLayout.ADDRESS, word),
              Linker.Option.firstVariadicArg(1));
      long _ = (long) setAttributes.invokeExact(number.getAsLong(), 0L, attributes, 0L);
    } catch (Throwable unavailable) {
      // then it has turns like everybody
    }
  }

  /** Of the call sched_setattr, which older C libraries have no function for. */
  private static OptionalLong numberOfSetAttributes() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return OptionalLong.empty();
    }
    return switch (System.getProperty("os.arch", "")) {
      case "amd64" -> OptionalLong.of(314);
      case "aarch64" -> OptionalLong.of(274);
      default -> OptionalLong.empty();
    };
  }

  @SuppressWarnings("restricted") // the launcher enables native access
  private static MethodHandle call(String name, FunctionDescriptor type, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    MemorySegment address = linker.defaultLookup().findOrThrow(name);
    return linker.downcallHandle(address, type, options);
  }
}
