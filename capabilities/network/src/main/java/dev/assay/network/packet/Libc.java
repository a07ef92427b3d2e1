package dev.assay.network.packet;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/**
 * The few calls of the C library that a TUN device needs, on Linux with 64 bits. An object belongs
 * to one thread, as the error of the last call is in it.
 */
final class Libc {

  static final int EAGAIN = 11;
  static final int EINTR = 4;
  static final short POLLIN = 1;

  private static final int O_RDWR = 2;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;

  private final Linker linker = Linker.nativeLinker();
  private final MethodHandle open;
  private final MethodHandle ioctl;
  private final MethodHandle read;
  private final MethodHandle write;
  private final MethodHandle close;
  private final MethodHandle ppoll;
  private final MethodHandle eventfd;
  private final VarHandle errno;
  private final MemorySegment state;

  /**
   * Finds the functions.
   *
   * @param arena holds the error of the last call
   */
  Libc(Arena arena) {
    MemoryLayout captured = Linker.Option.captureStateLayout();
    state = arena.allocate(captured);
    errno = captured.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    ValueLayout integer = ValueLayout.JAVA_INT;
    ValueLayout size = ValueLayout.JAVA_LONG;
    ValueLayout pointer = ValueLayout.ADDRESS;
    open = function("open", 2, FunctionDescriptor.of(integer, pointer, integer));
    ioctl = function("ioctl", 2, FunctionDescriptor.of(integer, integer, size, pointer));
    read = function("read", -1, FunctionDescriptor.of(size, integer, pointer, size));
    write = function("write", -1, FunctionDescriptor.of(size, integer, pointer, size));
    close = function("close", -1, FunctionDescriptor.of(integer, integer));
    ppoll = function("ppoll", -1, FunctionDescriptor.of(integer, pointer, size, pointer, pointer));
    eventfd = function("eventfd", -1, FunctionDescriptor.of(integer, integer, integer));
  }

  @SuppressWarnings("restricted") // the launcher enables native access
  private MethodHandle function(String name, int variadicFrom, FunctionDescriptor type) {
    MemorySegment address = linker.defaultLookup().find(name).orElseThrow();
    Linker.Option capture = Linker.Option.captureCallState("errno");
    return variadicFrom < 0
        ? linker.downcallHandle(address, type, capture)
        : linker.downcallHandle(
            address, type, capture, Linker.Option.firstVariadicArg(variadicFrom));
  }

  /** The error of the last call that returned -1. */
  int errno() {
    return (int) errno.get(state, 0L);
  }

  /** Opens a device for reading and writing without blocking; -1 on an error. */
  int open(String path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path, StandardCharsets.UTF_8);
      return (int) open.invokeExact(state, name, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    } catch (Throwable failed) {
      throw unexpected(failed);
    }
  }

  int ioctl(int file, long request, MemorySegment argument) {
    try {
      return (int) ioctl.invokeExact(state, file, request, argument);
    } catch (Throwable failed) {
      throw unexpected(failed);
    }
  }

  long read(int file, MemorySegment into, long size) {
    try {
      return (long) read.invokeExact(state, file, into, size);
    } catch (Throwable failed) {
      throw unexpected(failed);
    }
  }

  long write(int file, MemorySegment from, long size) {
    try {
      return (long) write.invokeExact(state, file, from, size);
    } catch (Throwable failed) {
      throw unexpected(failed);
    }
  }

  int close(int file) {
    try {
      return (int) close.invokeExact(state, file);
    } catch (Throwable failed) {
      throw unexpected(failed);
    }
  }

  /** Waits for files; the time is a {@code timespec}, or NULL to wait without end. */
  int ppoll(MemorySegment files, long count, MemorySegment time) {
    try {
      return (int) ppoll.invokeExact(state, files, count, time, MemorySegment.NULL);
    } catch (Throwable failed) {
      throw unexpected(failed);
    }
  }

  /** A counter that can be polled, not blocking. */
  int eventfd() {
    try {
      return (int) eventfd.invokeExact(state, 0, O_NONBLOCK | O_CLOEXEC);
    } catch (Throwable failed) {
      throw unexpected(failed);
    }
  }

  private static IllegalStateException unexpected(Throwable failed) {
    if (failed instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a call of the C library failed", failed);
  }
}
