package dev.assay.chaos.fault;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** A service that tells the time by four ways of asking, and whether it finds this machine. */
final class ClockService {

  private ClockService() {}

  /** Runs until it is killed, two minutes at the most. */
  public static void main(String[] arguments) {
    long began = System.nanoTime();
    while (System.nanoTime() - began < 120_000_000_000L) {
      System.out.println(clocks() + " " + lookUp() + ";");
      LockSupport.parkNanos(50_000_000);
    }
  }

  /** A method of its own, as one that runs on is not exchanged. */
  private static String clocks() {
    LongSupplier reference = System::currentTimeMillis;
    return System.currentTimeMillis()
        + " "
        + new Date().getTime()
        + " "
        + Instant.now().toEpochMilli()
        + " "
        + reference.getAsLong();
  }

  private static String lookUp() {
    try {
      InetAddress.getByName("localhost");
      return "found";
    } catch (UnknownHostException unknown) {
      return "unknown";
    }
  }
}
