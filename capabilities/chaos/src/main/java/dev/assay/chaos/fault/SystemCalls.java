package dev.assay.chaos.fault;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of the operating system that Java has no name for: signals, mounts, the state of a file
 * system. Linux with 64 bits only. Thread-safe.
 */
@SuppressWarnings("restricted") // that is what this class is for
final class SystemCalls {

  static final int SIGKILL = 9;
  static final int SIGTERM = 15;
  static final int SIGCONT = 18;
  static final int SIGSTOP = 19;

  static final long MS_RDONLY = 1;
  static final long MS_REMOUNT = 32;
  static final long MS_BIND = 4096;
  static final int MNT_DETACH = 2;

  /** No such process. */
  static final int ESRCH = 3;

  private static final long PIDFD_SEND_SIGNAL = 424;
  private static final long PIDFD_OPEN = 434;
  private static final int ENOSYS = 38;
  private static final int EPERM = 1;

  private final Linker linker = Linker.nativeLinker();
  private final StructLayout state = Linker.Option.captureStateLayout();
  private final VarHandle errno = state.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  /** An error of the operating system. */
  static final class CallFailed extends IOException {
    private static final long serialVersionUID = 1L;
    private final int number;

    CallFailed(String call, int number) {
      super(call + " failed: " + meaning(number));
      this.number = number;
    }

    int number() {
      return number;
    }

    private static String meaning(int number) {
      return switch (number) {
        case EPERM -> "not permitted";
        case ESRCH -> "no such process";
        case 2 -> "no such file";
        case 13 -> "permission denied";
        case 16 -> "busy";
        case 22 -> "not possible here";
        default -> "error " + number;
      };
    }
  }

  /**
   * Sends a signal to exactly that process: one that was given its id later is left alone.
   *
   * @return whether it was there
   */
  boolean signal(ProcessRef process, int signal) throws IOException {
    long descriptor;
    try {
      descriptor = call("pidfd_open", PIDFD_OPEN, process.pid(), 0, 0, 0);
    } catch (CallFailed failed) {
      if (failed.number() == ESRCH) {
        return false;
      }
      if (failed.number() == ENOSYS || failed.number() == EPERM) { // an old kernel, or forbidden
        return process.lives() && kill(process.pid(), signal);
      }
      throw failed;
    }
    try {
      // The descriptor holds the process; now it cannot be exchanged any more.
      if (!process.lives()) {
        return false;
      }
      call("pidfd_send_signal", PIDFD_SEND_SIGNAL, descriptor, signal, 0, 0);
      return true;
    } catch (CallFailed failed) {
      if (failed.number() == ESRCH) {
        return false;
      }
      throw failed;
    } finally {
      invoke("close", List.of((int) descriptor), true);
    }
  }

  private boolean kill(long pid, int signal) throws IOException {
    try {
      invoke("kill", List.of((int) pid, signal), false);
      return true;
    } catch (CallFailed failed) {
      if (failed.number() == ESRCH) {
        return false;
      }
      throw failed;
    }
  }

  /** Mounts a file or folder over itself, so that it can have options of its own. */
  void bind(Path path) throws IOException {
    mount(path, MS_BIND);
  }

  /** Lets nobody write through the mount at that path. */
  void remountReadOnly(Path path) throws IOException {
    mount(path, MS_BIND | MS_REMOUNT | MS_RDONLY);
  }

  private void mount(Path path, long flags) throws IOException {
    invoke("mount", List.of(path.toString(), path.toString(), "none", flags, 0L), false);
  }

  /** Takes the topmost mount at that path away. */
  void unmount(Path path, int flags) throws IOException {
    invoke("umount2", List.of(path.toString(), flags), false);
  }

  /**
   * How many files a file system can hold, and how many more.
   *
   * @param total all; 0 where it has no limit
   * @param free what can still be made
   */
  record Inodes(long total, long free) {}

  /** Of the file system of that path. */
  Inodes inodes(Path path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      // struct statvfs with 64 bits: block size, fragment size, blocks, free, available, files …
      MemorySegment result = arena.allocate(256, 8);
      invoke(arena, "statvfs", List.of(arena.allocateFrom(path.toString()), result), false);
      return new Inodes(
          result.get(ValueLayout.JAVA_LONG, 40), result.get(ValueLayout.JAVA_LONG, 56));
    }
  }

  private long call(String name, long number, long first, long second, long third, long fourth)
      throws IOException {
    MethodHandle handle =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG),
            Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(1));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment captured = arena.allocate(state);
      long result = (long) handle.invoke(captured, number, first, second, third, fourth);
      if (result < 0) {
        throw new CallFailed(name, (int) errno.get(captured, 0L));
      }
      return result;
    } catch (IOException failed) {
      throw failed;
    } catch (Throwable impossible) {
      throw new IllegalStateException(name, impossible);
    }
  }

  private void invoke(String name, List<Object> arguments, boolean forgiving) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      List<Object> passed = new ArrayList<>();
      for (Object argument : arguments) {
        passed.add(argument instanceof String text ? arena.allocateFrom(text) : argument);
      }
      invoke(arena, name, passed, forgiving);
    }
  }

  private void invoke(Arena arena, String name, List<Object> arguments, boolean forgiving)
      throws IOException {
    MemoryLayout[] layouts =
        arguments.stream()
            .map(argument ->
                switch (argument) {
                  case Integer _ -> ValueLayout.JAVA_INT;
                  case Long _ -> ValueLayout.JAVA_LONG;
                  default -> ValueLayout.ADDRESS;
                })
            .toArray(MemoryLayout[]::new);
    MethodHandle handle =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts),
            Linker.Option.captureCallState("errno"));
    MemorySegment captured = arena.allocate(state);
    List<Object> all = new ArrayList<>();
    all.add(captured);
    all.addAll(arguments);
    int result;
    try {
      result = (int) handle.invokeWithArguments(all);
    } catch (Throwable impossible) {
      throw new IllegalStateException(name, impossible);
    }
    if (result < 0 && !forgiving) {
      throw new CallFailed(name, (int) errno.get(captured, 0L));
    }
  }
}
