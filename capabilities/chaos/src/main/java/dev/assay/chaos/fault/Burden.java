package dev.assay.chaos.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that keeps processors busy or holds memory. It ends by itself when its parent does, and
 * after an hour at the latest.
 */
final class Burden {

  private static final int CHUNK = 8 << 20;
  private static final long LONGEST = 3_600_000_000_000L;
  private static final long LOOK = 200_000_000L;

  private Burden() {}

  /**
   * The entry point.
   *
   * @param arguments {@code cpu} and how many processors, or {@code memory} and how many bytes
   */
  public static void main(String[] arguments) {
    long amount = Long.parseLong(arguments[1]);
    List<byte[]> held = new ArrayList<>();
    if (arguments[0].equals("cpu")) {
      for (int i = 0; i < amount; i++) {
        Thread.ofPlatform().daemon().name("burden-" + i).start(Burden::burn);
      }
    } else {
      hold(amount, held);
    }
    Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    long began = System.nanoTime();
    while (System.nanoTime() - began < LONGEST
        && parent.isPresent()
        && ProcessHandle.current().parent().equals(parent)) {
      LockSupport.parkNanos(LOOK);
    }
    held.clear();
  }

  /** Memory counts only when it has been written. */
  private static void hold(long bytes, List<byte[]> held) {
    for (long left = bytes; left > 0; left -= CHUNK) {
      byte[] chunk = new byte[(int) Math.min(left, CHUNK)];
      for (int at = 0; at < chunk.length; at += 4096) {
        chunk[at] = 1;
      }
      held.add(chunk);
    }
  }

  private static void burn() {
    long value = 1;
    while (value != 0) {
      value = value * 6364136223846793005L + 1442695040888963407L | 1;
    }
  }
}
